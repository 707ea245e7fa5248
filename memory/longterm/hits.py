"""What is told of a memory that was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection

from memory.bulk import among, moments
from memory.longterm.batches import batches

_ROWS: Final = (
    "SELECT m.id, m.kind, m.speaker, m.name, m.text, m.at, m.private, m.conversation_id,"
    " m.heard_id, m.said_id, m.importance, m.pinned, m.uses"
    " FROM memory AS m JOIN shelved AS s ON s.memory_id = m.id"
    " WHERE s.memory_id {} AND s.shelf_id {}"
)
"""The second lock: whatever was found, what does not lie on a shelf of the viewer is not told."""

_FACTS: Final = (
    "SELECT memory_id, subject, slot, norm, quote, valid_from, valid_to, negated, hearsay,"
    " confidence, superseded_by FROM fact WHERE memory_id {} AND retracted_at IS NULL"
)
_SOURCES: Final = (
    "SELECT e.memory_id, e.source_id, coalesce(m.heard_id, m.said_id)"
    " FROM memory_source AS e JOIN memory AS m ON m.id = e.source_id"
    " WHERE e.memory_id {} ORDER BY e.source_id"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """What is known of a fact besides its text.

    *current*: it still holds, as far as we know. *heir* is the fact that came in its place.
    """

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
    heir: int | None = None


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
    """Memories by id, with what is known of facts, and of where each comes from.

    *edges* has the lines that a memory is made of, with what each is called in the ledger.
    """

    memories: dict[int, Stored] = field(default_factory=dict)
    facts: dict[int, Detail] = field(default_factory=dict)
    edges: dict[int, list[tuple[int, int | None]]] = field(default_factory=dict)

    @property
    def heirs(self) -> dict[int, int]:
        """What has come in the place of facts that hold no more; the oldest first."""
        over = ((number, self.facts[number].heir) for number in sorted(self.facts))
        return {number: heir for number, heir in over if heir is not None}

    def hit(self, number: int, score: float) -> Hit:
        """One of them, as it is told."""
        one = self.memories[number]
        told = one.speaker, one.name, one.text, one.at, bool(one.private), one.place
        if one.kind == "line":
            said = one.heard or one.said
            return Hit(number, one.kind, score, *told, (said,) if said else (), (number,))
        edges = self.edges.get(number, ())
        return Hit(
            *(number, one.kind, score, *told),
            sources=tuple(said for _, said in edges if said),
            lines=tuple(line for line, _ in edges),
            fact=self.facts.get(number),
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
    new = [found.memories[one] for one in ids if one in found.memories]
    for some in batches([one.id for one in new if one.kind != "line"]):
        _add_facts(connection, found, some)
    for one in new:
        if one.kind == "fact" and one.id not in found.facts:  # it was retracted
            del found.memories[one.id]


def _add_facts(connection: Connection, found: Found, some: Sequence[int]) -> None:
    moment = moments(connection.dialect)
    for number, *what, begins, ends, negated, hearsay, sure, heir in among(
        connection, _FACTS, some
    ):
        subject, slot, norm, quote = what
        since, until = begins and moment(begins), ends and moment(ends)
        found.facts[number] = Detail(
            *(subject, slot, norm, quote, since, until),
            negated=bool(negated),
            hearsay=bool(hearsay),
            confidence=sure,
            current=ends is None and heir is None,
            heir=heir,
        )
    for number, line, said in among(connection, _SOURCES, some):
        found.edges.setdefault(number, []).append((line, said))
