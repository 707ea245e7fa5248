"""The vectors of a shelf, one byte a cell, and a scan of all of them.

A scan of ten thousand takes less than a millisecond and finds what an index of neighbours might
miss. Where numpy is not installed there are none, and words alone find.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, bindparam, select

from memory.longterm.batches import batches
from memory.longterm.held import Held
from memory.longterm.tables import shelved, vector

_CHUNK: Final = 4_096
_AT_ONCE: Final = 1_024
"""Rows that are made float32 at once: as much as stays in the processor's own memory."""

_STEPS: Final = range(0, _CHUNK, _AT_ONCE)

_LATE: Final = 2_000
"""Of more memories that had no vector before, all is read anew."""

_ALL: Final[Select[Any]] = (
    select(shelved.c.memory_id, vector.c.cells, vector.c.scale)
    .outerjoin(
        vector,
        and_(vector.c.memory_id == shelved.c.memory_id, vector.c.embedder == bindparam("embedder")),
    )
    .where(shelved.c.shelf_id == bindparam("which"), shelved.c.memory_id > bindparam("after"))
    .order_by(shelved.c.memory_id)
)
_SOME: Final[Select[Any]] = select(vector.c.memory_id, vector.c.cells, vector.c.scale).where(
    vector.c.embedder == bindparam("embedder"),
    vector.c.memory_id.in_(bindparam("some", expanding=True)),
)


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


def can_scan() -> bool:
    """Whether numpy is here."""
    return _numpy() is not None


def as_vector(cells: bytes) -> Any:
    """Float32 cells as what is compared."""
    return _numpy().frombuffer(cells, dtype="<f4")


def legged(connection: Connection, held: Held, embedder: str, old: Leg | None) -> Leg:
    """The vectors of *held*: those of *old* with what came since, or read anew."""
    if old is not None and old.held is held:
        return old
    if old is None or not old.dim or not _goes_on(old.held, held):
        return _joined(held, None, _read(connection, held, embedder, 0))
    if old.held.state.inked != held.state.inked:
        late = [old.held.ids[place] for place in _numpy().flatnonzero(old.scales == 0).tolist()]
        if len(late) > _LATE:
            return _joined(held, None, _read(connection, held, embedder, 0))
        old = _filled(old, _these(connection, embedder, late))
    after = old.held.ids[-1] if len(old.held) else 0
    return _joined(held, old, _read(connection, held, embedder, after))


def _goes_on(old: Held, new: Held) -> bool:
    """Whether every place is what it was; an id that was dropped may be given again."""
    return old.state.dropped == new.state.dropped and new.ids[: len(old)] == old.ids


def _read(connection: Connection, held: Held, embedder: str, after: int) -> Sequence[Row[Any]]:
    asked = {"which": held.state.id, "embedder": embedder, "after": after}
    return connection.execute(_ALL, asked).all()


def _these(connection: Connection, embedder: str, ids: Sequence[int]) -> list[Row[Any]]:
    return [
        row
        for some in batches(ids)
        for row in connection.execute(_SOME, {"some": some, "embedder": embedder})
    ]


def _joined(held: Held, old: Leg | None, rows: Sequence[Row[Any]]) -> Leg:
    """*old* and *rows* behind it; between two reads a row may have come or gone."""
    numpy = _numpy()
    here = len(old.held) if old else 0
    dim = old.dim if old else max((len(row.cells or b"") for row in rows), default=0)
    cells = {row.memory_id: (row.cells, row.scale) for row in rows if _fits(row, dim)}
    blank = bytes(dim), 0.0
    new = [cells.get(number, blank) for number in held.ids[here:]]
    scales = numpy.array([scale for _, scale in new], numpy.float32)
    if old is None:
        return Leg(held, dim, _cut([one for one, _ in new], dim), scales)
    if not new:
        return Leg(held, dim, old.chunks, old.scales)
    full = here // _CHUNK
    last = [chunk.tobytes() for chunk in old.chunks[full:]]
    chunks = old.chunks[:full] + _cut([*last, *(one for one, _ in new)], dim)
    return Leg(held, dim, chunks, numpy.concatenate([old.scales, scales]))


def _cut(cells: Sequence[bytes], dim: int) -> tuple[Any, ...]:
    numpy = _numpy()
    whole = b"".join(cells)
    size = max(1, _CHUNK * dim)
    return tuple(
        numpy.frombuffer(whole[start : start + size], numpy.int8).reshape(-1, dim)
        for start in range(0, len(whole), size)
    )


def _filled(old: Leg, rows: Sequence[Row[Any]]) -> Leg:
    """*old* with the vectors in *rows* where there was none."""
    chunks, scales = list(old.chunks), old.scales.copy()
    copied = set[int]()
    for row in rows:
        place = old.held.place(row.memory_id)
        if place is None or not _fits(row, old.dim):
            continue
        which, within = divmod(place, _CHUNK)
        if which not in copied:
            copied.add(which)
            chunks[which] = chunks[which].copy()
        chunks[which][within] = _numpy().frombuffer(row.cells, "i1")
        scales[place] = row.scale
    return Leg(old.held, old.dim, tuple(chunks), scales)


def _fits(row: Row[Any], dim: int) -> bool:
    return row.cells is not None and len(row.cells) == dim


@cache
def _numpy() -> Any:
    """Loaded when it is first needed: a start of the house does without."""
    try:
        return import_module("numpy")
    except ImportError:
        return None
