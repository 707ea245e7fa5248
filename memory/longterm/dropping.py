"""Memories are dropped, with all that was made of them, out of every table."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, delete, select, update

from memory.longterm.batches import batches
from memory.longterm.cells import CONTEXT
from memory.longterm.shelving import unshelve
from memory.longterm.tables import fact, memory, memory_source, sitting, vector

Sitting = tuple[int, str, int]
"""The conversation and the persona of a sitting, and its number there."""

_some: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_WHAT: Final[Select[Any]] = select(
    memory.c.id, memory.c.kind, memory.c.conversation_id, memory.c.persona, memory.c.sitting
).where(memory.c.id.in_(_some))
_MADE_OF: Final = select(memory_source.c.memory_id).where(memory_source.c.source_id.in_(_some))
_SUPERSEDED: Final = update(fact).where(fact.c.superseded_by.in_(_some)).values(superseded_by=None)
_NO_VECTOR: Final = delete(vector).where(vector.c.memory_id.in_(_some))
_DROP: Final = (
    _NO_VECTOR,
    delete(fact).where(fact.c.memory_id.in_(_some)),
    delete(memory_source).where(memory_source.c.memory_id.in_(_some)),
    delete(memory_source).where(memory_source.c.source_id.in_(_some)),
    delete(memory).where(memory.c.id.in_(_some)),
)
_its = (
    sitting.c.conversation_id == bindparam("place"),
    sitting.c.persona == bindparam("whose"),
    sitting.c.number == bindparam("which"),
)
_LINES: Final = (
    select(memory.c.id)
    .where(
        memory.c.conversation_id == bindparam("place"),
        memory.c.persona == bindparam("whose"),
        memory.c.sitting == bindparam("which"),
        memory.c.kind == "line",
        memory.c.id >= bindparam("first"),
    )
    .order_by(memory.c.id)
)
_FEWER: Final = update(sitting).where(*_its).values(lines=sitting.c.lines - bindparam("fewer"))
_EMPTY: Final = delete(sitting).where(*_its, sitting.c.lines <= 0)


@dataclass(frozen=True, slots=True)
class Dropped:
    """The ids of what has gone, by kind."""

    lines: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """All of them."""
        return self.lines + self.facts + self.episodes


def drop(connection: Connection, ids: Collection[int]) -> Dropped:
    """Drop the memories *ids*, and the facts and episodes of which one was a source."""
    rows = _with_what_was_made(connection, ids)
    if not rows:
        return Dropped()
    going = _by_sitting(rows.values())
    after = _followers(connection, going)
    unshelve(connection, list(rows))
    for some in batches(after):  # their vectors are made of what goes: they get others
        connection.execute(_NO_VECTOR, {"some": some})
    for some in batches(sorted(rows)):
        for statement in (_SUPERSEDED, *_DROP):
            connection.execute(statement, {"some": some})
    _count_off(connection, going)
    return Dropped(*(_of_kind(rows.values(), kind) for kind in ("line", "fact", "episode")))


def _with_what_was_made(connection: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """The rows of *ids*, of what was made of these, of what was made of that, and so on."""
    rows: dict[int, Row[Any]] = {}
    sought = set(ids)
    while sought:
        found: set[int] = set()
        for some in batches(sorted(sought)):
            rows |= {row.id: row for row in connection.execute(_WHAT, {"some": some})}
            found.update(connection.execute(_MADE_OF, {"some": some}).scalars())
        sought = found - rows.keys()
    return rows


def _by_sitting(rows: Iterable[Row[Any]]) -> Mapping[Sitting, set[int]]:
    """The lines among *rows*, by where they were said, in one order for all who drop some."""
    going: dict[Sitting, set[int]] = {}
    for row in rows:
        if row.kind == "line":
            going.setdefault((row.conversation_id, row.persona, row.sitting), set()).add(row.id)
    return dict(sorted(going.items()))


def _followers(connection: Connection, going: Mapping[Sitting, set[int]]) -> Sequence[int]:
    """The lines that stay, and of which the vectors are made of some that are *going*, too."""
    found = set[int]()
    for (place, whose, which), gone in going.items():
        its = {"place": place, "whose": whose, "which": which, "first": min(gone)}
        lines: Sequence[int] = connection.execute(_LINES, its).scalars().all()
        for spot, line in enumerate(lines):
            before = lines[max(0, spot - CONTEXT) : spot]
            if line not in gone and not gone.isdisjoint(before):
                found.add(line)
    return sorted(found)


def _count_off(connection: Connection, going: Mapping[Sitting, set[int]]) -> None:
    """Sittings hold what is left of them, and none is empty."""
    for (place, whose, which), gone in going.items():
        its_own = {"place": place, "whose": whose, "which": which}
        connection.execute(_FEWER, its_own | {"fewer": len(gone)})
        connection.execute(_EMPTY, its_own)


def _of_kind(rows: Iterable[Row[Any]], kind: str) -> tuple[int, ...]:
    return tuple(sorted(row.id for row in rows if row.kind == kind))
