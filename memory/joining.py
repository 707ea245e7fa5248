"""Codes and the links that come of them, within a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from memory import clocks, guesses, link_codes
from memory.agreeing import agree
from memory.alone import alone
from memory.columns import Moment
from memory.same import Side, side_of, sides
from memory.standing import standing_of
from memory.tables import audit, conversation, link_code, linked, person
from memory.text import storable

HOLDS: Final = timedelta(minutes=10)
"""So long a code is good for."""

Result = Literal["wait", "wrong", "own", "same", "found", "linked"]

_OLD: Final = delete(link_code).where(link_code.c.until <= bindparam("now", type_=Moment()))
_values: Final = ("salt", "digest", "name", "conversation_id", "until", "used_by")
_where: Final = ("person_id", "name", "conversation_id", "at")
_sqlite, _postgresql = sqlite.insert(link_code), postgresql.insert(link_code)
_ISSUE: Final = {
    "sqlite": _sqlite.on_conflict_do_update(
        index_elements=["speaker"], set_={name: _sqlite.excluded[name] for name in _values}
    ),
    "postgresql": _postgresql.on_conflict_do_update(
        index_elements=["speaker"], set_={name: _postgresql.excluded[name] for name in _values}
    ),
}
_sqlite_link, _postgresql_link = sqlite.insert(linked), postgresql.insert(linked)
_LINK: Final = {
    "sqlite": _sqlite_link.on_conflict_do_update(
        index_elements=["speaker"], set_={name: _sqlite_link.excluded[name] for name in _where}
    ),
    "postgresql": _postgresql_link.on_conflict_do_update(
        index_elements=["speaker"], set_={name: _postgresql_link.excluded[name] for name in _where}
    ),
}
_CODES: Final = (
    select(
        link_code,
        *(conversation.c[name] for name in ("platform", "bot", "connection", "chat", "thread")),
    )
    .join(conversation, conversation.c.id == link_code.c.conversation_id)
    .where(link_code.c.until > bindparam("now", type_=Moment()))
)
_USED: Final = (
    update(link_code)
    .where(link_code.c.speaker == bindparam("whose"))
    .values(used_by=bindparam("who"))
)
_PERSONS: Final = (
    select(linked.c.person_id)
    .where(linked.c.speaker.in_(bindparam("people", expanding=True)))
    .distinct()
    .order_by(linked.c.person_id)
)
_BORN: Final = insert(person).returning(person.c.id)
_ONE: Final = update(linked).where(linked.c.person_id == bindparam("old"))
_GONE: Final = delete(person).where(person.c.id == bindparam("old"))
_AUDIT: Final = insert(audit)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a code, with the other *sides*. *wait_s*: how long no other may be tried."""

    result: Result
    sides: tuple[Side, ...] = ()
    wait_s: float = 0.0


def issue(connection: Connection, side: Side, code: str, now: datetime) -> None:
    """Let *code* be the one of *side*, which then has no other."""
    connection.execute(_OLD, {"now": now})
    salt = link_codes.salted()
    row = {
        "speaker": side.address,
        "salt": salt,
        "digest": link_codes.digest(salt, code),
        "name": storable(side.name),
        "conversation_id": side.place,
        "until": now + HOLDS,
        "used_by": "",
    }
    connection.execute(_ISSUE[connection.dialect.name], row)


def bring(connection: Connection, side: Side, code: str, now: datetime) -> Tried:
    """Look what *code* is to *side*, who has not been asked yet whether they are sure.

    One code at a time in the whole house, so that nobody tries more of them than they may.
    """
    alone(connection, "link")
    who, bot = side.address, f"{side.where.platform}:{side.where.bot}"
    if wait_s := guesses.wait_s(connection, who, bot, now):
        return Tried("wait", wait_s=wait_s)
    row = _found(connection, code, now)
    mine = without(sides(connection, who), who)
    if row is None or row.used_by not in {"", who} or _is_shut_out(connection, row.speaker):
        guesses.guessed(connection, who, bot, now)
        return Tried("wrong")
    if row.used_by:
        return Tried("linked", mine) if mine else Tried("wrong")
    if row.speaker == who:
        return Tried("own")
    if row.speaker in {one.address for one in mine}:
        return Tried("same", mine)
    return Tried("found", sides(connection, row.speaker) or (side_of(row),))


def _is_shut_out(connection: Connection, who: str) -> bool:
    """Whether *who* was banned since they asked for their code: nobody becomes one with them."""
    return standing_of(connection, who) == "banned"


def _found(connection: Connection, code: str, now: datetime) -> Row[Any] | None:
    """The row of *code*; every one that holds is looked at, whichever it is."""
    rows = connection.execute(_CODES, {"now": now}).all()
    found = [row for row in rows if link_codes.is_it(code, row.salt, row.digest)]
    return found[0] if found else None


def join(connection: Connection, side: Side, theirs: Sequence[Side], now: datetime) -> None:
    """Let *side*, who brought a code, and whoever is one with it be one person with *theirs*."""
    people = [side.address, *(one.address for one in theirs)]
    persons = connection.execute(_PERSONS, {"people": people}).scalars().all()
    one = persons[0] if persons else connection.execute(_BORN, {"at": now}).scalar_one()
    for old in persons[1:]:
        connection.execute(_ONE.values(person_id=one), {"old": old})
        connection.execute(_GONE, {"old": old})
    for each in (side, *theirs):
        row = {
            "speaker": each.address,
            "person_id": one,
            "name": storable(each.name),
            "conversation_id": each.place,
            "at": now,
        }
        connection.execute(_LINK[connection.dialect.name], row)
    for each in theirs:
        connection.execute(_USED, {"whose": each.address, "who": side.address})
    everyone = [each.address for each in sides(connection, side.address)]
    agree(connection, everyone)
    clocks.agree(connection, everyone)
    subject = " ".join(each.address for each in theirs)
    note(connection, side.address, "link", subject, "", " ".join(everyone), now)


def going(everyone: Sequence[Side], who: str, platform: str) -> tuple[Side, ...]:
    """Whom *who* means: others on *platform* or, where there are none, those there; else *who*."""
    if not platform or not everyone:
        return tuple(one for one in everyone if one.address == who)
    there = [one for one in everyone if one.address.partition(":")[0] == platform]
    return without(there, who) or tuple(there)


def without(those: Sequence[Side], who: str) -> tuple[Side, ...]:
    """*those* but for *who*."""
    return tuple(one for one in those if one.address != who)


def note(  # noqa: PLR0917 - each is a column
    connection: Connection,
    by: str,
    deed: str,
    subject: str,
    before: str,
    after: str,
    now: datetime,
) -> None:
    """Write down who did what."""
    row = {"at": now, "by": by, "deed": deed, "conversation_id": None, "subject": subject}
    connection.execute(_AUDIT, {**row, "before": before, "after": after})
