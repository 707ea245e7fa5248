"""What is known of somebody, and on what an answer rests, as people may be told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, Select, bindparam, func, or_, select, update

from anima.remembered import Kind
from memory.database import Database
from memory.longterm.scope import Origin, Viewer, keys, visible
from memory.longterm.tables import fact, memory, recalled
from memory.tables import turn

_SHOWN: Final = (
    memory.c.id,
    memory.c.kind,
    memory.c.persona,
    memory.c.conversation_id,
    memory.c.private,
    memory.c.speaker,
    memory.c.name,
    memory.c.text,
    memory.c.at,
    fact.c.subject,
    fact.c.slot,
    fact.c.quote,
    fact.c.hearsay,
    fact.c.valid_from,
    fact.c.valid_to,
)
_OF: Final[Select[Any]] = (
    select(*_SHOWN)
    .join(fact, fact.c.memory_id == memory.c.id)
    .where(
        memory.c.persona == bindparam("whose"),
        memory.c.speaker.in_(bindparam("who", expanding=True)),
        memory.c.kind == "fact",
        fact.c.retracted_at.is_(None),
    )
    .order_by(fact.c.slot, memory.c.at, memory.c.id)
)
_EPISODES: Final[Select[Any]] = (
    select(*_SHOWN)
    .outerjoin(fact, fact.c.memory_id == memory.c.id)
    .where(
        memory.c.persona == bindparam("whose"),
        memory.c.conversation_id.in_(bindparam("places", expanding=True)),
        memory.c.kind == "episode",
    )
    .order_by(memory.c.at.desc(), memory.c.id.desc())
    .limit(bindparam("most"))
)
_LINES: Final = select(func.count(), func.min(memory.c.at)).where(
    memory.c.persona == bindparam("whose"),
    memory.c.kind == "line",
    or_(
        memory.c.conversation_id.in_(bindparam("places", expanding=True)),
        memory.c.speaker.in_(bindparam("who", expanding=True)) & memory.c.private.is_(False),
    ),
)
_LAST: Final = (
    select(turn.c.id)
    .where(
        turn.c.conversation_id == bindparam("place", type_=BigInteger()),
        turn.c.persona == bindparam("whose"),
        turn.c.outcome == "answered",
    )
    .order_by(turn.c.id.desc())
    .limit(1)
)
_BEHIND: Final[Select[Any]] = (
    select(*_SHOWN)
    .join(recalled, recalled.c.memory_id == memory.c.id)
    .outerjoin(fact, fact.c.memory_id == memory.c.id)
    .where(recalled.c.turn_id == bindparam("which", type_=BigInteger()))
    .order_by(memory.c.at, memory.c.id)
)
_ONE: Final[Select[Any]] = (
    select(*_SHOWN)
    .outerjoin(fact, fact.c.memory_id == memory.c.id)
    .where(memory.c.id == bindparam("which"))
)
_RETRACT: Final = (
    update(fact)
    .where(fact.c.memory_id == bindparam("which"), fact.c.retracted_at.is_(None))
    .values(retracted_at=bindparam("then"))
)


@dataclass(frozen=True, slots=True)
class Known:
    """A memory as people are told of it; a line has no *slot*. *name* is empty for us."""

    id: int
    kind: Kind
    text: str
    name: str
    at: datetime
    private: bool
    slot: str = ""
    subject: str = ""
    quote: str = ""
    hearsay: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known of somebody, and how many *lines* are remembered, *since* when."""

    facts: tuple[Known, ...]
    episodes: tuple[Known, ...]
    lines: int
    since: datetime | None


class Knowing:
    """Tells people what is known, each what they may know. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, viewer: Viewer, who: Sequence[str], episodes: int) -> Knowledge:
        """What is known of somebody with the addresses *who*, and the last *episodes*."""
        return await self._database.read(lambda found: _of(found, viewer, who, episodes))

    async def behind(self, viewer: Viewer) -> tuple[Known, ...] | None:
        """The memories that were in mind at the last answer here; None where there was none."""
        return await self._database.read(lambda found: _behind(found, viewer))

    async def retract(self, viewer: Viewer, which: int, who: Sequence[str], at: datetime) -> bool:
        """Hold a fact about *who* for wrong from now on; whether there was one."""
        return await self._database.write(lambda found: _retract(found, viewer, which, who, at))


def _of(connection: Connection, viewer: Viewer, who: Sequence[str], episodes: int) -> Knowledge:
    asked = {"whose": viewer.persona, "who": list(who)}
    places = [viewer.place, *viewer.together]
    talks = {"whose": viewer.persona, "places": places, "most": episodes}
    speakers = list(viewer.speakers)
    lines = {"whose": viewer.persona, "places": places, "who": speakers}
    count, since = connection.execute(_LINES, lines).one()
    return Knowledge(
        facts=_told(connection.execute(_OF, asked).all(), viewer),
        episodes=_told(connection.execute(_EPISODES, talks).all(), viewer),
        lines=count,
        since=since,
    )


def _behind(connection: Connection, viewer: Viewer) -> tuple[Known, ...] | None:
    here = {"whose": viewer.persona, "place": viewer.place}
    last = connection.execute(_LAST, here).scalar()
    if last is None:
        return None
    return _told(connection.execute(_BEHIND, {"which": last}).all(), viewer)


def _retract(
    connection: Connection, viewer: Viewer, which: int, who: Sequence[str], at: datetime
) -> bool:
    row = connection.execute(_ONE, {"which": which}).first()
    if row is None or row.speaker not in who or not _told([row], viewer):
        return False
    return bool(connection.execute(_RETRACT, {"which": which, "then": at}).rowcount)


def _told(rows: Sequence[Row[Any]], viewer: Viewer) -> tuple[Known, ...]:
    """Those of *rows* for which *viewer* holds a key."""
    held = visible(viewer)
    return tuple(_known(row) for row in rows if not held.isdisjoint(keys(_origin(row))))


def _origin(row: Row[Any]) -> Origin:
    return Origin(row.persona, row.conversation_id, row.private, row.speaker)


def _known(row: Row[Any]) -> Known:
    return Known(
        id=row.id,
        kind=row.kind,
        text=row.text,
        name=row.name,
        at=row.at,
        private=row.private,
        slot=row.slot or "",
        subject=row.subject or "",
        quote=row.quote or "",
        hearsay=bool(row.hearsay),
        over=row.valid_to is not None,
    )
