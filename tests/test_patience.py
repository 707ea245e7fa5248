"""One timer bounds many waits as `asyncio.timeout` would bound each."""

import asyncio

import pytest

from backend.patience import Patience
from tests.jump import JumpClock


async def after(clock: JumpClock, seconds: float) -> str:
    """Say something in *seconds*."""
    await clock.sleep(seconds)
    return "here"


@pytest.mark.jumping
async def test_in_time(clock: JumpClock) -> None:
    """What comes in time is given, however often the timer fires in between."""
    patience = Patience()

    came = [await patience.wait(after(clock, 8), 10) for _ in range(5)]

    assert ["here"] * 5 == came
    patience.close()


@pytest.mark.jumping
async def test_too_late(clock: JumpClock) -> None:
    """What takes longer is broken off at the very moment, and the next wait has its full time."""
    patience = Patience()
    await patience.wait(after(clock, 9), 10)

    with pytest.raises(TimeoutError, match="nothing for 10 s"):
        await patience.wait(after(clock, 11), 10)

    assert 19 == clock.elapsed()
    assert await patience.wait(after(clock, 9), 10) == "here"
    patience.close()


@pytest.mark.jumping
async def test_shorter_than_before(clock: JumpClock) -> None:
    """A shorter limit than the one the timer is armed for is kept as well."""
    patience = Patience()
    await patience.wait(after(clock, 1), 100)

    with pytest.raises(TimeoutError):
        await patience.wait(after(clock, 50), 2)

    assert 3 == clock.elapsed()
    patience.close()


@pytest.mark.jumping
async def test_time_between_does_not_count(clock: JumpClock) -> None:
    """What passes between two waits is nobody's fault."""
    patience = Patience()
    await patience.wait(after(clock, 1), 10)
    await clock.sleep(1000)

    came = await patience.wait(after(clock, 9), 10)

    assert came == "here"
    patience.close()


@pytest.mark.jumping
async def test_cancelled_from_outside(clock: JumpClock) -> None:
    """Being cancelled is no timeout."""
    patience = Patience()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(patience.wait(after(clock, 5), 10))
        await clock.sleep(1)
        task.cancel()

    assert task.cancelled()
    patience.close()


@pytest.mark.jumping
async def test_errors_pass(clock: JumpClock) -> None:
    """What goes wrong in the waiting is told as it is, and no timer stays behind."""

    async def fail() -> None:
        raise LookupError("broken")

    patience = Patience()

    with pytest.raises(LookupError, match="broken"):
        await patience.wait(fail(), 10)

    patience.close()
    patience.close()
    assert 0 == clock.elapsed()
