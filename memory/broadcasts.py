"""What an owner wants to be said to many: to how many at a time, and what became of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, bindparam, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.ids import Ids
from anima.ports import BotName, Clock
from memory.database import Database
from memory.tables import (
    LANGUAGE_CHARACTERS,
    UNSENT,
    broadcast,
    broadcast_to,
    conversation,
    said,
)
from memory.text import storable
from memory.unasked import Unasked

AT_ONCE: Final = 20
"""So many are told in a second; Telegram lets a bot say some thirty, and people talk, too."""
_SLOT: Final = timedelta(seconds=1)
_LOOK: Final = timedelta(seconds=5)
_PATIENCE: Final = timedelta(minutes=10)
"""Whoever was not reached by then is told of as not reached yet."""

Reported = Callable[["Report"], str]
"""The line for who asked."""

_NEW: Final = {
    "sqlite": sqlite.insert(broadcast)
    .on_conflict_do_nothing(index_elements=["turn_id"])
    .returning(broadcast.c.id),
    "postgresql": postgresql.insert(broadcast)
    .on_conflict_do_nothing(index_elements=["turn_id"])
    .returning(broadcast.c.id),
}
_TO: Final = insert(broadcast_to)
_DUE: Final = (
    select(broadcast)
    .where(broadcast.c.next_at <= bindparam("now"))
    .order_by(broadcast.c.id)
    .limit(1)
    .with_for_update(skip_locked=True, of=broadcast)
)
_NEXT: Final = select(func.min(broadcast.c.next_at))
_WAITING: Final = (
    select(broadcast_to.c.conversation_id)
    .join(conversation, conversation.c.id == broadcast_to.c.conversation_id)
    .where(
        broadcast_to.c.broadcast_id == bindparam("which"),
        broadcast_to.c.state == "waiting",
        tuple_(conversation.c.platform, conversation.c.bot).in_(bindparam("bots", expanding=True)),
    )
    .order_by(broadcast_to.c.conversation_id)
    .limit(AT_ONCE)
)
_TOLD: Final = (
    update(broadcast_to)
    .where(
        broadcast_to.c.broadcast_id == bindparam("which"),
        broadcast_to.c.conversation_id == bindparam("place"),
    )
    .values(state=bindparam("now_in"), said_id=bindparam("bubble"))
)
_LATER: Final = update(broadcast).where(broadcast.c.id == bindparam("which"))
_HERE: Final = select(broadcast_to.c.state).where(
    broadcast_to.c.broadcast_id == bindparam("which"),
    broadcast_to.c.conversation_id == bindparam("place"),
)
_STATES: Final = (
    select(broadcast_to.c.state, said.c.state.label("sent"), func.count().label("people"))
    .outerjoin(said, said.c.id == broadcast_to.c.said_id)
    .where(broadcast_to.c.broadcast_id == bindparam("which"))
    .group_by(broadcast_to.c.state, said.c.state)
)


@dataclass(frozen=True, slots=True)
class Report:
    """How many were *reached*, could not be (*lost*), and may still be (*open*), out of *all*."""

    language: str
    reached: int
    lost: int
    open: int

    @property
    def all(self) -> int:
        """Everybody it was for."""
        return self.reached + self.lost + self.open


Progress = Literal["nothing", "said", "waits", "reported"]


class Broadcasts:
    """The broadcasts in the database. *rang* learns where something was said, after the commit.

    All of it raises `LedgerUnavailable`. *reported* is the line for who asked, in the end.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
        reported: Reported,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang
        self._reported = reported

    async def begin(
        self, turn: int, places: Sequence[int], text: str, *, by: str, asked_in: int, language: str
    ) -> None:
        """Have *text* said in *places*; the same *turn* asks for it once, however often it does."""
        row = {
            "asked_in": asked_in,
            "turn_id": turn,
            "by": by,
            "text": storable(text),
            "language": storable(language)[:LANGUAGE_CHARACTERS],
            "next_at": self._clock.now(),
            "at": self._clock.now(),
        }
        await self._database.write(lambda found: _begin(found, row, places))

    async def next_at(self) -> datetime | None:
        """When to look again; nothing when nothing is under way."""
        return await self._database.read(lambda found: found.execute(_NEXT).scalar())

    async def go_on(self, bots: Collection[BotName]) -> Progress:
        """Tell the next few of those whom *bots* can tell, or report when all are told.

        Whoever is first has this second; a process that dies leaves the next one to others.
        """
        ids = [(self._ids.next(), self._ids.next()) for _ in range(AT_ONCE + 1)]
        step = _Step(self._clock.now(), list(bots), ids, self._reported)
        progress = await self._database.write(step.take)
        self._rang(step.rang)
        return progress


@dataclass(slots=True)
class _Step:
    """What one transaction does, in a thread and perhaps anew from the start.

    *ids* are of what is said in it, *rang* the places in which that is.
    """

    now: datetime
    bots: list[BotName]
    ids: Sequence[tuple[int, int]]
    reported: Reported
    rang: list[int] = field(default_factory=list)

    def take(self, connection: Connection) -> Progress:
        self.rang.clear()
        row = connection.execute(_DUE, {"now": self.now}).first()
        if row is None:
            return "nothing"
        asked = {"which": row.id, "bots": self.bots}
        places = connection.execute(_WAITING, asked).scalars().all()
        for place, ids in zip(places, self.ids, strict=False):
            self._say(connection, row, place, ids)
        if places:
            self._later(connection, row, next_at=self.now + _SLOT, give_up_at=self.now + _PATIENCE)
            return "said"
        return self._report(connection, row)

    def _say(self, connection: Connection, row: Row[Any], place: int, ids: tuple[int, int]) -> None:
        told = Unasked(*ids, row.text, "answered", self.now)
        there = told.put(connection, place)
        state = {"now_in": "said" if there else "shut", "bubble": told.said if there else None}
        connection.execute(_TOLD, {"which": row.id, "place": place, **state})
        if there:
            self.rang.append(place)

    def _report(self, connection: Connection, row: Row[Any]) -> Progress:
        report = _counted(connection, row)
        if report.open and (row.give_up_at is None or self.now < row.give_up_at):
            give_up = row.give_up_at or self.now + _PATIENCE
            self._later(connection, row, next_at=self.now + _LOOK, give_up_at=give_up)
            return "waits"
        if _was_here(connection, row):  # who asked has seen it
            self._later(connection, row, next_at=None)
            return "reported"
        line = Unasked(*self.ids[-1], storable(self.reported(report)), "notice", self.now)
        self._later(connection, row, next_at=None)
        if line.put(connection, row.asked_in):
            self.rang.append(row.asked_in)
        return "reported"

    def _later(self, connection: Connection, row: Row[Any], **moments: datetime | None) -> None:
        connection.execute(_LATER.values(**moments), {"which": row.id})


def _begin(connection: Connection, row: dict[str, object], places: Sequence[int]) -> None:
    which = connection.execute(_NEW[connection.dialect.name], row).scalar()
    if which is None or not places:
        return
    rows = [
        {"broadcast_id": which, "conversation_id": place, "state": "waiting"} for place in places
    ]
    connection.execute(_TO, rows)


def _was_here(connection: Connection, row: Row[Any]) -> bool:
    return connection.execute(_HERE, {"which": row.id, "place": row.asked_in}).first() is not None


def _counted(connection: Connection, row: Row[Any]) -> Report:
    reached = lost = still = 0
    for found in connection.execute(_STATES, {"which": row.id}):
        if found.sent == "delivered":
            reached += found.people
        elif found.state == "waiting" or found.sent in UNSENT:
            still += found.people
        else:
            lost += found.people
    return Report(row.language, reached, lost, still)
