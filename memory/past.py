"""Turns that are over, as the ledger kept them: what was heard, and who said what to it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    or_,
    select,
)

from anima.model import Heard, Line
from memory.database import Database
from memory.reading import message, speaker
from memory.reasons import Decided, newest
from memory.tables import conversation, heard, said, turn

_LINES: Final = 40
_LAST: Final = "last"
_REFERENCE_DIGITS: Final = 6
_LARGEST: Final = 2**63 - 1
"""No database of ours has a larger number."""

_here: Final[BindParameter[int]] = bindparam("place", type_=BigInteger())
_number: Final[BindParameter[int]] = bindparam("number", type_=BigInteger())
_answers_somebody: Final = turn.c.id.in_(
    select(heard.c.turn_id).where(heard.c.conversation_id == _here, heard.c.turn_id.is_not(None))
)
_says_something: Final = turn.c.id.in_(
    select(said.c.turn_id).where(said.c.conversation_id == _here)
)
_talk: Final = turn.c.outcome.not_in(("command", "notice"))


def _turns(*which: ColumnElement[bool]) -> Select[Any]:
    """Turns of one place that are over, the newest first."""
    return (
        select(turn.c.id, turn.c.soul, turn.c.began_at, conversation.c.since)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .where(
            turn.c.conversation_id == _here,
            _talk,
            turn.c.persona.in_((func.coalesce(conversation.c.persona, ""), "")),
            *which,
        )
        .order_by(turn.c.id.desc())
        .limit(bindparam("most"))
    )


_NEWEST: Final = _turns(_answers_somebody)
_NAMED: Final = (
    _turns(
        or_(_answers_somebody, _says_something),
        or_(turn.c.id == _number, turn.c.id % 16**_REFERENCE_DIGITS == bindparam("ending")),
    )
    .order_by(None)
    .order_by((turn.c.id == _number).desc(), turn.c.id.desc())
)
"""A whole id is meant rather than a short form, and of those the newest."""
_HEARD: Final = (
    select(heard)
    .where(heard.c.conversation_id == _here, heard.c.turn_id == bindparam("which"))
    .order_by(heard.c.id)
)
_SAID: Final = (
    select(said.c.text)
    .where(
        said.c.conversation_id == _here,
        said.c.turn_id == bindparam("which"),
        said.c.state != "failed",
    )
    .order_by(said.c.id)
)
_HEARD_BEFORE: Final = (
    select(heard)
    .where(
        heard.c.conversation_id == _here,
        heard.c.turn_id >= bindparam("since"),
        heard.c.turn_id < bindparam("which"),
        heard.c.state.in_(("answered", "noted", "expired")),
    )
    .order_by(heard.c.turn_id.desc(), heard.c.id.desc())
    .limit(_LINES)
)
_SAID_BEFORE: Final = (
    select(said.c.turn_id, said.c.id, said.c.text, said.c.at)
    .join(turn, turn.c.id == said.c.turn_id)
    .where(
        said.c.conversation_id == _here,
        said.c.turn_id >= bindparam("since"),
        said.c.turn_id < bindparam("which"),
        said.c.state == "delivered",
        _talk,
    )
    .order_by(said.c.turn_id.desc(), said.c.id.desc())
    .limit(_LINES)
)


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn that is over: *soul* answered *heard* with *said*, after these *lines*."""

    id: int
    soul: str
    at: datetime
    heard: tuple[Heard, ...]
    said: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def reference(self) -> str:
        """The short form in which people are told of it, the same as in the log."""
        return f"{self.id:x}"[-_REFERENCE_DIGITS:]


class Past:
    """The turns in the database, each told in its own place only, where its persona still plays.

    Raises `LedgerUnavailable`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self, place: int, limit: int) -> tuple[PastTurn, ...]:
        """The last *limit* turns there in which somebody was heard, the newest first."""
        asked = {"place": place, "most": limit}
        return await self._database.read(lambda found: _past(found, _NEWEST, asked))

    async def turn(self, place: int, reference: str) -> PastTurn | None:
        """The turn there that *reference* means: its id, its short form, or the word `last`.

        A turn in which nobody was heard has to be called by its name.
        """
        wanted = reference.strip().lower().removeprefix("#")
        asked = {"place": place, "most": 1} | _meant(wanted)
        which = _NEWEST if wanted == _LAST else _NAMED
        found = await self._database.read(lambda connection: _past(connection, which, asked))
        return found[0] if found else None

    async def why(self, place: int) -> Decided | None:
        """Why we spoke there, or kept silent, when that was decided last."""
        return await self._database.read(lambda connection: newest(connection, place))


def _meant(reference: str) -> dict[str, int]:
    """The ids that *reference* may mean; none of ours is negative."""
    number = int(reference) if re.fullmatch("[0-9]{1,19}", reference) else -1
    ending = int(reference, 16) if re.fullmatch("[0-9a-f]{6}", reference) else -1
    return {"number": number if number <= _LARGEST else -1, "ending": ending}


def _past(
    connection: Connection, which: Select[Any], asked: dict[str, int]
) -> tuple[PastTurn, ...]:
    rows = connection.execute(which, asked).all()
    return tuple(_turn(connection, asked["place"], row) for row in rows)


def _turn(connection: Connection, place: int, row: Row[Any]) -> PastTurn:
    which = {"place": place, "which": row.id}
    heard = connection.execute(_HEARD, which).all()
    answered = [one for one in heard if one.state != "noted"]
    return PastTurn(
        id=row.id,
        soul=row.soul or "",
        at=row.began_at,
        heard=tuple(map(message, answered or heard)),
        said=tuple(connection.execute(_SAID, which).scalars()),
        lines=_before(connection, place, row),
    )


def _before(connection: Connection, place: int, row: Row[Any]) -> tuple[Line, ...]:
    """What stood before the turn; a talk that goes on by now is told from its own beginning on."""
    since = row.since if row.since is not None and row.id >= row.since else 0
    asked = {"place": place, "which": row.id, "since": since}
    theirs = [
        ((one.turn_id, 0, one.id), Line(speaker(one), one.text, one.at))
        for one in connection.execute(_HEARD_BEFORE, asked)
    ]
    ours = [
        ((one.turn_id, 1, one.id), Line(None, one.text, one.at))
        for one in connection.execute(_SAID_BEFORE, asked)
    ]
    lines = sorted(theirs + ours, key=lambda one: one[0])[-_LINES:]
    return tuple(line for _, line in lines)
