"""Whoever rests wakes at their time, or when it rings before."""

import asyncio

import pytest

from anima.rest import rest
from service.bell import Bell
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping


@pytest.mark.parametrize(("rings_after", "rested"), [(3, 3), (30, 10), (0, 0)])
async def test_a_rest_ends_with_the_first_of_both(
    clock: JumpClock, rings_after: float, rested: float
) -> None:
    """Time or bell; and one that has rung before is not waited for."""
    rung = asyncio.Event()
    if not rings_after:
        rung.set()
    began = clock.elapsed()
    async with asyncio.TaskGroup() as group:
        ringing = group.create_task(clock.sleep(rings_after))
        ringing.add_done_callback(lambda _: rung.set())

        await rest(clock, 10, rung)

        took = clock.elapsed() - began
        ringing.cancel()

    assert took == pytest.approx(rested, abs=0.1)


async def test_a_bell_that_is_forgotten_rings_anew(clock: JumpClock) -> None:
    """What rang before was heard."""
    bell, began = Bell(), clock.elapsed()
    bell.ring()
    await bell.within(clock, 5)
    bell.forget()

    await bell.within(clock, 5)

    assert clock.elapsed() - began == pytest.approx(5, abs=0.1)
