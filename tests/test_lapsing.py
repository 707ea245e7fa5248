"""Private talks that rest are ended, and what is owed is erased, while the house lives."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from anima.errors import LedgerUnavailable
from service.lapsing import Lapsing
from tests.cast import Notebook
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping


class House:
    """Talks that end at these *looks*, and what is *owed*."""

    def __init__(self, *looks: Sequence[int] | Exception, owed: int = 0) -> None:
        self.looks = list(looks)
        self.owed = owed
        self.times: list[datetime] = []

    async def lapsed(self, now: datetime) -> Sequence[int]:
        self.times.append(now)
        look = self.looks.pop(0) if self.looks else ()
        if isinstance(look, Exception):
            raise look
        return look

    async def resume(self) -> bool:
        self.owed -= 1
        return self.owed >= 0


async def noted(house: House, clock: JumpClock) -> list[str]:
    """What is noted within three minutes."""
    notebook = Notebook()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(Lapsing(house, house, clock, notebook).run())
        await clock.sleep(150)
        running.cancel()
    return [event for event, _ in notebook.noted]


async def test_it_looks_once_a_minute(clock: JumpClock) -> None:
    """And tells only of what there was to do."""
    house = House((), (3, 4), owed=1)

    assert ["what was forgotten is erased", "private talks over"] == await noted(house, clock)
    assert [60, 60] == [
        (later - sooner).seconds
        for sooner, later in zip(house.times, house.times[1:], strict=False)
    ]


async def test_a_database_that_is_away_is_asked_again(clock: JumpClock) -> None:
    """It is noted, and nothing is lost."""
    house = House(LedgerUnavailable("away"), (7,))

    assert ["could not erase", "private talks over"] == await noted(house, clock)
