"""What we have in mind to write to somebody, and what became of it: for whoever asks why."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from anima.ports import Clock
from memory.database import Database
from memory.manners import ZoneOf, manner_of, unknown, zone_of
from memory.same import same
from memory.tables import heard, impulse, said

_LATELY: Final = timedelta(days=7)
_MOST: Final = 10
_WORDS: Final = func.coalesce(heard.c.text, said.c.text, "")
_SOURCES: Final = (
    select(impulse, _WORDS.label("words"))
    .outerjoin(heard, heard.c.id == impulse.c.heard_id)
    .outerjoin(said, said.c.id == impulse.c.said_id)
    .where(impulse.c.speaker.in_(bindparam("people", expanding=True)))
)
_AHEAD: Final = (
    _SOURCES.where(impulse.c.state.in_(("waiting", "ripe")))
    .order_by(impulse.c.due, impulse.c.id)
    .limit(_MOST)
)
_BEHIND: Final = (
    _SOURCES.where(
        impulse.c.state.in_(("said", "declined", "expired", "dropped")),
        impulse.c.ended_at >= bindparam("since"),
    )
    .order_by(impulse.c.ended_at.desc(), impulse.c.id.desc())
    .limit(_MOST)
)


@dataclass(frozen=True, slots=True)
class Intent:
    """One reason: its *words* are of whom it is for, or ours. *held*: why it was not said."""

    kind: str
    state: str
    words: str
    due: datetime
    held: str
    held_until: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mind:
    """All of it: what lies *ahead*, the soonest first, and *behind*, the newest first.

    *zone* is by which clock they live, *sure* if they said so themself.
    """

    ahead: tuple[Intent, ...] = ()
    behind: tuple[Intent, ...] = ()
    zone: tzinfo = UTC
    sure: bool = False


class Intents:
    """Reads it. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database, clock: Clock, zone_of: ZoneOf = unknown) -> None:
        self._database = database
        self._clock = clock
        self._zone_of = zone_of

    async def of(self, address: str) -> Mind:
        """What there is for who is at *address*."""
        since = self._clock.now() - _LATELY
        return await self._database.read(lambda found: self._mind(found, address, since))

    def _mind(self, connection: Connection, address: str, since: datetime) -> Mind:
        people = list(same(connection, address))
        said_so = zone_of(connection, people, self._zone_of)
        ahead = connection.execute(_AHEAD, {"people": people}).all()
        behind = connection.execute(_BEHIND, {"people": people, "since": since}).all()
        return Mind(
            ahead=tuple(_intent(row) for row in ahead),
            behind=tuple(_intent(row) for row in behind),
            zone=said_so or manner_of(connection, people).guess or UTC,
            sure=said_so is not None,
        )


def _intent(row: Row[Any]) -> Intent:
    return Intent(row.kind, row.state, row.words, row.due, row.held, row.held_until, row.ended_at)
