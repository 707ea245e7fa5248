"""What is told of a memory that was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select

from memory.bulk import among, moments
from memory.longterm.batches import batches
from memory.longterm.tables import fact, memory, memory_source

_ROWS: Final = (
    "SELECT m.id, m.kind, m.speaker, m.name, m.text, m.at, m.private, m.conversation_id,"
    " m.heard_id, m.said_id, m.importance, m.pinned, m.uses"
    " FROM memory AS m JOIN shelved AS s ON s.memory_id = m.id"
    " WHERE s.memory_id {} AND s.shelf_id {}"
)
"""The second lock: whatever was found, what does not lie on a shelf of the viewer is not told."""

_ids: Final[BindParameter[Any]] = bindparam("some", expanding=True)
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


class Hit(NamedTuple):
    """A memory that was found, how well it fits, and the lines it comes from.

    *lines* are the memories of these, *sources* what they are called in the ledger. A tuple, for
    each question makes sixty.
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
    fact: Detail | None = None


class Stored(NamedTuple):
    """A memory as it is stored: a value of which many are read and few are told."""

    id: int
    kind: str
    speaker: str
    name: str
    text: str
    at: datetime
    private: bool
    place: int
    heard: int | None
    said: int | None
    importance: int
    pinned: bool
    uses: int


@dataclass(slots=True)
class Found:
    """Memories by id, with what is known of facts, and of where each comes from."""

    memories: dict[int, Stored] = field(default_factory=dict)
    facts: dict[int, Row[Any]] = field(default_factory=dict)
    edges: dict[int, list[Row[Any]]] = field(default_factory=dict)

    @property
    def heirs(self) -> dict[int, int]:
        """What has come in the place of facts that hold no more; the oldest first."""
        over = ((number, self.facts[number].superseded_by) for number in sorted(self.facts))
        return {number: heir for number, heir in over if heir is not None}

    def hit(self, number: int, score: float) -> Hit:
        """One of them, as it is told."""
        one = self.memories[number]
        told = one.speaker, one.name, one.text, one.at, bool(one.private), one.place
        if one.kind == "line":
            said = one.heard or one.said
            return Hit(number, one.kind, score, *told, (said,) if said else (), (number,))
        edges = self.edges.get(number, ())
        known = self.facts.get(number)
        return Hit(
            *(number, one.kind, score, *told),
            sources=tuple(said for edge in edges if (said := edge.heard_id or edge.said_id)),
            lines=tuple(edge.source_id for edge in edges),
            fact=_detail(known) if known is not None else None,
        )


def read(connection: Connection, shelves: Sequence[int], ids: Sequence[int]) -> Found:
    """Those of the memories *ids* that lie on *shelves* and were not retracted.

    With a fact that holds no more comes what holds now.
    """
    found, asked, wanted = Found(), set[int](), list(ids)
    while wanted:
        _add(connection, found, shelves, wanted)
        asked.update(wanted)
        wanted = [one for one in found.heirs.values() if one not in asked]
    return found


def _add(connection: Connection, found: Found, shelves: Sequence[int], ids: Sequence[int]) -> None:
    moment = moments(connection.dialect)
    for some in batches(ids):
        for row in among(connection, _ROWS, some, shelves):
            found.memories[row[0]] = Stored._make((*row[:5], moment(row[5]), *row[6:]))
    new = (found.memories[one] for one in ids if one in found.memories)
    for some in batches([one.id for one in new if one.kind != "line"]):
        _add_facts(connection, found, some)


def _add_facts(connection: Connection, found: Found, some: Sequence[int]) -> None:
    for row in connection.execute(_FACTS, {"some": some}):
        if row.retracted_at is None:
            found.facts[row.memory_id] = row
        else:
            del found.memories[row.memory_id]
    for edge in connection.execute(_SOURCES, {"some": some}):
        found.edges.setdefault(edge.memory_id, []).append(edge)


def is_current(row: Row[Any] | None) -> bool:
    """Whether a fact, as it is stored, still holds; what is no fact always does."""
    return row is None or (row.valid_to is None and row.superseded_by is None)


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
        current=is_current(row),
    )
