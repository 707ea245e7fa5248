"""The memories of what was just said, for somebody who points at it."""

from typing import Final

from sqlalchemy import BigInteger, Connection, bindparam, or_, select

from memory.database import Database
from memory.longterm.scope import Viewer
from memory.tables import heard, memory, said

_NAMED: Final = (
    select(memory.c.id)
    .outerjoin(heard, heard.c.id == memory.c.heard_id)
    .outerjoin(said, said.c.id == memory.c.said_id)
    .where(
        memory.c.conversation_id == bindparam("place", type_=BigInteger()),
        memory.c.persona == bindparam("whose"),
        or_(heard.c.message == bindparam("called"), said.c.message == bindparam("called")),
    )
)
_TURN: Final = (
    select(heard.c.turn_id)
    .join(memory, memory.c.heard_id == heard.c.id)
    .where(
        memory.c.conversation_id == bindparam("place", type_=BigInteger()),
        memory.c.persona == bindparam("whose"),
        memory.c.speaker == bindparam("who"),
    )
    .order_by(memory.c.id.desc())
    .limit(1)
)
_OF_TURN: Final = (
    select(memory.c.id)
    .outerjoin(heard, heard.c.id == memory.c.heard_id)
    .outerjoin(said, said.c.id == memory.c.said_id)
    .where(
        memory.c.conversation_id == bindparam("place", type_=BigInteger()),
        or_(
            said.c.turn_id == bindparam("which", type_=BigInteger()),
            (heard.c.turn_id == bindparam("which", type_=BigInteger()))
            & (memory.c.speaker == bindparam("who")),
        ),
    )
)


class Lately:
    """Looks into the *database*. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def meant(self, viewer: Viewer, who: str, message: str) -> tuple[int, ...]:
        """The message of that name in this place, or else what *who* said last, with the answer."""
        return await self._database.read(lambda found: _meant(found, viewer, who, message))


def _meant(connection: Connection, viewer: Viewer, who: str, message: str) -> tuple[int, ...]:
    here = {"place": viewer.place, "whose": viewer.persona}
    if message:
        return tuple(connection.execute(_NAMED, here | {"called": message}).scalars())
    turn = connection.execute(_TURN, here | {"who": who}).scalar()
    if turn is None:
        return ()
    asked = {"place": viewer.place, "which": turn, "who": who}
    return tuple(connection.execute(_OF_TURN, asked).scalars())
