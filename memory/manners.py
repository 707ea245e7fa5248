"""How people want to be written to: their hours, their quiet, and that they never want it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from memory.database import Database
from memory.same import same
from memory.tables import looked, manner
from persona.initiative.quiet import USUAL, Window

ZoneOf = Callable[[Connection, str], tzinfo | None]
"""Where the clocks of the speaker at an address are, as they said themself; None: they did not."""

_THEIRS: Final = (
    select(manner)
    .where(manner.c.speaker.in_(bindparam("people", expanding=True)))
    .order_by(manner.c.speaker)
)
_LOCKED: Final = _THEIRS.with_for_update()
_ALLOWED: Final = select(looked.c.allowed).where(looked.c.conversation_id == bindparam("place"))


def unknown(connection: Connection, address: str) -> tzinfo | None:
    """The zone of somebody where nobody is asked for one."""
    del connection, address
    return None


@dataclass(frozen=True, slots=True)
class Manner:
    """What is known of one person, over all of their speakers. *guess* is where they may live."""

    hours: Window = USUAL
    quiet_until: datetime | None = None
    opted_out: bool = False
    asleep_until: datetime | None = None
    heard_at: datetime | None = None
    guess: tzinfo | None = None
    guessed_at: datetime | None = None
    asked_at: datetime | None = None


def manner_of(connection: Connection, people: Sequence[str], *, locked: bool = False) -> Manner:
    """The manner of *people*, who are one; *locked*: nobody else decides over them meanwhile."""
    if locked:
        for one in sorted(people):
            put(connection, manner, {"speaker": one}, {})
    rows = connection.execute(_LOCKED if locked else _THEIRS, {"people": list(people)}).all()
    return Manner(
        hours=next((_window(row) for row in rows if row.quiet_from is not None), USUAL),
        quiet_until=_latest(row.quiet_until for row in rows),
        opted_out=any(row.opted_out_at for row in rows),
        asleep_until=_latest(row.asleep_until for row in rows),
        heard_at=_latest(row.heard_at for row in rows),
        guess=next((_zone(row.guess) for row in rows if row.guess is not None), None),
        guessed_at=_latest(row.guessed_at for row in rows),
        asked_at=_latest(row.asked_at for row in rows),
    )


def zone_of(connection: Connection, people: Sequence[str], says: ZoneOf) -> tzinfo | None:
    """Where *people*, who are one, said that they live."""
    found = (says(connection, one) for one in people)
    return next((zone for zone in found if zone is not None), None)


def keep(connection: Connection, people: Collection[str], **values: object) -> None:
    """Know this of all of *people*."""
    for one in sorted(people):
        put(connection, manner, {"speaker": one}, values)


def put(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Write *values* into the row of *table* with this *key*, which may not be there yet."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = insert(table).values({**key, **values})
    if values:
        connection.execute(row.on_conflict_do_update(index_elements=[*key], set_=dict(values)))
    else:
        connection.execute(row.on_conflict_do_nothing(index_elements=[*key]))


class Manners:
    """Tells and keeps them. All of it raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, address: str) -> Manner:
        """The manner of who is at *address*."""
        return await self._database.read(lambda found: manner_of(found, same(found, address)))

    async def hours(self, address: str, window: Window) -> None:
        """They are left alone at these hours."""
        await self._keep(address, quiet_from=window.start, quiet_to=window.end)

    async def quiet(self, address: str, until: datetime) -> None:
        """They are left alone *until* then."""
        await self._keep(address, quiet_until=until)

    async def opt_out(self, address: str, at: datetime) -> None:
        """They are never written to first, until they say otherwise themself."""
        await self._keep(address, opted_out_at=at)

    async def welcome(self, address: str) -> None:
        """They may be written to again, in their usual hours."""
        await self._keep(address, opted_out_at=None, quiet_until=None)

    async def allow(self, place: int, *, allowed: bool) -> None:
        """Whether the group *place* wants to be written to first."""
        key, values = {"conversation_id": place}, {"allowed": allowed}
        await self._database.write(lambda found: put(found, looked, key, values))

    async def allows(self, place: int) -> bool:
        """The same, as it stands."""
        return await self._database.read(
            lambda found: bool(found.execute(_ALLOWED, {"place": place}).scalar())
        )

    async def _keep(self, address: str, **values: object) -> None:
        await self._database.write(lambda found: keep(found, same(found, address), **values))


def _window(row: Row[Any]) -> Window:
    return Window(row.quiet_from, row.quiet_to)


def _zone(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes))


def _latest(moments: Any) -> datetime | None:
    return max(filter(None, moments), default=None)
