"""What people wish for their own memories: that their private talks may know each other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.ports import Clock
from memory.bulk import rows
from memory.database import Database
from memory.tables import consent, conversation, memory

_TOGETHER: Final = "together"
_SAME: Final = (consent.c.speaker, consent.c.kind)
_WISH: Final = {
    "sqlite": sqlite.insert(consent).on_conflict_do_nothing(index_elements=_SAME),
    "postgresql": postgresql.insert(consent).on_conflict_do_nothing(index_elements=_SAME),
}
_TAKE_BACK: Final = delete(consent).where(
    consent.c.speaker == bindparam("who"), consent.c.kind == _TOGETHER
)
_WISHING: Final = "SELECT speaker FROM consent WHERE kind = {} AND speaker IN ({})"
_other: Final = memory.alias()
_somebody_else: Final = exists().where(
    _other.c.conversation_id == memory.c.conversation_id,
    _other.c.speaker.not_in(bindparam("them", expanding=True)),
)
_PLACES: Final = (
    select(memory.c.conversation_id)
    .join(conversation, conversation.c.id == memory.c.conversation_id)
    .where(
        memory.c.persona == bindparam("whose"),
        memory.c.speaker.in_(bindparam("people", expanding=True)),
        memory.c.kind == "line",
        memory.c.private,
        conversation.c.private,
        conversation.c.connection == "",  # where somebody else reads along
        memory.c.conversation_id != bindparam("place"),
        ~_somebody_else,
    )
    .distinct()
    .order_by(memory.c.conversation_id)
)


class Consents:
    """The wishes in the database. All of it raises `LedgerUnavailable`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def wish(self, speaker: str) -> None:
        """The private talks of *speaker* may know each other from now on."""
        now = self._clock.now()
        await self._database.write(lambda connection: _wish(connection, speaker, now))

    async def take_back(self, speaker: str) -> bool:
        """They may not any more; False: they might not before."""
        return await self._database.write(
            lambda connection: connection.execute(_TAKE_BACK, {"who": speaker}).rowcount > 0
        )

    async def wishes(self, speaker: str) -> bool:
        """Whether *speaker* wishes that."""
        return await self._database.read(lambda connection: bool(_wishing(connection, [speaker])))


def together(
    connection: Connection,
    persona: str,
    place: int,
    speakers: Sequence[str],
    everyone: Sequence[str] = (),
) -> tuple[int, ...]:
    """The other private places that may be known in one where *speakers* talk with us.

    Those of the others among *everyone* who is linked with them, as one person; and their own,
    where that person wishes that these know each other. A place in which somebody else has spoken,
    too, is not theirs alone.
    """
    person = everyone or speakers
    wishing = _wishing(connection, person)
    others = [one for one in person if one not in speakers]
    people = person if wishing and others else (*wishing, *others)
    if not people:
        return ()
    asked = {"whose": persona, "place": place, "people": people, "them": ["", *person]}
    return tuple(connection.execute(_PLACES, asked).scalars())


def _wishing(connection: Connection, speakers: Sequence[str]) -> Sequence[str]:
    if not speakers:
        return ()
    wanted = _WISHING.format("{}", ", ".join("{}" for _ in speakers))
    return [one for (one,) in rows(connection, wanted, _TOGETHER, *speakers)]


def _wish(connection: Connection, speaker: str, now: datetime) -> None:
    row = {"speaker": speaker, "kind": _TOGETHER, "at": now}
    connection.execute(_WISH[connection.dialect.name], row)
