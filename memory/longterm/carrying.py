"""All that is remembered of one person, to be carried away: their places, and theirs in company."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, or_, select

from anima.ports import Clock
from memory.database import Database
from memory.longterm.blanking import among
from memory.longterm.carried import (
    VERSION,
    FactRecord,
    Header,
    LineRecord,
    PlaceRecord,
    Record,
    RelationRecord,
    WishRecord,
)
from memory.longterm.ownership import is_theirs_alone
from memory.tables import consent, conversation, fact, memory, memory_source, relation

_AT_ONCE: Final = 500
"""So many memories are read at once; the rest waits where it is."""

_theirs: Final = memory.c.speaker.in_(bindparam("people", expanding=True))
_SPOKE_IN: Final = select(memory.c.conversation_id).where(_theirs).distinct()
_PLACES: Final = select(conversation).where(among(conversation.c.id)).order_by(conversation.c.id)
_next: Final = memory.c.id > bindparam("after")
_LINES: Final = (
    select(memory)
    .where(
        memory.c.kind == "line",
        _next,
        or_(_theirs, memory.c.conversation_id.in_(bindparam("alone", expanding=True))),
    )
    .order_by(memory.c.id)
    .limit(_AT_ONCE)
)
_FACTS: Final = (
    select(memory, *(column for column in fact.c if column.name != "memory_id"))
    .join(fact, fact.c.memory_id == memory.c.id)
    .where(_theirs, _next, fact.c.retracted_at.is_(None))
    .order_by(memory.c.id)
    .limit(_AT_ONCE)
)
_SOURCES: Final = (
    select(memory_source.c.memory_id, memory.c.digest)
    .join(memory, memory.c.id == memory_source.c.source_id)
    .where(among(memory_source.c.memory_id))
    .order_by(memory_source.c.source_id)
)
_RELATIONS: Final = (
    select(relation)
    .where(relation.c.speaker.in_(bindparam("people", expanding=True)))
    .order_by(relation.c.persona, relation.c.speaker)
)
_WISHES: Final = (
    select(consent)
    .where(consent.c.speaker.in_(bindparam("people", expanding=True)), consent.c.kind == "together")
    .order_by(consent.c.speaker)
)


class Carrying:
    """Reads it out of the database. Raises `LedgerUnavailable`, also midway."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def records(self, speakers: Sequence[str]) -> AsyncIterator[Record]:
        """All that is remembered of *speakers*, who are one person, bit by bit.

        Of company there is only what they said themselves.
        """
        people = tuple(speakers)
        yield Header(version=VERSION, speakers=people, at=self._clock.now())
        places = await self._database.read(lambda connection: _places(connection, people))
        for place in places:
            yield place
        alone = [place.number for place in places if place.private]
        async for some in self._portions(_LINES, {"people": people, "alone": alone}):
            for row in some:
                yield _line(row)
        async for some in self._portions(_FACTS, {"people": people}):
            for known in await self._database.read(partial(_facts, rows=some)):
                yield known
        for one in await self._database.read(lambda connection: _bonds(connection, people)):
            yield one

    async def _portions(
        self, which: Select[Any], asked: Mapping[str, Any]
    ) -> AsyncIterator[Sequence[Row[Any]]]:
        after = 0
        while some := await self._database.read(partial(_portion, which, asked, after)):
            yield some
            after = some[-1].id


async def jsonl(records: AsyncIterator[Record]) -> AsyncIterator[str]:
    """*records* as lines of a file."""
    async for one in records:
        yield one.model_dump_json() + "\n"


def _portion(
    which: Select[Any], asked: Mapping[str, Any], after: int, connection: Connection
) -> Sequence[Row[Any]]:
    return connection.execute(which, {**asked, "after": after}).all()


def _places(connection: Connection, people: Collection[str]) -> Sequence[PlaceRecord]:
    """Where they spoke; one that is private but not theirs alone counts as company."""
    spoke = connection.execute(_SPOKE_IN, {"people": people}).scalars().all()
    return [
        PlaceRecord(
            number=row.id,
            platform=row.platform,
            bot=row.bot,
            connection=row.connection,
            chat=row.chat,
            thread=row.thread,
            private=is_theirs_alone(connection, row.id, people),
            title=row.title,
        )
        for row in connection.execute(_PLACES, {"which": spoke})
    ]


def _line(row: Row[Any]) -> LineRecord:
    names = ("persona", "speaker", "name", "text", "language", "at", "digest")
    return LineRecord(place=row.conversation_id, **{name: getattr(row, name) for name in names})


def _facts(connection: Connection, rows: Sequence[Row[Any]]) -> Sequence[FactRecord]:
    sources: dict[int, list[str]] = {row.id: [] for row in rows}
    for edge in connection.execute(_SOURCES, {"which": list(sources)}):
        sources[edge.memory_id].append(edge.digest)
    names = [name for name in FactRecord.model_fields if name not in {"kind", "place", "sources"}]
    return [
        FactRecord(
            place=row.conversation_id,
            sources=tuple(sources[row.id]),
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    ]


def _bonds(connection: Connection, people: Collection[str]) -> Sequence[Record]:
    asked = {"people": people}
    names = [name for name in RelationRecord.model_fields if name != "kind"]
    relations = [
        RelationRecord(**{name: getattr(row, name) for name in names})
        for row in connection.execute(_RELATIONS, asked)
    ]
    wishes = [
        WishRecord(speaker=row.speaker, wish="together", at=row.at)
        for row in connection.execute(_WISHES, asked)
    ]
    return [*relations, *wishes]
