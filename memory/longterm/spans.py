"""Weeks and months that are over, of which there are episodes and no word of the whole yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, bindparam, exists, func, select

from memory.longterm.dropping import drop
from memory.longterm.keeping_facts import Episode, keep_episode
from memory.longterm.scope import Origin
from memory.longterm.tables import memory, memory_source
from memory.tables import conversation
from persona.days import months_on
from persona.distil.told import Told, language_of

WEEK: Final = -1
MONTH: Final = -2
"""In the place of the number of a sitting: an episode that tells of more than one."""

_SETTLES: Final = timedelta(days=7)
"""After so long all weeks of a month have their word."""
_READ: Final = 400

_whole = memory.alias("whole")
_gathered = exists().where(
    memory_source.c.source_id == memory.c.id,
    memory_source.c.memory_id == _whole.c.id,
    _whole.c.sitting < 0,
    _whole.c.kind == "episode",
)
_loose = (memory.c.kind == "episode", memory.c.sitting > MONTH, ~_gathered)
_before = bindparam("before", type_=memory.c.at.type)
_PLACES: Final = (
    select(memory.c.conversation_id, memory.c.persona)
    .where(
        *_loose,
        memory.c.at < _before,
        (memory.c.conversation_id > bindparam("place"))
        | (
            (memory.c.conversation_id == bindparam("place"))
            & (memory.c.persona > bindparam("whose"))
        ),
    )
    .group_by(memory.c.conversation_id, memory.c.persona)
    .having(func.count() > 1)
    .order_by(memory.c.conversation_id, memory.c.persona)
    .limit(1)
)
_HERE: Final = (
    select(memory, conversation.c.soul)
    .join(conversation, conversation.c.id == memory.c.conversation_id)
    .where(
        *_loose,
        memory.c.conversation_id == bindparam("place"),
        memory.c.persona == bindparam("whose"),
        memory.c.at < _before,
    )
    .order_by(memory.c.at.desc(), memory.c.id.desc())
    .limit(_READ)
)
_LOCK: Final = (
    select(conversation.c.id).where(conversation.c.id == bindparam("place")).with_for_update()
)
_STILL: Final = select(memory.c.id).where(
    memory.c.id.in_(bindparam("ids", expanding=True)), *_loose
)
_OLDER: Final = select(memory.c.id).where(
    memory.c.kind == "episode",
    memory.c.sitting == bindparam("which"),
    memory.c.conversation_id == bindparam("place"),
    memory.c.persona == bindparam("whose"),
    memory.c.at >= bindparam("begins", type_=memory.c.at.type),
    memory.c.at < bindparam("ends", type_=memory.c.at.type),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A week or a month of one place, from *begins* until *ends*, and its *episodes* by age."""

    kind: Literal["week", "month"]
    place: int
    persona: str
    private: bool
    soul: str
    begins: datetime
    ends: datetime
    episodes: tuple[Told, ...]
    ours: str = ""


class Spans:
    """Walks through all places once a day."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._walked: datetime | None = None
        self._last: tuple[int, str] = (0, "")

    def next(self, connection: Connection, now: datetime) -> Span | None:
        """The next one that is due."""
        today = datetime.combine(now.astimezone(self._zone), time(), self._zone)
        if self._walked == today:
            return None
        while row := self._place(connection, today):
            rows = self._read(connection, _HERE, row.conversation_id, row.persona, today)
            span = _due(rows, now, self._zone)
            if span is not None:
                return span
            self._last = row.conversation_id, row.persona
        self._walked, self._last = today, (0, "")
        return None

    def _place(self, connection: Connection, today: datetime) -> Row[Any] | None:
        return next(iter(self._read(connection, _PLACES, *self._last, today)), None)

    @staticmethod
    def _read(
        connection: Connection, wanted: Any, place: int, persona: str, today: datetime
    ) -> Sequence[Row[Any]]:
        """What *wanted* tells of episodes before this week."""
        before = today - timedelta(days=today.weekday())
        asked = {"place": place, "whose": persona, "before": before}
        return connection.execute(wanted, asked).all()


def keep_span(connection: Connection, span: Span, text: str) -> None:
    """Keep *text* about *span*, unless it was changed or told of meanwhile.

    Where something of a span that was told of already comes late, all of it is told anew.
    """
    connection.execute(_LOCK, {"place": span.place})
    ids = [one.id for one in span.episodes]
    still = connection.execute(_STILL, {"ids": ids}).scalars().all()
    if set(still) != set(ids):
        return
    which = WEEK if span.kind == "week" else MONTH
    asked = {"which": which, "place": span.place, "whose": span.persona}
    older = connection.execute(_OLDER, {**asked, "begins": span.begins, "ends": span.ends})
    if outdated := older.scalars().all():
        drop(connection, outdated)
        return
    origin = Origin(span.persona, span.place, span.private)
    episode = Episode(text, span.episodes[-1].at, which, language_of(span.episodes))
    keep_episode(connection, [origin], episode, ids)


def _due(rows: Sequence[Row[Any]], now: datetime, zone: tzinfo) -> Span | None:
    """The newest week of which there are two episodes, else the newest such month."""
    weeks = _spans("week", (row for row in rows if row.sitting != WEEK), zone)
    months = (one for one in _spans("month", rows, zone) if one.ends + _SETTLES <= now)
    return next(iter([*weeks, *months]), None)


def _spans(kind: Literal["week", "month"], rows: Iterable[Row[Any]], zone: tzinfo) -> list[Span]:
    found: dict[datetime, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(_begins(kind, row.at.astimezone(zone)), []).append(row)
    return [_span(kind, begins, some, zone) for begins, some in found.items() if len(some) > 1]


def _begins(kind: str, at: datetime) -> datetime:
    day = at.date() - timedelta(days=at.weekday()) if kind == "week" else at.date().replace(day=1)
    return datetime.combine(day, time(), at.tzinfo)


def _span(
    kind: Literal["week", "month"], begins: datetime, rows: Sequence[Row[Any]], zone: tzinfo
) -> Span:
    first = rows[0]
    day = begins.date() + timedelta(days=7) if kind == "week" else months_on(begins.date(), 1)
    episodes = [
        Told(row.id, "", "", row.text, row.at.astimezone(zone), row.language)
        for row in reversed(rows)
    ]
    return Span(
        kind=kind,
        place=first.conversation_id,
        persona=first.persona,
        private=first.private,
        soul=first.soul or "",
        begins=begins,
        ends=datetime.combine(day, time(), zone),
        episodes=tuple(episodes),
    )
