"""The worker that sleeps: in lulls, with pauses, after trouble, and with a look once a day."""

import asyncio

import pytest

from anima.errors import LedgerUnavailable
from service.sleeping import LULL_S, Sleeping
from tests.backend_fakes import Notes
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping

DAY_S = 24 * 3600.0


class Bed:
    """Has so many things to do in each lull; *troubles* come first."""

    def __init__(self, clock: JumpClock, *left: int, troubles: int = 0, wrong: int = 0) -> None:
        self.clock = clock
        self.left = list(left)
        self.troubles = troubles
        self.wrong = wrong
        self.steps: list[float] = []
        self.checks = 0

    async def step(self) -> bool:
        if self.troubles:
            self.troubles -= 1
            raise LedgerUnavailable("away")
        if not self.left:
            return False
        self.left[0] -= 1
        if self.left[0] < 0:
            self.left.pop(0)
            return False
        self.steps.append(self.clock.elapsed())
        return True

    async def check(self, *, mend: bool = False) -> list[str]:
        self.checks += 1
        return ["3 sittings count their lines wrong"] * self.wrong if mend else []


async def night(bed: Bed, clock: JumpClock, seconds: float) -> Notes:
    """So long it sleeps."""
    notes = Notes()
    async with asyncio.TaskGroup() as group:
        sleeping = group.create_task(Sleeping(bed, bed, clock, notes).run())
        await clock.sleep(seconds)
        sleeping.cancel()
    return notes


async def test_it_works_in_the_lulls(clock: JumpClock) -> None:
    """One thing after another with a breath between, and then it waits."""
    bed = Bed(clock, 3, 1)

    await night(bed, clock, LULL_S * 3)

    lulls = [step // LULL_S for step in bed.steps]
    assert [1, 1, 1, 2] == lulls
    assert len(set(bed.steps)) == len(bed.steps)


async def test_trouble_is_waited_out(clock: JumpClock) -> None:
    """A database that is away is asked again later."""
    bed = Bed(clock, 2, troubles=2)

    await night(bed, clock, 400)

    assert 2 == len(bed.steps)


async def test_once_a_day_it_looks_after_what_is_kept(clock: JumpClock) -> None:
    """Not at the start; what was mended is told of."""
    bed = Bed(clock, wrong=1)
    same_day = await night(bed, clock, 3600)
    early = bed.checks

    notes = await night(bed, clock, 2 * DAY_S)

    assert ([], 0, 2) == (same_day.noted, early, bed.checks)
    assert [("memory mended", {"what": "3 sittings count their lines wrong"})] * 2 == notes.noted
