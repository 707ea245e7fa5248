"""Whom we talk with in private, and the places that people mean by an address or a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, or_, select, tuple_

from anima.ports import BotName
from memory.database import Database
from memory.sameness import digest
from memory.tables import access, conversation, heard, linked, manner

_TALKED: Final = ("answered", "noted", "command")
_ours: Final = (
    conversation.c.closed_at.is_(None),
    conversation.c.connection == "",
    tuple_(conversation.c.platform, conversation.c.bot).in_(bindparam("bots", expanding=True)),
)
_newest = (
    select(heard.c.conversation_id, func.max(heard.c.id).label("id"))
    .where(heard.c.state.in_(_TALKED), heard.c.speaker_id != "")
    .group_by(heard.c.conversation_id)
    .subquery()
)
_PEOPLE: Final = (
    select(
        conversation.c.id,
        conversation.c.platform,
        heard.c.speaker_id,
        heard.c.speaker_name,
        linked.c.person_id,
    )
    .join(_newest, _newest.c.conversation_id == conversation.c.id)
    .join(heard, heard.c.id == _newest.c.id)
    .outerjoin(linked, linked.c.speaker == conversation.c.platform + ":" + heard.c.speaker_id)
    .where(*_ours, conversation.c.private, conversation.c.platform != "console")
    .order_by(heard.c.id.desc())
)
_PLACES: Final = (
    select(
        conversation.c.id,
        conversation.c.platform,
        conversation.c.chat,
        conversation.c.thread,
        conversation.c.title,
    )
    .where(*_ours)
    .order_by(conversation.c.id)
)
_BANNED: Final = select(access.c.speaker).where(access.c.banned_at.is_not(None))
_UNWILLING: Final = select(manner.c.speaker).where(
    or_(manner.c.opted_out_at.is_not(None), manner.c.quiet_until > bindparam("now"))
)
"""Who has opted out for ever, or is muted for now."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the ledger's *id* of it, its *address*, and what people call it."""

    id: int
    address: str
    name: str


class Audience:
    """Knows where people are. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everyone(self, now: datetime, bots: Collection[BotName], but: int) -> tuple[int, ...]:
        """The private place of each person, the one they wrote in last; not the place *but*.

        Left out are those who want no word of ours, are banned, or have shut us out; a chat in
        which we write in somebody's place is nobody's.
        """
        return await self._database.read(lambda found: _everyone(found, now, list(bots), but))

    async def meant(self, word: str, bots: Collection[BotName]) -> tuple[Place, ...]:
        """The places that are called *word*, by title, by address, or by who talks there."""
        return await self._database.read(lambda found: _meant(found, word, list(bots)))

    async def names(self, places: Collection[int], bots: Collection[BotName]) -> dict[int, str]:
        """What people call these places."""
        wanted = frozenset(places)
        known = await self._database.read(lambda found: _all(found, list(bots)))
        return {one.id: one.name or one.address for one in known if one.id in wanted}


def _everyone(
    connection: Connection, now: datetime, bots: list[BotName], but: int
) -> tuple[int, ...]:
    unwilling = connection.execute(_UNWILLING, {"now": now}).scalars()
    left_out = {*unwilling, *connection.execute(_BANNED).scalars()}
    rows: list[Any] = [*connection.execute(_PEOPLE, {"bots": bots})]
    gone = {_person(row) for row in rows if _address(row) in left_out or row.id == but}
    places: dict[object, int] = {}
    for row in rows:
        if _person(row) not in gone:
            places.setdefault(_person(row), row.id)
    return tuple(sorted(places.values()))


def _person(row: Row[Any]) -> object:
    """Who is one person on two platforms is told once, and is left out on both."""
    return row.person_id or _address(row)


def _address(row: Row[Any]) -> str:
    return f"{row.platform}:{row.speaker_id}"


def _meant(connection: Connection, word: str, bots: list[BotName]) -> tuple[Place, ...]:
    wanted = digest(word)
    return tuple(
        one
        for one in _all(connection, bots)
        if wanted in {digest(one.address), digest(one.name) if one.name else ""}
    )


def _all(connection: Connection, bots: list[BotName]) -> list[Place]:
    asked = {"bots": bots}
    people = {row.id: row.speaker_name for row in connection.execute(_PEOPLE, asked)}
    return [
        Place(
            row.id,
            ":".join(filter(None, (row.platform, row.chat, row.thread))),
            row.title or people.get(row.id, ""),
        )
        for row in connection.execute(_PLACES, asked)
    ]
