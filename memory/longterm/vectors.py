"""The vectors of a shelf, one byte a cell, and a scan of all of them.

A scan of ten thousand takes less than a millisecond and finds what an index of neighbours might
miss. Where numpy is not installed there are none, and words alone find.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from sqlalchemy import Connection

from memory.bulk import among, rows
from memory.longterm.batches import batches
from memory.longterm.held import PAGE, Held

_CHUNK: Final = 4_096
_AT_ONCE: Final = 128
"""Rows that are made float32 at once: as much as stays in the processor's own memory."""

_STEPS: Final = range(0, _CHUNK, _AT_ONCE)

_LATE: Final = 2_000
"""Of more memories that had no vector before, all is read anew."""

_PAGE: Final = (
    "SELECT v.memory_id, v.cells, v.scale"
    " FROM shelved AS s JOIN vector AS v ON v.memory_id = s.memory_id"
    " WHERE s.shelf_id = {} AND s.memory_id > {} AND v.embedder = {}"
    " ORDER BY s.memory_id LIMIT {}"
)
_SOME: Final = "SELECT memory_id, cells, scale, embedder FROM vector WHERE memory_id {}"


@dataclass(frozen=True, slots=True)
class Leg:
    """The vectors of the memories of *held*, place by place; without one, a *scale* is 0.

    *dim* is 0 as long as there is none at all.
    """

    held: Held
    dim: int
    chunks: tuple[Any, ...]
    scales: Any

    @property
    def bytes(self) -> int:
        """What it takes."""
        return int(self.scales.nbytes + sum(chunk.nbytes for chunk in self.chunks))

    def likeness(self, asked: Any) -> Any:
        """How near each memory is to the vector *asked*; 0 where there is none."""
        numpy = _numpy()
        if not self.chunks or len(asked) != self.dim:
            return numpy.zeros(len(self.held), numpy.float32)
        found = numpy.empty(len(self.held), numpy.float32)
        room = numpy.empty((_AT_ONCE, self.dim), numpy.float32)
        pieces = (chunk[at : at + _AT_ONCE] for chunk in self.chunks for at in _STEPS)
        done = 0
        for piece in pieces:
            cells = room[: len(piece)]
            numpy.copyto(cells, piece)
            numpy.dot(cells, asked, out=found[done : done + len(piece)])
            done += len(piece)
        return found * self.scales


async def can_scan() -> bool:
    """Whether numpy is here; where it has to be loaded, the loop does not stand still for it."""
    if not _numpy.cache_info().currsize:
        await asyncio.to_thread(_numpy)
    return _numpy() is not None


def as_vector(cells: bytes) -> Any:
    """Float32 cells as what is compared."""
    return _numpy().frombuffer(cells, dtype="<f4")


def legged(connection: Connection, held: Held, embedder: str, old: Leg | None) -> Leg:
    """The vectors of *held*: those of *old* with what came since, or read anew."""
    if old is not None and old.held is held:
        return old
    late: list[int] = []
    if old is not None and old.held.state.inked != held.state.inked:
        late = [old.held.ids[place] for place in _numpy().flatnonzero(old.scales == 0).tolist()]
    if old is not None and not (old.dim and len(late) <= _LATE and _goes_on(old.held, held)):
        old, late = None, []
    growing = _Growing(held, old)
    after = old.held.ids[-1] if old is not None and len(old.held) else 0
    while page := rows(connection, _PAGE, held.state.id, after, embedder, PAGE):
        growing.fill(page)
        after = page[-1][0]
    for some in batches(late):
        found = among(connection, _SOME, some)
        growing.fill([vector for *vector, by in found if by == embedder])
    return growing.leg()


def _goes_on(old: Held, new: Held) -> bool:
    """Whether every place is what it was; an id that was dropped may be given again."""
    return old.state.dropped == new.state.dropped and new.ids[: len(old)] == old.ids


class _Growing:
    """Vectors that are being read. What it has of *old* is copied before anything is changed."""

    def __init__(self, held: Held, old: Leg | None) -> None:
        self._held = held
        self._dim = old.dim if old else 0
        self._chunks = list(old.chunks) if old else []
        self._own = set[int]()
        self._scales = _numpy().zeros(len(held), _numpy().float32)
        if old:
            self._scales[: len(old.scales)] = old.scales
            self._lengthen()

    def fill(self, found: Sequence[Sequence[Any]]) -> None:
        """Put in the vectors *found*, where there is a place for them."""
        numpy = _numpy()
        if found and not self._dim:
            self._dim = len(found[0][1])
            self._lengthen()
        fit = [one for one in found if len(one[1]) == self._dim]
        if not (fit and len(self._held)):
            return
        numbers, cells, scales = zip(*fit, strict=True)
        ids = numpy.frombuffer(self._held.ids, "q")
        places = numpy.searchsorted(ids, numbers).clip(max=len(ids) - 1)
        here = ids[places] == numbers
        places, vectors = places[here], numpy.frombuffer(b"".join(cells), "i1")
        vectors = vectors.reshape(-1, self._dim)[here]
        self._scales[places] = numpy.array(scales, numpy.float32)[here]
        for which in numpy.unique(places // _CHUNK).tolist():
            mine = places // _CHUNK == which
            self._chunk(which)[places[mine] % _CHUNK] = vectors[mine]

    def leg(self) -> Leg:
        """What was read."""
        return Leg(self._held, self._dim, tuple(self._chunks), self._scales)

    def _lengthen(self) -> None:
        """Make room for every place."""
        for which, start in enumerate(range(0, len(self._held), _CHUNK)):
            size = min(_CHUNK, len(self._held) - start)
            if which < len(self._chunks) and len(self._chunks[which]) == size:
                continue
            room = _numpy().zeros((size, self._dim), "i1")
            if which < len(self._chunks):
                room[: len(self._chunks[which])] = self._chunks[which]
            self._chunks[which:] = [room]
            self._own.add(which)

    def _chunk(self, which: int) -> Any:
        if which not in self._own:
            self._chunks[which] = self._chunks[which].copy()
            self._own.add(which)
        return self._chunks[which]


@cache
def _numpy() -> Any:
    """Loaded when it is first needed: a start of the house does without.

    More threads than one spin while they wait for each other, and a question is over by then.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        return import_module("numpy")
    except ImportError:
        return None
