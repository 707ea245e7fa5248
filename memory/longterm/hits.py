"""What is told of a memory that was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select

from memory.longterm.batches import batches
from memory.longterm.tables import fact, memory, memory_source, shelved

_ids: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_TOLD: Final = ("id", "kind", "speaker", "name", "text", "at", "private", "conversation_id")
_WORTH: Final = ("heard_id", "said_id", "importance", "pinned", "uses")
_ROWS: Final[Select[Any]] = (
    select(*(memory.c[name] for name in (*_TOLD, *_WORTH)))
    .join(shelved, shelved.c.memory_id == memory.c.id)
    .where(
        shelved.c.memory_id.in_(_ids), shelved.c.shelf_id.in_(bindparam("shelves", expanding=True))
    )
)
"""The second lock: whatever was found, what does not lie on a shelf of the viewer is not told."""

_FACTS: Final[Select[Any]] = select(fact).where(fact.c.memory_id.in_(_ids))
_source: Final = memory.alias("source")
_SOURCES: Final[Select[Any]] = (
    select(
        memory_source.c.memory_id,
        memory_source.c.source_id,
        _source.c.heard_id,
        _source.c.said_id,
    )
    .join(_source, _source.c.id == memory_source.c.source_id)
    .where(memory_source.c.memory_id.in_(_ids))
    .order_by(memory_source.c.source_id)
)


@dataclass(frozen=True, slots=True)
class Detail:
    """What is known of a fact besides its text; *current*: it still holds, as far as we know."""

    subject: str
    slot: str
    norm: str
    quote: str
    valid_from: datetime | None
    valid_to: datetime | None
    negated: bool
    hearsay: bool
    confidence: float
    current: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A memory that was found, how well it fits, and the lines it comes from.

    *lines* are the memories of these, *sources* what they are called in the ledger.
    """

    id: int
    kind: str
    score: float
    speaker: str
    name: str
    text: str
    at: datetime
    private: bool
    place: int
    sources: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    importance: int = 3
    pinned: bool = False
    uses: int = 0
    fact: Detail | None = None


def hits(connection: Connection, shelves: Sequence[int], scores: Mapping[int, float]) -> list[Hit]:
    """The memories that have *scores*, of those that lie on *shelves*."""
    found: dict[int, Row[Any]] = {}
    for some in batches(list(scores)):
        rows = connection.execute(_ROWS, {"some": some, "shelves": shelves})
        found |= {row.id: row for row in rows}
    made = [row.id for row in found.values() if row.kind != "line"]
    edges: dict[int, list[Row[Any]]] = {}
    facts: dict[int, Row[Any]] = {}
    for some in batches(made):
        for edge in connection.execute(_SOURCES, {"some": some}):
            edges.setdefault(edge.memory_id, []).append(edge)
        facts |= {row.memory_id: row for row in connection.execute(_FACTS, {"some": some})}
    return [
        _hit(row, scores[row.id], edges.get(row.id, ()), facts.get(row.id))
        for row in found.values()
        if not _is_retracted(facts.get(row.id))
    ]


def _is_retracted(row: Row[Any] | None) -> bool:
    return row is not None and row.retracted_at is not None


def _hit(row: Row[Any], score: float, edges: Sequence[Row[Any]], known: Row[Any] | None) -> Hit:
    own = (row,) if row.kind == "line" else edges
    return Hit(
        id=row.id,
        kind=row.kind,
        score=score,
        speaker=row.speaker,
        name=row.name,
        text=row.text,
        at=row.at,
        private=row.private,
        place=row.conversation_id,
        sources=tuple(_ledger_ids(own)),
        lines=(row.id,) if row.kind == "line" else tuple(edge.source_id for edge in edges),
        importance=row.importance,
        pinned=row.pinned,
        uses=row.uses,
        fact=_detail(known) if known is not None else None,
    )


def _ledger_ids(rows: Iterable[Row[Any]]) -> Iterable[int]:
    return (one for row in rows for one in (row.heard_id or row.said_id,) if one)


def _detail(row: Row[Any]) -> Detail:
    return Detail(
        subject=row.subject,
        slot=row.slot,
        norm=row.norm,
        quote=row.quote,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        negated=row.negated,
        hearsay=row.hearsay,
        confidence=row.confidence,
        current=row.valid_to is None and row.superseded_by is None,
    )
