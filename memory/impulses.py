"""Reasons that are due: weighed against manners, and made ripe for the place they belong to."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any, Final, cast

from sqlalchemy import Connection, Row, bindparam, exists, func, or_, select, update

from anima.ids import Ids
from anima.model import Beside, Standing
from anima.ports import Clock
from memory.acquaintance import language_of
from memory.budget import calls, spend
from memory.claiming import place_of
from memory.database import Database
from memory.manners import Manner, ZoneOf, keep, manner_of, unknown, zone_of
from memory.recurring import come_again
from memory.same import same
from memory.sameness import digest
from memory.standing import standing_of
from memory.tables import conversation, heard, impulse, looked, said, turn
from memory.unasked import Unasked
from persona.initiative.manners import GRACE, Limits, No, Person, Place, Yes, may_write
from persona.initiative.reasons import RANKS

PURPOSE: Final = "initiative"
"""What our calls are counted as."""
ZONE: Final = "zone"
"""The kind of what asks whether it is right by which clock we think that somebody lives."""
AGAIN: Final = timedelta(hours=1)
"""What is held back until something happens is looked at again so much later."""

_TIMELY: Final = timedelta(hours=12)  # so long an answer is one
_LAST: Final = 20
"""Messages of ours that are looked at: nobody's patience is counted farther back."""
_SOME: Final = 50

_DUE: Final = (
    select(impulse.c.speaker)
    .where(
        impulse.c.state == "waiting",
        impulse.c.due <= bindparam("now"),
        or_(impulse.c.held_until.is_(None), impulse.c.held_until <= bindparam("now")),
    )
    .group_by(impulse.c.speaker)
    .order_by(func.min(impulse.c.due), impulse.c.speaker)
    .limit(_SOME)
)
_THEIRS: Final = (
    select(impulse, *(conversation.c[n] for n in ("platform", "bot", "chat", "connection")),
        conversation.c.thread, conversation.c.private, conversation.c.closed_at,
        conversation.c.lease_until, looked.c.allowed,
        conversation.c.persona.label("plays"),
        heard.c.text.label("heard_text"), said.c.text.label("said_text"))
    .join(conversation, conversation.c.id == impulse.c.conversation_id)
    .outerjoin(looked, looked.c.conversation_id == impulse.c.conversation_id)
    .outerjoin(heard, heard.c.id == impulse.c.heard_id)
    .outerjoin(said, said.c.id == impulse.c.said_id)
    .where(
        impulse.c.speaker.in_(bindparam("people", expanding=True)),
        impulse.c.state == "waiting",
        impulse.c.due <= bindparam("now"),
    )
    .order_by(impulse.c.due, impulse.c.id)
)  # fmt: skip
_BACK: Final = (
    update(impulse)
    .where(impulse.c.state == "ripe", impulse.c.ripe_until < bindparam("now"))
    .values(state="waiting", held="nobody came", ripe_until=None)
)
_RIPE: Final = (
    select(func.count())
    .select_from(impulse)
    .where(impulse.c.speaker.in_(bindparam("people", expanding=True)), impulse.c.state == "ripe")
)
_WRITTEN: Final = (
    select(impulse.c.ended_at, impulse.c.answered_at)
    .where(impulse.c.speaker.in_(bindparam("people", expanding=True)), impulse.c.state == "said")
    .order_by(impulse.c.ended_at.desc(), impulse.c.id.desc())
    .limit(_LAST)
)
_LAST_HEARD: Final = (
    select(heard.c.at)
    .where(heard.c.conversation_id == bindparam("place"))
    .order_by(heard.c.id.desc())
    .limit(1)
)
_BUSY: Final = select(
    or_(
        exists().where(turn.c.conversation_id == bindparam("place"), turn.c.outcome.is_(None)),
        exists().where(heard.c.conversation_id == bindparam("place"), heard.c.state == "waiting"),
    )
)
_LOCK: Final = (
    select(conversation.c.lease_until)
    .where(conversation.c.id == bindparam("place"))
    .with_for_update()
)
_END: Final = (
    update(impulse)
    .where(impulse.c.id == bindparam("which"))
    .values(state=bindparam("becomes"), held=bindparam("because"), ended_at=bindparam("now"))
)
_HOLD: Final = (
    update(impulse)
    .where(impulse.c.id == bindparam("which"))
    .values(held=bindparam("because"), held_until=bindparam("later"))
)
_RIPEN: Final = (
    update(impulse)
    .where(impulse.c.id == bindparam("which"))
    .values(state="ripe", held="", held_until=None, ripe_until=bindparam("later"))
)
_RING: Final = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(ready_at=bindparam("now"), unfinished=True)
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of one reason: *became* is `ripe`, `held`, `expired`, `dropped` or `said`."""

    id: int
    place: int
    speaker: str
    kind: str
    became: str
    reason: str = ""
    until: datetime | None = None


Question = Callable[[str, int, datetime], tuple[str, Beside]]
"""Asks in a language whether the clock of somebody is so many minutes ahead of UTC, at a time."""


class Impulses:
    """Weighs them.

    *admits* tells whether the house talks with who is at an address, by what was decided of them,
    and *rang* learns where something became ripe, after the commit. All of it raises
    `LedgerUnavailable`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
        limits: Limits,
        *,
        admits: Callable[[str, Standing], bool],
        question: Question | None = None,
        zone_of: ZoneOf = unknown,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang
        self._limits = limits
        self._admits = admits
        self._question = question
        self._zone_of = zone_of

    async def weigh(self) -> tuple[Weighed, ...]:
        """Weigh all that is due, person by person; whoever else does so meanwhile waits."""
        now = self._clock.now()
        speakers = await self._database.write(lambda found: _due(found, now), lasting=False)
        found: list[Weighed] = []
        for speaker in speakers:
            found += await self._database.write(partial(self._weigh, speaker=speaker, now=now))
        self._rang([one.place for one in found if one.became in {"ripe", "said"}])
        return tuple(found)

    def _weigh(self, connection: Connection, speaker: str, now: datetime) -> list[Weighed]:
        people = same(connection, speaker)
        known = manner_of(connection, people, locked=True)
        rows = connection.execute(_THEIRS, {"people": list(people), "now": now}).all()
        weighed: list[Weighed] = []
        left: list[Row[Any]] = []
        for row in rows:
            over = _over(row, now)
            if over:
                self._end(connection, row, over, now)
                weighed.append(_became(row, *over))
            elif row.held_until is None or row.held_until <= now:
                left.append(row)
        person = self._person(connection, people, known, now)
        for row in sorted(left, key=lambda one: (_rank(one), one.due, one.id)):
            one = self._one(connection, row, person, known, now)
            weighed.append(one)
            if one.became in {"ripe", "said"}:
                person = replace(person, on_its_way=True)
        return weighed

    def _one(
        self, connection: Connection, row: Row[Any], person: Person, known: Manner, now: datetime
    ) -> Weighed:
        connection.execute(_LOCK, {"place": row.conversation_id})
        admitted = self._admits(row.speaker, standing_of(connection, row.speaker))
        there = _there(connection, row, person, now, admitted=admitted)
        answer = may_write(now, there, self._limits)
        if isinstance(answer, No):
            later = min(answer.until or now + AGAIN, now + timedelta(days=7))
            names = {"which": row.id, "because": answer.reason, "later": later}
            connection.execute(_HOLD, names)
            return _became(row, "held", answer.reason, answer.until)
        if self._question and not person.sure and known.guess and not known.asked_at:
            return self._ask(connection, row, known, now)
        return _ripen(connection, row, answer, now)

    def _ask(self, connection: Connection, row: Row[Any], known: Manner, now: datetime) -> Weighed:
        """Ask by whose clock they live, once; the reason itself comes after their answer."""
        assert self._question  # noqa: S101 - asked by who calls
        ahead = known.guess.utcoffset(None) if known.guess else None
        minutes = round((ahead or timedelta()).total_seconds() / 60)
        language = language_of(connection, place_of(row))
        text, beside = self._question(language, minutes, now)
        asks = Unasked.new(self._ids, text, "answered", now)
        asks = replace(asks, beside=beside)
        if not asks.put(connection, row.conversation_id):
            return _became(row, "held", "closed")
        keep(connection, same(connection, row.speaker), asked_at=now)
        connection.execute(impulse.insert(), _asked(row, asks.turn, now))
        names = {"which": row.id, "because": ZONE, "later": now + AGAIN}
        connection.execute(_HOLD, names)
        return replace(_became(row, "said", ZONE), kind=ZONE)

    def _end(
        self, connection: Connection, row: Row[Any], over: tuple[str, str], now: datetime
    ) -> None:
        becomes, because = over
        names = {"which": row.id, "becomes": becomes, "because": because, "now": now}
        connection.execute(_END, names)
        if row.occasion and becomes == "expired":
            come_again(connection, row, now, zone_of(connection, [row.speaker], self._zone_of))

    def _person(
        self, connection: Connection, people: Sequence[str], known: Manner, now: datetime
    ) -> Person:
        said_so = zone_of(connection, people, self._zone_of)
        written = connection.execute(_WRITTEN, {"people": list(people)}).all()
        answered = [(row.ended_at, row.answered_at) for row in written]
        ignored = len(list(takewhile(_is_ignored, answered)))
        return Person(
            zone=said_so or known.guess or UTC,
            sure=said_so is not None,
            hours=known.hours,
            opted_out=known.opted_out,
            quiet_until=known.quiet_until,
            asleep_until=known.asleep_until,
            heard_at=known.heard_at,
            on_its_way=bool(connection.execute(_RIPE, {"people": list(people)}).scalar()),
            written=tuple(row.ended_at for row in reversed(written)),
            unanswered=int(bool(written) and written[0].answered_at is None),
            ignored=ignored,
            calls=calls(connection, now, tuple(people)),
        )


def _due(connection: Connection, now: datetime) -> Sequence[str]:
    """Whose reasons are to be weighed; what was ripe and nobody came to is among them again."""
    connection.execute(_BACK, {"now": now})
    return connection.execute(_DUE, {"now": now}).scalars().all()


def _over(row: Row[Any], now: datetime) -> tuple[str, str] | None:
    """Whether it is no reason any more."""
    text = row.heard_text if row.heard_id else row.said_text if row.said_id else "without words"
    if not text:
        return "dropped", "forgotten"
    if row.persona != (row.plays or ""):
        return "dropped", "another persona"
    return ("expired", "missed") if row.until < now else None


def _rank(row: Row[Any]) -> int:
    return RANKS.index(row.kind)


def _is_ignored(one: tuple[datetime, datetime | None]) -> bool:
    written, answered = one
    return answered is None or answered - written > _TIMELY


def _there(
    connection: Connection, row: Row[Any], person: Person, now: datetime, *, admitted: bool
) -> Person:
    """*person* in the place of *row*."""
    where = place_of(row)
    kind = "guest" if where.guest else "borrowed" if where.borrowed else "group"
    place = cast("Place", "private" if row.private and kind == "group" else kind)
    here = {"place": row.conversation_id}
    leased = row.lease_until is not None and row.lease_until >= now
    return replace(
        person,
        place=place,
        allowed=bool(row.allowed),
        closed=row.closed_at is not None,
        admitted=admitted,
        place_at=connection.execute(_LAST_HEARD, here).scalar(),
        open_turn=leased or bool(connection.execute(_BUSY, here).scalar()),
    )


def _ripen(connection: Connection, row: Row[Any], answer: Yes, now: datetime) -> Weighed:
    """Hand it to whoever claims its place next; the call that this costs is counted here."""
    until = min(answer.until, now + GRACE, row.until)
    connection.execute(_RIPEN, {"which": row.id, "later": until})
    connection.execute(_RING, {"place": row.conversation_id, "now": now})
    spend(connection, now, row.speaker, PURPOSE, 1, 0)
    return _became(row, "ripe", until=until)


def _asked(row: Row[Any], turn_id: int, now: datetime) -> dict[str, object]:
    """The question as one of the messages that nobody asked for."""
    return {
        "conversation_id": row.conversation_id,
        "persona": row.persona,
        "speaker": row.speaker,
        "kind": ZONE,
        "digest": digest(f"{now:%Y-%m-%d}"),
        "at": now,
        "due": now,
        "until": now + GRACE,
        "ripe_until": now + GRACE,
        "state": "said",
        "turn_id": turn_id,
        "ended_at": now,
    }


def _became(row: Row[Any], became: str, reason: str = "", until: datetime | None = None) -> Weighed:
    return Weighed(row.id, row.conversation_id, row.speaker, row.kind, became, reason, until)
