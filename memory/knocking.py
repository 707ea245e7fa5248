"""A stranger who was told that we do not know them, and the code that they got."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Insert, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.steps import Knocked
from memory.database import Database
from memory.tables import LANGUAGE_CHARACTERS, access, ticket
from memory.text import storable

KEPT: Final = timedelta(days=1)
"""How long a code that is good for nothing any more is remembered, to count those of a day."""

_MAKE: Final[dict[str, Insert]] = {
    "sqlite": sqlite.insert(access).on_conflict_do_nothing(index_elements=["speaker"]),
    "postgresql": postgresql.insert(access).on_conflict_do_nothing(index_elements=["speaker"]),
}
_KNOCK: Final = (
    update(access)
    .where(access.c.speaker == bindparam("address"))
    .values(
        name=bindparam("called"),
        language=bindparam("tongue"),
        conversation_id=bindparam("place"),
        knocked_at=bindparam("then"),
    )
)
_TICKET: Final = insert(ticket)
_OLD: Final = delete(ticket).where(ticket.c.until < bindparam("before"))
_OPEN_HERE: Final = (
    select(func.count())
    .select_from(ticket)
    .where(
        ticket.c.conversation_id == bindparam("place"),
        ticket.c.speaker != bindparam("address"),
        ticket.c.speaker != "",
        ticket.c.used_at.is_(None),
        ticket.c.until > bindparam("now"),
    )
)
_THEIRS: Final = select(ticket.c.until, ticket.c.used_at).where(
    ticket.c.speaker == bindparam("address"), ticket.c.at > bindparam("lately")
)


def make(connection: Connection, address: str, name: str) -> None:
    """Have a row for *address*; one that is there already stays as it is."""
    row = {"speaker": address, "name": storable(name)}
    connection.execute(_MAKE[connection.dialect.name], row)


def take(connection: Connection, place: int, step: Knocked) -> None:
    """Remember that they were told so in *place*, and the code that they got."""
    make(connection, step.address, step.name)
    known = {
        "address": step.address,
        "called": storable(step.name),
        "tongue": step.language[:LANGUAGE_CHARACTERS],
        "place": place,
        "then": step.at,
    }
    connection.execute(_KNOCK, known)
    if step.ticket and step.until:
        keep(connection, step.ticket, step.until, step.at, speaker=step.address, place=place)


def keep(
    connection: Connection,
    digest: str,
    until: datetime,
    at: datetime,
    *,
    speaker: str = "",
    place: int | None = None,
    by: str = "",
) -> None:
    """Keep a code, and none of those that are long over."""
    connection.execute(_OLD, {"before": at - KEPT})
    row = {"digest": digest, "until": until, "at": at, "speaker": speaker}
    connection.execute(_TICKET, {**row, "conversation_id": place, "by": by})


@dataclass(frozen=True, slots=True)
class Room:
    """*others* in a place have an open code; somebody got so many within a day, one *waits*."""

    others: int = 0
    theirs: int = 0
    waits: bool = False


class Knocks:
    """What was told at the door, as the database kept it. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def room(self, place: int, address: str, now: datetime) -> Room:
        """How much room there is in *place* for another code, and what *address* got already."""
        asked = {"place": place, "address": address, "now": now, "lately": now - KEPT}

        def job(connection: Connection) -> Room:
            others = connection.execute(_OPEN_HERE, asked).scalar_one()
            theirs = connection.execute(_THEIRS, asked).all()
            waits = any(row.until > now and row.used_at is None for row in theirs)
            return Room(others, len(theirs), waits)

        return await self._database.read(job)
