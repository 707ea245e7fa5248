"""The worker that writes first, in the service: what it tells the log, and what owners set."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from anima.errors import LedgerUnavailable
from memory.impulses import Weighed
from persona.initiative.manners import Limits
from service import doctor
from service.aftermath import EitherBehind
from service.commands import initiative_words as say
from service.initiative import POLL_S, Initiative, limits_of
from service.settings import Settings
from tests.inside import living_inside
from tests.jump import JumpClock
from tests.persona_fakes import Notebook
from tests.test_service_souls import Talk

pytestmark = pytest.mark.jumping

HELD = Weighed(1, 3, "telegram:7", "thread", "held", "quiet hours")
RIPE = Weighed(1, 3, "telegram:7", "thread", "ripe")


class Scales:
    """Weighs what it is told to, or is away."""

    def __init__(self, *rounds: list[Weighed] | LedgerUnavailable) -> None:
        self.rounds = list(rounds)
        self.asked = 0

    async def weigh(self) -> list[Weighed]:
        self.asked += 1
        found = self.rounds.pop(0) if self.rounds else []
        if isinstance(found, LedgerUnavailable):
            raise found
        return found


def noted(witness: Notebook) -> list[str]:
    """What the log tells."""
    return [event for event, _ in witness.noted]


async def test_what_is_held_is_told_once() -> None:
    """Each minute the same would tell nobody anything."""
    witness = Notebook()
    worker = Initiative(Scales([HELD], [HELD], [RIPE], [HELD]), JumpClock(), witness)

    for _ in range(4):
        await worker.round()

    assert ["initiative held", "initiative ripe", "initiative held"] == noted(witness)


async def test_it_waits_for_a_database_that_is_away() -> None:
    """And says so when that begins and when it ends."""
    witness, gone = Notebook(), LedgerUnavailable("gone")
    scales = Scales(gone, gone, [RIPE])
    worker = Initiative(scales, JumpClock(), witness)

    async with asyncio.TaskGroup() as group:
        running = group.create_task(worker.run())
        await asyncio.sleep(POLL_S * 2.5)
        running.cancel()

    assert 3 == scales.asked
    told = ["initiative waits for the database", "initiative goes on", "initiative ripe"]
    assert told == noted(witness)


def test_owners_set_the_limits() -> None:
    """As they stand in the settings."""
    table = {"enabled": False, "per_day": 1, "min_gap_s": 60, "calls_per_day": 5}
    settings = Settings.model_validate({"initiative": table})

    assert Limits(False, 1, timedelta(minutes=1), 5) == limits_of(settings.initiative)
    assert Limits() == limits_of(Settings().initiative)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({}, "at most 3 a day to one person, 2 h apart, 60 model calls"),
        ({"enabled": False}, "never writes first"),
        ({"per_day": 0}, "never writes first"),
    ],
)
async def test_the_doctor_tells_of_it(table: dict[str, object], told: str) -> None:
    """Whether it writes first, and how often."""
    (finding,) = await doctor.initiative(Settings.model_validate({"initiative": table}))

    assert told in str(finding)


class Late:
    """Was not done with these places."""

    def __init__(self, *places: int) -> None:
        self.places = places

    async def behind(self) -> tuple[int, ...]:
        return self.places


async def test_a_place_that_several_are_behind_with_is_caught_up_with_once() -> None:
    """In the order of those who ask."""
    assert (3, 1, 2) == await EitherBehind(Late(3, 1), Late(1, 2)).behind()


@pytest.mark.slow
async def test_plain_words_are_heard_through_the_whole_service(tmp_path: Path) -> None:
    """They are confirmed by the house, kept in the database, and no model is asked."""
    async with living_inside(tmp_path) as inside:
        ann = Talk(inside, inside.person())

        told = await ann.says("please don't write to me first")

        assert say.FOREVER.en == told
        assert [] == inside.model.requests
        assert 1 == len(inside.rows("SELECT speaker FROM manner WHERE opted_out_at IS NOT NULL"))
        assert say.NOTHING.en == await ann.says("/initiative why")


@pytest.mark.slow
async def test_a_plan_is_in_mind_a_moment_later(tmp_path: Path) -> None:
    """The service itself finds it, and tells who asks."""
    async with living_inside(tmp_path) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("My exam is on Friday")
        await inside.until(lambda: inside.rows("SELECT id FROM impulse"))

        told = await ann.says("/initiative why")

        assert "ask how it went “My exam is on Friday”" in told
