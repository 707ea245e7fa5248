"""Who is answered, and where: as far as it decides what may be told there."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select

from memory.database import Database
from memory.longterm.consenting import together
from memory.longterm.scope import Viewer
from memory.same import same
from memory.tables import conversation

_ADDRESS: Final = ("platform", "bot", "connection", "chat")
_HERE: Final[Select[Any]] = select(
    *(conversation.c[name] for name in _ADDRESS), conversation.c.thread, conversation.c.private
).where(conversation.c.id == bindparam("place"))
_ABOVE: Final = select(conversation.c.id).where(
    *(conversation.c[name] == bindparam(name) for name in _ADDRESS),
    conversation.c.thread == "",
    conversation.c.private.is_(False),
)


class Views:
    """Looks it up in the *database*. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, persona: str, place: int, speakers: Sequence[str]) -> Viewer:
        """Somebody with the addresses *speakers* is answered by *persona* in *place*."""
        return await self._database.read(lambda found: _viewer(found, persona, place, speakers))

    async def person(self, speaker: str) -> tuple[str, ...]:
        """All addresses of the one who is *speaker*."""
        return await self._database.read(lambda found: same(found, speaker))


def _viewer(connection: Connection, persona: str, place: int, speakers: Sequence[str]) -> Viewer:
    """Whether a place is one person's alone is what the ledger says of it now.

    Through a connection somebody else reads along: nothing of other private talks is told there.
    """
    here = connection.execute(_HERE, {"place": place}).one()
    if not here.private:
        return Viewer(persona, place, private=False, above=_above(connection, here))
    if here.connection:  # its owner reads along: only what was said there is known there
        return Viewer(persona, place, private=True)
    everyone = same(connection, speakers[0]) if len(speakers) == 1 else tuple(speakers)
    known = together(connection, persona, place, speakers, everyone)
    return Viewer(persona, place, private=True, speakers=everyone, together=known)


def _above(connection: Connection, here: Row[Any]) -> tuple[int, ...]:
    """The group of which *here* is a topic."""
    if not here.thread:
        return ()
    named = {name: getattr(here, name) for name in _ADDRESS}
    return tuple(connection.execute(_ABOVE, named).scalars())
