"""Wrong codes that were tried: after some of them nobody is listened to for a while."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select

from memory.columns import Moment
from memory.tables import link_guess

WITHIN: Final = timedelta(hours=1)
OF_ONE: Final = 5
OF_ALL: Final = 100
"""Of all who talk with one bot; many speakers together find a code no sooner than one."""

_GUESS: Final = insert(link_guess)
_OVER: Final = delete(link_guess).where(link_guess.c.at <= bindparam("long_ago", type_=Moment()))


def wait_s(connection: Connection, who: str, bot: str, now: datetime) -> float:
    """How long *who* may try no code with *bot*; 0: they may."""
    waits = (
        _until(connection, link_guess.c.speaker == who, OF_ONE, now),
        _until(connection, link_guess.c.bot == bot, OF_ALL, now),
    )
    return max((until - now).total_seconds() for until in waits)


def guessed(connection: Connection, who: str, bot: str, now: datetime) -> None:
    """*who* tried a wrong one; what was tried long ago is forgotten."""
    connection.execute(_OVER, {"long_ago": now - WITHIN})
    connection.execute(_GUESS, {"speaker": who, "bot": bot, "at": now})


def _until(
    connection: Connection, whose: ColumnElement[bool], most: int, now: datetime
) -> datetime:
    """When the first of the last *most* is too old to count."""
    recent = (
        select(link_guess.c.at)
        .where(whose, link_guess.c.at > now - WITHIN)
        .order_by(link_guess.c.at.desc())
        .offset(most - 1)
        .limit(1)
    )
    first = connection.execute(recent).scalar()
    return now if first is None else first + WITHIN
