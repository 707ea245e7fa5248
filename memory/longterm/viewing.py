"""Who is answered, and where: as far as it decides what may be told there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from memory.bulk import rows
from memory.database import Database
from memory.longterm.consenting import together
from memory.longterm.scope import Viewer
from memory.same import same

_HERE: Final = (
    "SELECT private, thread, platform, bot, connection, chat FROM conversation WHERE id = {}"
)
_ABOVE: Final = (
    "SELECT id FROM conversation"
    " WHERE platform = {} AND bot = {} AND connection = {} AND chat = {}"
    " AND thread = '' AND NOT private"
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with the addresses *speakers*, who is answered by *persona* in *place*."""

    persona: str
    place: int
    speakers: tuple[str, ...]


class Views:
    """Looks it up in the *database*. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, persona: str, place: int, speakers: Sequence[str]) -> Viewer:
        """What may be told to *speakers*, who are answered by *persona* in *place*."""
        party = Party(persona, place, tuple(speakers))
        return await self._database.read(lambda found: viewer(found, party))

    async def person(self, speaker: str) -> tuple[str, ...]:
        """All addresses of the one who is *speaker*."""
        return await self._database.read(lambda found: same(found, speaker))


def viewer(connection: Connection, party: Party) -> Viewer:
    """What may be told to *party*.

    Whether a place is one person's alone is what the ledger says of it now. Through a connection
    somebody else reads along: nothing of other private talks is told there.
    """
    persona, place, speakers = party.persona, party.place, party.speakers
    ((private, thread, *address),) = rows(connection, _HERE, place)
    if not private:
        above = rows(connection, _ABOVE, *address) if thread else ()
        return Viewer(persona, place, private=False, above=tuple(one for (one,) in above))
    _platform, _bot, mandate, _chat = address
    if mandate:  # its owner reads along: only what was said there is known there
        return Viewer(persona, place, private=True)
    everyone = same(connection, speakers[0]) if len(speakers) == 1 else speakers
    known = together(connection, persona, place, speakers, everyone)
    return Viewer(persona, place, private=True, speakers=everyone, together=known)
