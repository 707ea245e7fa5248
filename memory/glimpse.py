"""A look at a conversation without holding it: who plays there, and what was said last."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from anima.model import Claim, Line
from memory import bonding, choosing, preferences
from memory.database import Database
from memory.place import where
from memory.reading import tail
from memory.tables import conversation

_PLACE: Final = select(conversation).where(
    conversation.c.id == bindparam("place"), conversation.c.closed_at.is_(None)
)


class Glimpses:
    """Looks over a `Database`. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, place: int, limit: int) -> tuple[Claim, tuple[Line, ...]] | None:
        """*place* as a claim that nothing can be written under, and its last *limit* lines.

        Nothing where it is shut to us.
        """
        return await self._database.read(lambda found: _of(found, place, limit))


def _of(connection: Connection, place: int, limit: int) -> tuple[Claim, tuple[Line, ...]] | None:
    row = connection.execute(_PLACE, {"place": place}).first()
    if row is None:
        return None
    choices = choosing.chosen(connection, [place]).get(place, ())
    claim = Claim(
        id=row.id,
        conversation=where(row),
        epoch=0,
        private=row.private,
        title=row.title,
        waiting=(),
        soul=row.soul or "",
        choices=choices,
        dial=preferences.dial_of(row.dial),
        role=row.role or "",
        persona=row.persona or "",
        mood=bonding.mood(row),
    )
    return claim, tail(connection, place, limit)
