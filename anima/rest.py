"""Waiting for a time, or for what comes before it."""

import asyncio

from anima.ports import Clock


async def rest(clock: Clock, seconds: float, rung: asyncio.Event) -> None:
    """Wait *seconds*, and no longer than until it has *rung*."""
    async with asyncio.TaskGroup() as group:
        waits = [group.create_task(clock.sleep(seconds)), group.create_task(rung.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
