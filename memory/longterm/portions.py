"""Sittings are distilled in portions: one is taken by lease, and given back when it is done.

`distilled_at` and `tries` of a sitting say how it stands. No tries: all until then is distilled.
With tries somebody is at it, or it rests after a failure, until `distilled_at`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from memory.longterm.scope import Origin
from memory.longterm.tables import memory, memory_source, sitting
from memory.tables import conversation
from persona.distil.telling import tells_something
from persona.distil.told import Known, Told
from persona.tokens import estimate

IDLE: Final = timedelta(minutes=10)
"""A sitting in which nothing was said for so long may be distilled."""
TURNS: Final = 12
TOKENS: Final = 1000
"""One that goes on is distilled when it has gathered so much: lines of people, or tokens."""
LEASE: Final = timedelta(minutes=15)
"""How long a portion is ours; a model that takes longer has lost it to the next one."""

_MOST_LINES: Final = 40
_READ: Final = 2000
_LOOKED_AT: Final = 50
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)

_now = bindparam("now", type_=sitting.c.ended_at.type)
_settled = bindparam("settled", type_=sitting.c.ended_at.type)
_done = func.coalesce(sitting.c.distilled_at, literal(_LONG_AGO, sitting.c.ended_at.type))
_free: Final[ColumnElement[bool]] = or_(
    and_(sitting.c.tries == 0, _done < sitting.c.ended_at),
    and_(sitting.c.tries > 0, _done <= _now),
)
_DUE: Final = (
    select(sitting, conversation.c.private, conversation.c.soul)
    .join(conversation, conversation.c.id == sitting.c.conversation_id)
    .where(_free, sitting.c.ended_at <= bindparam("before", type_=sitting.c.ended_at.type))
    .order_by(sitting.c.ended_at > _settled, sitting.c.ended_at.desc())
    .limit(_LOOKED_AT)
)
"""The newest first, for what was just said is asked for soonest; those that go on stand last."""

_its = (
    sitting.c.conversation_id == bindparam("place"),
    sitting.c.persona == bindparam("whose"),
    sitting.c.number == bindparam("which"),
)
_TAKE: Final = (
    update(sitting)
    .where(*_its, _free)
    .values(tries=sitting.c.tries + 1, distilled_at=bindparam("until"))
    .returning(sitting.c.tries)
)
_STANDS: Final = select(sitting).where(*_its).with_for_update()
_GIVE_BACK: Final = (
    update(sitting)
    .where(*_its, sitting.c.tries == bindparam("mine"), sitting.c.distilled_at == bindparam("held"))
    .values(tries=bindparam("tried"), distilled_at=bindparam("until"))
)
_SETTLE: Final = update(sitting).where(*_its).values(tries=0, distilled_at=bindparam("until"))

_episode = memory.alias("episode")
_told = exists().where(
    memory_source.c.source_id == memory.c.id,
    memory_source.c.memory_id == _episode.c.id,
    _episode.c.kind == "episode",
)
_LINES: Final = (
    select(memory)
    .where(
        memory.c.conversation_id == bindparam("place"),
        memory.c.persona == bindparam("whose"),
        memory.c.sitting == bindparam("which"),
        memory.c.kind == "line",
        ~_told,
    )
    .order_by(memory.c.at, memory.c.id)
    .limit(_READ)
)
"""The lines of a sitting that no episode tells of yet."""
_LIVE: Final = select(memory.c.id).where(
    memory.c.id.in_(bindparam("ids", expanding=True)), memory.c.kind == "line"
)


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of talk that is ours to distil, until *until*.

    *soul* is the version that speaks there, *ours* what the persona is called, *known* are facts
    that it may touch on. *tries* counts this one, *before* is what stood in the place of *until*.
    """

    place: int
    persona: str
    sitting: int
    private: bool
    soul: str
    lines: tuple[Told, ...]
    tries: int
    until: datetime
    before: datetime | None
    known: tuple[Known, ...] = ()
    ours: str = ""

    @property
    def ids(self) -> tuple[int, ...]:
        """The memories that its lines are."""
        return tuple(line.id for line in self.lines)

    def origin(self, line: Told) -> Origin:
        """Where one of its lines comes from."""
        return Origin(self.persona, self.place, self.private, line.speaker)

    @property
    def named(self) -> dict[str, object]:
        """Its sitting, as statements name it."""
        return {"place": self.place, "whose": self.persona, "which": self.sitting}


def due(connection: Connection, now: datetime, zone: tzinfo, before: datetime) -> Portion | None:
    """The portion that is to be distilled next; its sitting ended *before*. Nobody has it yet."""
    asked = {"now": now, "settled": now - IDLE, "before": before}
    for row in connection.execute(_DUE, asked).all():
        lines = list(_lines(connection, _named(row), zone))
        if row.ended_at <= now - IDLE or _gathered(lines):
            return _portion(row, now + LEASE, _first(lines))
    return None


def take(connection: Connection, portion: Portion, now: datetime) -> Portion | None:
    """*portion*, ours from now on; None: another process was faster, or it holds nothing."""
    asked = {**portion.named, "now": now, "until": portion.until}
    taken = connection.execute(_TAKE, asked).first()
    if taken is None:
        return None
    mine = replace(portion, tries=taken.tries)
    if mine.lines:
        return mine
    settle(connection, mine)
    return None


def give_back(
    connection: Connection, portion: Portion, *, tries: int, until: datetime | None
) -> None:
    """Let go of *portion*, unless another has it by now; it counts *tries* and rests *until*."""
    mine = {"mine": portion.tries, "held": portion.until, "tried": tries, "until": until}
    connection.execute(_GIVE_BACK, {**portion.named, **mine})


def is_ours(connection: Connection, portion: Portion) -> bool:
    """Whether *portion* is ours still and all of its lines are remembered still."""
    row = connection.execute(_STANDS, portion.named).first()
    held = row is not None and (row.tries, row.distilled_at) == (portion.tries, portion.until)
    live = connection.execute(_LIVE, {"ids": portion.ids}).scalars()
    return held and set(live) == set(portion.ids)


def has_more(connection: Connection, portion: Portion) -> bool:
    """Whether its sitting holds lines behind it that tell something."""
    left = _lines(connection, portion.named, UTC)
    return any(line.id not in portion.ids for line in left)


def settle(connection: Connection, portion: Portion) -> None:
    """Let what came of *portion* stand; what else its sitting holds is due again."""
    more = has_more(connection, portion)
    row = connection.execute(_STANDS, portion.named).one()
    until = None if more else row.ended_at
    connection.execute(_SETTLE, {**portion.named, "until": until})


def _named(row: Row[Any]) -> dict[str, object]:
    return {"place": row.conversation_id, "whose": row.persona, "which": row.number}


def _portion(row: Row[Any], until: datetime, lines: Sequence[Told]) -> Portion:
    return Portion(
        place=row.conversation_id,
        persona=row.persona,
        sitting=row.number,
        private=row.private,
        soul=row.soul or "",
        lines=tuple(lines),
        tries=row.tries,
        until=until,
        before=row.distilled_at,
    )


def _lines(connection: Connection, named: dict[str, object], zone: tzinfo) -> Iterator[Told]:
    """The lines not told of yet that tell something, by their age."""
    for row in connection.execute(_LINES, named).all():
        line = Told(row.id, row.speaker, row.name, row.text, row.at.astimezone(zone), row.language)
        if tells_something(line):
            yield line


def _gathered(lines: Sequence[Told]) -> bool:
    theirs = sum(1 for line in lines if line.speaker)
    return theirs >= TURNS or sum(estimate(line.text) for line in lines) >= TOKENS


def _first(lines: Iterable[Told]) -> list[Told]:
    """As many of *lines* as are distilled at once."""
    found: list[Told] = []
    tokens = 0
    for line in lines:
        if len(found) == _MOST_LINES or tokens >= TOKENS:
            break
        found.append(line)
        tokens += estimate(line.text)
    return found
