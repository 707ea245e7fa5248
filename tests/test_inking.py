"""The worker that gives vectors to what was kept."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest

from anima.errors import EmbeddingUnavailable
from anima.ports import Vector
from memory.longterm.inking import Inker
from memory.longterm.tables import vector
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.minds import NOON, Mind, Named, minded


@pytest.fixture
def embedder() -> Named:
    """An embedder that may break."""
    return Named("letters")


@pytest.fixture
async def mind(tmp_path: Path, embedder: Named) -> AsyncIterator[Mind]:
    """A process."""
    import_module("alembic.command")
    async with AsyncExitStack() as stack:
        yield await minded(SqlLedgers(f"sqlite:///{tmp_path / 'anima.db'}", stack), [embedder])


class HandedClock:
    """Whoever sleeps hands in for how long, and sleeps until woken."""

    def __init__(self) -> None:
        self.slept = asyncio.Queue[float]()
        self.wake = asyncio.Event()

    def now(self) -> datetime:
        """It is always noon."""
        return NOON

    def elapsed(self) -> float:
        """Nor does any time go by."""
        return 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.put_nowait(seconds)
        await self.wake.wait()


def inker(mind: Mind, clock: HandedClock) -> Inker:
    """A worker with that clock."""
    return Inker(mind.store.database, mind.embedders, clock)


async def test_it_works_while_there_is_something_to_do_and_rests_then(mind: Mind) -> None:
    """And goes on at once when something more is kept."""
    clock = HandedClock()
    worker = inker(mind, clock)
    home = await mind.place()
    await mind.says(home, *(f"line {n}" for n in range(20)))

    async with asyncio.TaskGroup() as group:
        running = group.create_task(worker.run())
        await clock.slept.get()
        first = len(await mind.store.rows(vector))
        await mind.says(home, "one more")
        worker.wake()
        await clock.slept.get()
        second = len(await mind.store.rows(vector))
        running.cancel()

    assert (20, 21) == (first, second)


async def test_it_waits_for_an_embedder_that_is_away(mind: Mind, embedder: Named) -> None:
    """Longer than it rests, and nothing is lost."""
    clock = HandedClock()
    worker = inker(mind, clock)
    await mind.says(await mind.place(), "a line")
    embedder.broken = EmbeddingUnavailable("away")

    async with asyncio.TaskGroup() as group:
        running = group.create_task(worker.run())
        away = await clock.slept.get()
        embedder.broken = None
        clock.wake.set()
        rested = await clock.slept.get()
        running.cancel()

    assert away > rested
    assert 1 == len(await mind.store.rows(vector))


async def test_what_is_dropped_meanwhile_gets_no_vector(mind: Mind) -> None:
    """Between the moment in which it was read and that in which its vector comes."""
    home = await mind.place()
    gone, stays = await mind.says(home, "goes", "stays")
    dropping = DropsFirst(mind, gone)
    worker = Inker(mind.store.database, [dropping], mind.store.ledgers.clock)

    await worker.ink()

    assert [stays] == [row.memory_id for row in await mind.store.rows(vector)]


async def test_what_is_taken_up_of_a_long_line_is_its_end(mind: Mind, embedder: Named) -> None:
    """It is read whole itself, and not again with each line after it."""
    home = await mind.place()
    await mind.says(home, "once upon a time " * 30 + "the end", "really?")

    await mind.ink()

    (together,) = [one for one in embedder.given if one.endswith("really?") and "\n" in one]
    assert "the end\n" in together
    assert len(together) < 300
    assert any("once upon a time " * 30 in one for one in embedder.given)


class DropsFirst(Named):
    """An embedder that is so slow that a line is forgotten before it answers."""

    def __init__(self, mind: Mind, line: int) -> None:
        super().__init__("slow")
        self._mind = mind
        self._line = line

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        await self._mind.drop(self._line)
        return await super().embed(texts, asked=asked)
