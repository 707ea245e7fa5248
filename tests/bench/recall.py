"""How long a whole recall takes: embed the question, search, fuse, read what was found."""

import gc
import resource
import tempfile
from array import array
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final

from sqlalchemy import Connection, insert

from anima.model import Conversation
from anima.ports import Embedder
from backend.embedding.builtin import USE
from backend.embedding.packaged import Packaged
from memory.address import to_url
from memory.database import Database
from memory.longterm.asking import Asked
from memory.longterm.keeping import keep
from memory.longterm.kept import Saying
from memory.longterm.recall import LongTerm
from memory.longterm.scope import Origin, Viewer
from memory.longterm.shelving import inked
from memory.longterm.tables import vector
from memory.place import placed
from memory.schema import upgrade
from tests import servers
from tests.backend_fakes import Notes
from tests.bench.table import table

_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ASKED: Final = 200
_AT_ONCE: Final = 5000
_A_LINE: Final = 0.6
"""Kilobytes that a cached line may cost."""

_TELLING: Final = 100_000
"""Of fewer lines the memory of the process does not tell what one costs."""

_PRACTICE: Final = 20
"""Questions before those that count."""

_READ: Final = 300
"""Lines of the same words that the model has read before; a service has read all."""


@dataclass(frozen=True, slots=True)
class Size:
    """So many *lines* in each of so many *scopes*, of which a recall may take *bar* ms (p95)."""

    lines: int
    scopes: int
    bar: float

    @property
    def total(self) -> int:
        """All lines."""
        return self.lines * self.scopes

    def __str__(self) -> str:
        return f"{self.total:,} lines" + (f" over {self.scopes} scopes" if self.scopes > 1 else "")


SIZES: Final = (Size(1000, 1, 6), Size(10_000, 1, 10), Size(100_000, 1, 60), Size(2000, 500, 12))


_WARM: Final = Size(100, 1, 0)


async def measured(
    sizes: Sequence[Size] = SIZES, *, postgres: bool = False
) -> tuple[str, list[str]]:
    """A table of all *sizes*, and the names of those that take too long or too much room."""
    rows, missed = [], []
    async with Packaged(USE, Notes()) as embedder:
        await embedder.prepare()
        random = Random(5)
        await embedder.embed([_text(random) for _ in range(_READ)])
        gc.freeze()  # as the service does
        await _measure(_WARM, embedder, postgres=postgres)  # what all sizes need, no line takes
        for size in sizes:
            took, kilobytes = await _measure(size, embedder, postgres=postgres)
            p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
            tells = size.total >= _TELLING
            holds = p95 <= size.bar and not (tells and kilobytes > _A_LINE)
            missed += [] if holds else [f"recall of {size}"]
            bars = f"≤ {size.bar:g}" + (f", ≤ {_A_LINE}" if tells else "")
            row = (str(size), f"{p50:.1f}", f"{p95:.1f}", f"{kilobytes:.2f}", bars)
            rows.append((*row, "yes" if holds else "NO"))
    database = "PostgreSQL" if postgres else "SQLite"
    heads = (f"recall among ({database})", "p50 ms", "p95 ms", "kB a line", "bars", "holds")
    return table(heads, rows), missed


async def _measure(size: Size, embedder: Embedder, *, postgres: bool) -> tuple[list[float], float]:
    async with _kept(size, postgres=postgres) as (database, places):
        random = Random(11)
        longterm = LongTerm(database, [embedder], cached_bytes=2**30)
        before = _resident()
        for place in places:
            await longterm.warm(Viewer("bench", place, private=True))
        grown = (_resident() - before) / size.total
        for _ in range(_PRACTICE):
            await _asks(longterm, random.choice(places), random)
        took = sorted([await _asks(longterm, random.choice(places), random) for _ in range(_ASKED)])
        return took, grown


async def _asks(longterm: LongTerm, place: int, random: Random) -> float:
    viewer = Viewer("bench", place, private=True)
    question = f"what did we say about {_word(random)} and {_word(random)} with {_word(random)}?"
    began = perf_counter()
    await longterm.recall(viewer, Asked(question, at=_BEGIN, anyway=True))
    return (perf_counter() - began) * 1000


@asynccontextmanager
async def _kept(size: Size, *, postgres: bool) -> AsyncIterator[tuple[Database, list[int]]]:
    with tempfile.TemporaryDirectory(prefix="anima-bench-") as folder, ExitStack() as stack:
        url = f"sqlite:///{folder}/memory.db"
        if postgres:
            url = stack.enter_context(servers.postgres(Path(folder)))
        async with Database(to_url(url)) as database:
            await upgrade(database)
            random = Random(3)
            cells = [_cells(random) for _ in range(97)]
            places = [
                await _fill(database, n, size.lines, random, cells) for n in range(size.scopes)
            ]
            yield database, places


async def _fill(
    database: Database, number: int, lines: int, random: Random, cells: Sequence[bytes]
) -> int:
    place = await database.write(lambda found: _placed(found, number), lasting=False)
    for first in range(0, lines, _AT_ONCE):
        count = min(_AT_ONCE, lines - first)
        sayings = [_saying(place, first + one, random) for one in range(count)]
        await database.write(
            lambda found, sayings=sayings: _keep(found, sayings, cells), lasting=False
        )
    return place


def _placed(connection: Connection, number: int) -> int:
    where = Conversation("bench", "bench", str(number))
    return int(placed(connection, where, private=True, title="").id)


def _keep(connection: Connection, sayings: Sequence[Saying], cells: Sequence[bytes]) -> None:
    """Their vectors are by chance: to read a million lines takes an hour."""
    ids = [one for one in keep(connection, sayings) if one is not None]
    rows = [
        {"memory_id": one, "embedder": USE.name, "cells": cells[one % len(cells)], "scale": 0.01}
        for one in ids
    ]
    connection.execute(insert(vector), rows)
    inked(connection, ids)


def _saying(place: int, number: int, random: Random) -> Saying:
    who = "bench:1" if number % 2 else ""
    at = _BEGIN + timedelta(minutes=number * 7)
    return Saying(
        Origin("bench", place, private=True, speaker=who), "Ann" if who else "", _text(random), at
    )


def _text(random: Random) -> str:
    return " ".join(_word(random) for _ in range(10))


def _word(random: Random) -> str:
    """Few are frequent and many are rare, as in talk without its small words.

    The most frequent of 20,000 stands in one of eight lines.
    """
    return f"word{int(10 * 2_001 ** random.random()) - 10}"


def _cells(random: Random) -> bytes:
    return array("b", [random.randrange(-127, 128) for _ in range(USE.dim)]).tobytes()


def _resident() -> float:
    """Kilobytes that this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024
