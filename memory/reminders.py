"""What somebody wanted to be reminded of, and when."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.ids import Ids
from anima.ports import Clock
from memory.database import Database
from memory.sameness import digest
from memory.tables import LANGUAGE_CHARACTERS, conversation, reminder
from memory.text import storable
from memory.unasked import Unasked

_SAME: Final = (reminder.c.conversation_id, reminder.c.digest)
_ADD: Final = {
    "sqlite": sqlite.insert(reminder)
    .on_conflict_do_nothing(index_elements=_SAME)
    .returning(reminder.c.id),
    "postgresql": postgresql.insert(reminder)
    .on_conflict_do_nothing(index_elements=_SAME)
    .returning(reminder.c.id),
}
_DUE: Final = (
    select(reminder)
    .where(reminder.c.state == "waiting", reminder.c.due <= bindparam("now"))
    .order_by(reminder.c.due, reminder.c.id)
    .limit(bindparam("most"))
)
_NEXT: Final = select(func.min(reminder.c.due)).where(reminder.c.state == "waiting")
_WHERE: Final = select(reminder.c.conversation_id).where(
    reminder.c.id == bindparam("which"), reminder.c.state == "waiting"
)
_LOCKED: Final = (
    select(conversation.c.id).where(conversation.c.id == bindparam("place")).with_for_update()
)
_TOLD: Final = (
    update(reminder)
    .where(
        reminder.c.id == bindparam("which"),
        reminder.c.state == "waiting",
        reminder.c.conversation_id == bindparam("place"),
    )
    .values(state="told")
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """*text* wants to be said in *place* when it is *due*, to somebody who speaks *language*."""

    id: int
    place: int
    due: datetime
    text: str
    language: str


class Reminders:
    """The reminders in the database. *rang* learns where one was told, after the commit.

    All of it raises `LedgerUnavailable`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang

    async def add(self, place: int, due: datetime, text: str, language: str) -> bool:
        """Have *text* told in *place* when it is *due*; False: that is known already."""
        words = storable(text)
        row = {
            "conversation_id": place,
            "digest": digest(f"{due.astimezone(UTC).isoformat()} {words}"),
            "due": due,
            "text": words,
            "language": storable(language)[:LANGUAGE_CHARACTERS],
            "state": "waiting",
            "at": self._clock.now(),
        }
        return await self._database.write(
            lambda found: found.execute(_ADD[found.dialect.name], row).first() is not None
        )

    async def due(self, now: datetime, limit: int) -> tuple[Reminder, ...]:
        """The first *limit* of those that are to be told by *now*."""
        asked = {"now": now, "most": limit}
        return await self._database.read(
            lambda connection: tuple(map(_reminder, connection.execute(_DUE, asked)))
        )

    async def next_due(self) -> datetime | None:
        """When the next one is to be told; nothing when none waits."""
        return await self._database.read(lambda connection: connection.execute(_NEXT).scalar())

    async def tell(self, reminder: Reminder, line: str) -> bool:
        """Say *line* where *reminder* belongs, as a part of the talk, and be done with it.

        False: somebody else told it, its place is shut to us (then it is done with, too), or its
        place is just becoming another one (then it is still due). *line* has to fit into one
        bubble.
        """
        told = Unasked.new(self._ids, line, "answered", self._clock.now())
        place = await self._database.write(lambda found: _tell(found, reminder.id, told))
        if place is not None:
            self._rang([place])
        return place is not None


def _tell(connection: Connection, which: int, told: Unasked) -> int | None:
    """The place in which it is told, which is locked first as by everybody who writes there."""
    place = connection.execute(_WHERE, {"which": which}).scalar()
    if place is None:
        return None
    connection.execute(_LOCKED, {"place": place})
    if not connection.execute(_TOLD, {"which": which, "place": place}).rowcount:
        return None
    return place if told.put(connection, place) else None


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(row.id, row.conversation_id, row.due, row.text, row.language)
