"""Which speakers are one person. It is read anew each time: every process knows it at once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, select

from anima.model import Conversation
from memory.bulk import rows
from memory.tables import conversation, linked, person

_mine: Final = linked.alias()
_EVERYONE: Final = (
    "SELECT other.speaker FROM linked AS mine JOIN linked AS other USING (person_id)"
    " WHERE mine.speaker = {} ORDER BY other.speaker"
)
_SIDES: Final = (
    select(
        linked.c.speaker,
        linked.c.name,
        linked.c.conversation_id,
        *(conversation.c[name] for name in ("platform", "bot", "connection", "chat", "thread")),
    )
    .join(_mine, _mine.c.person_id == linked.c.person_id)
    .join(conversation, conversation.c.id == linked.c.conversation_id)
    .where(_mine.c.speaker == bindparam("who"))
    .order_by(linked.c.at, linked.c.speaker)
)
_people: Final[BindParameter[Any]] = bindparam("people", expanding=True)
_persons: Final[BindParameter[Any]] = bindparam("persons", expanding=True)
_WHOSE: Final = select(linked.c.person_id).where(linked.c.speaker.in_(_people)).distinct()
_LEAVE: Final = delete(linked).where(linked.c.speaker.in_(_people))
_FEW: Final = (
    select(person.c.id)
    .outerjoin(linked, linked.c.person_id == person.c.id)
    .where(person.c.id.in_(_persons))
    .group_by(person.c.id)
    .having(func.count(linked.c.speaker) < 2)  # noqa: PLR2004 - one speaker alone is no link
)
_LAST: Final = delete(linked).where(linked.c.person_id.in_(_persons))
_NOBODY: Final = delete(person).where(person.c.id.in_(_persons))


@dataclass(frozen=True, slots=True)
class Side:
    """One speaker of a person: their *address* and *name*, and *where* we talk alone with them."""

    address: str
    name: str
    place: int
    where: Conversation


def same(connection: Connection, who: str) -> tuple[str, ...]:
    """The addresses of all speakers who are one person with *who*, that one among them."""
    return tuple(one for (one,) in rows(connection, _EVERYONE, who)) or (who,)


def sides(connection: Connection, who: str) -> tuple[Side, ...]:
    """The same, as people are shown them; empty where *who* is linked with nobody."""
    return tuple(map(side_of, connection.execute(_SIDES, {"who": who})))


def side_of(row: Row[Any]) -> Side:
    """The side in *row*, which has its place."""
    where = Conversation(row.platform, row.bot, row.chat, row.connection, row.thread)
    return Side(row.speaker, row.name, row.conversation_id, where)


def leave(connection: Connection, people: Collection[str]) -> None:
    """Each of *people* is a person of their own from now on, as is whoever is left alone by it."""
    gone = {"people": list(people)}
    persons = connection.execute(_WHOSE, gone).scalars().all()
    if not persons:
        return
    connection.execute(_LEAVE, gone)
    few = connection.execute(_FEW, {"persons": persons}).scalars().all()
    if few:
        connection.execute(_LAST, {"persons": few})
        connection.execute(_NOBODY, {"persons": few})
