"""The facts in what was heard: kept beside their lines, by the rules of what contradicts what.

What is known of somebody is asked for in one place at a time. So what was said in private neither
ends nor confirms what was said in company, where it would show.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Row, bindparam, select, update

from memory.longterm.batches import batches
from memory.longterm.blanking import among
from memory.longterm.kept import Saying
from memory.longterm.scope import Origin
from memory.longterm.settling import Settling, known
from memory.tables import fact, memory, memory_source
from persona.facts.kinds import Fact, Wish
from persona.facts.kinds import Found as One

Found = tuple[One, ...]

FINDER: Final = "rules"
_TREASURED: Final = 5
"""The importance of what somebody wants remembered."""

_CURRENT: Final = (
    select(memory.c.id, memory.c.at, *fact.c)
    .join(fact, fact.c.memory_id == memory.c.id)
    .where(
        memory.c.kind == "fact",
        memory.c.speaker == bindparam("who"),
        memory.c.conversation_id == bindparam("place"),
        memory.c.persona == bindparam("whose"),
        fact.c.retracted_at.is_(None),
    )
    .order_by(memory.c.id)
)
_BESIDE: Final = (
    select(memory)
    .join(memory_source, memory_source.c.source_id == memory.c.id)
    .join(fact, fact.c.memory_id == memory_source.c.memory_id)
    .where(among(memory_source.c.memory_id), fact.c.finder == FINDER, memory.c.kind == "line")
)
_TREASURE: Final = (
    update(memory)
    .where(memory.c.id == bindparam("which"))
    .values(pinned=True, importance=_TREASURED)
)


class Finds(Protocol):
    """Finds what a line tells; pure, and the same for the same line."""

    def found(self, line_text: str, at: datetime, speaker: str, language: str) -> Sequence[One]:
        """What *speaker* tells with it; an empty one is us."""


def found_in(sayings: Sequence[Saying], finds: Finds) -> Mapping[str, Found]:
    """What *finds* tells of *sayings*, by digest."""
    return {
        one.digest: tuple(finds.found(one.text, one.at, one.origin.speaker, one.language))
        for one in sayings
    }


def learn(
    connection: Connection,
    sayings: Sequence[Saying],
    ids: Sequence[int | None],
    found: Mapping[str, Found],
) -> None:
    """Keep what was *found* in *sayings*, by digest, which were kept under *ids*."""
    for saying, which in zip(sayings, ids, strict=True):
        if which is not None:
            for one in found.get(saying.digest, ()):
                _take(connection, saying, which, one)


def beside(connection: Connection, ids: Collection[int]) -> Sequence[tuple[Saying, int]]:
    """The lines that will be left of those from which facts among *ids* come, with their ids."""
    rows = {
        row.id: row
        for some in batches(ids)
        for row in connection.execute(_BESIDE, {"which": some})
        if row.id not in ids
    }
    return [(_saying(row), row.id) for _, row in sorted(rows.items())]


def learn_again(connection: Connection, left: Sequence[tuple[Saying, int]], finds: Finds) -> None:
    """Keep what the lines that are *left* tell without those that have gone."""
    for saying, line in left:
        for one in finds.found(saying.text, saying.at, saying.origin.speaker, saying.language):
            if isinstance(one, Fact):
                _resolve(connection, saying, line, one)


def _saying(row: Row[Any]) -> Saying:
    origin = Origin(row.persona, row.conversation_id, row.private, row.speaker)
    return Saying(origin, row.name, row.text, row.at, row.language)


def _take(connection: Connection, saying: Saying, line: int, found: One) -> None:
    match found:
        case Wish("remember", _):
            connection.execute(_TREASURE, {"which": line})
        case Wish():
            pass  # to forget is a deed, which shows what it found and asks first
        case Fact():
            _resolve(connection, saying, line, found)


def _resolve(connection: Connection, saying: Saying, line: int, found: Fact) -> None:
    here = saying.origin
    asked = {"who": here.speaker, "place": here.place, "whose": here.persona}
    current = [known(row) for row in connection.execute(_CURRENT, asked)]
    Settling(connection, saying, line, FINDER, saying.at).take(found, current)
