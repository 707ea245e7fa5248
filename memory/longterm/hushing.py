"""Talk of which nothing is to be remembered: in a place, from now on, or for one private talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from anima.ports import Clock
from memory.columns import Moment
from memory.database import Database
from memory.longterm.blanking import blank
from memory.longterm.erasing import Erasing, owe
from memory.tables import UNSENT, conversation, heard, hush, note, said, thread, turn

Kind = Literal["off", "private"]

REST: Final = timedelta(hours=1)
"""A private talk that has rested for so long is over, though nobody said so."""

_HERE: Final = select(hush).where(hush.c.conversation_id == bindparam("place")).order_by(hush.c.id)
_PLACE: Final = (
    select(conversation).where(conversation.c.id == bindparam("place")).with_for_update()
)
_BEGIN: Final = insert(hush)
_END: Final = update(hush).where(hush.c.id == bindparam("which")).values(until=bindparam("up_to"))
_PRIVATE: Final = select(hush).where(hush.c.kind == "private", hush.c.until.is_(None))
_NEWEST: Final = select(
    func.max(turn.c.id).label("id"), func.max(turn.c.ended_at).label("at")
).where(turn.c.conversation_id == bindparam("place"))
_UNRESTING: Final = (
    select(turn.c.id).where(turn.c.conversation_id == bindparam("place"), turn.c.outcome.is_(None)),
    select(said.c.id).where(said.c.conversation_id == bindparam("place"), said.c.state.in_(UNSENT)),
    select(heard.c.id).where(
        heard.c.conversation_id == bindparam("place"), heard.c.state == "waiting"
    ),
)


def _within(column: Column[int]) -> tuple[ColumnElement[bool], ...]:
    since, up_to = (bindparam(name, type_=BigInteger()) for name in ("since", "up_to"))
    return column >= since, column < up_to


_HEARD: Final = select(heard.c.id).where(
    heard.c.conversation_id == bindparam("place"), *_within(heard.c.turn_id)
)
_SAID: Final = select(said.c.id).where(
    said.c.conversation_id == bindparam("place"),
    said.c.state.not_in(UNSENT),
    *_within(said.c.turn_id),
)
_TIMES: Final = select(
    func.min(turn.c.began_at).label("began"), func.max(turn.c.ended_at).label("ended")
).where(turn.c.conversation_id == bindparam("place"), *_within(turn.c.id))
_WRITTEN: Final = tuple(
    delete(table).where(
        table.c.conversation_id == bindparam("place"),
        table.c.at >= bindparam("began", type_=Moment()),
        table.c.at <= bindparam("ended", type_=Moment()),
    )
    for table in (note, thread)
)


@dataclass(frozen=True, slots=True)
class Hush:
    """The turns from *since* to before *until*, or to the end of all."""

    id: int
    kind: Kind
    since: int
    until: int | None

    def covers(self, which: int) -> bool:
        """Whether nothing of that turn is to be remembered."""
        return self.since <= which and (self.until is None or which < self.until)


def hushed(connection: Connection, place: int) -> Sequence[Hush]:
    """All that was ever to be left out in *place*."""
    rows = connection.execute(_HERE, {"place": place})
    return tuple(Hush(row.id, row.kind, row.since, row.until) for row in rows)


class Drops(Protocol):
    """The part of a cache of tails that is needed here: it forgets the one of a place."""

    async def drop(self, conversation_id: int) -> None: ...


class Hushing:
    """Begins and ends that. All of it raises `LedgerUnavailable`."""

    def __init__(self, database: Database, clock: Clock, tail: Drops, erasing: Erasing) -> None:
        self._database = database
        self._clock = clock
        self._tail = tail
        self._erasing = erasing

    async def is_hushed(self, place: int) -> bool:
        """Whether nothing of what is said in *place* now will be remembered."""
        return bool(await self.kinds(place))

    async def kinds(self, place: int) -> frozenset[Kind]:
        """Which hushes hold in *place* now."""
        known = await self._database.read(lambda connection: hushed(connection, place))
        return frozenset(one.kind for one in known if one.until is None)

    async def begin(self, place: int, kind: Kind, since: int, by: str) -> bool:
        """Remember nothing of *place* from turn *since* on; False: that held already."""
        row = {"kind": kind, "since": since, "until": None, "by": by, "at": self._clock.now()}
        return await self._database.write(lambda seen: _begin(seen, place, kind, row))

    async def end(self, place: int, kind: Kind, until: int) -> bool:
        """Remember again from turn *until* on; False: there was nothing to end.

        What was said in a private talk is taken out of the ledger for good.
        """
        ended = await self._database.write(lambda seen: _end(seen, place, kind, until))
        if ended and kind == "private":
            await self._tail.drop(place)
            await self._erasing.erase()
        return ended

    async def lapsed(self, now: datetime) -> Sequence[int]:
        """End the private talks that have rested for an hour by *now*; the places they were in."""
        talks = await self._database.read(lambda connection: connection.execute(_PRIVATE).all())
        over = [talk.conversation_id for talk in talks if await self._lapse(talk, now)]
        for place in over:
            await self._tail.drop(place)
        if over:
            await self._erasing.erase()
        return over

    async def _lapse(self, talk: Row[Any], now: datetime) -> bool:
        return await self._database.write(lambda connection: _lapse(connection, talk, now))


def _begin(connection: Connection, place: int, kind: Kind, row: Mapping[str, object]) -> bool:
    connection.execute(_PLACE, {"place": place})
    known = _present(connection, place, kind)
    if known is None:
        connection.execute(_BEGIN, {**row, "conversation_id": place})
    return known is None


def _end(connection: Connection, place: int, kind: Kind, until: int) -> bool:
    connection.execute(_PLACE, {"place": place})
    present = _present(connection, place, kind)
    if present is None:
        return False
    connection.execute(_END, {"which": present.id, "up_to": until})
    if kind == "private":
        _erase(connection, place, present.since, until)
    return True


def _lapse(connection: Connection, talk: Row[Any], now: datetime) -> bool:
    """End it unless something was said meanwhile, or is about to be."""
    place = talk.conversation_id
    connection.execute(_PLACE, {"place": place})
    busy = any(connection.execute(one, {"place": place}).first() for one in _UNRESTING)
    last = connection.execute(_NEWEST, {"place": place}).one()
    if busy or max(last.at or talk.at, talk.at) > now - REST:
        return False
    return _end(connection, place, "private", max(last.id or 0, talk.since) + 1)


def _present(connection: Connection, place: int, kind: Kind) -> Hush | None:
    """The hush of that *kind* which holds in *place* now."""
    known = hushed(connection, place)
    return next((one for one in known if one.kind == kind and one.until is None), None)


def _erase(connection: Connection, place: int, since: int, until: int) -> None:
    """Take out what was said in these turns, and what was written down of it meanwhile."""
    span = {"place": place, "since": since, "up_to": until}
    theirs = connection.execute(_HEARD, span).scalars().all()
    ours = connection.execute(_SAID, span).scalars().all()
    blank(connection, place, theirs, ours)
    times = connection.execute(_TIMES, span).one()
    if times.began is not None:
        for written in _WRITTEN:
            connection.execute(
                written, {"place": place, "began": times.began, "ended": times.ended}
            )
    owe(connection)
