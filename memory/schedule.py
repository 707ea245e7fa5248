"""What is to be said later: when, where, and what became of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from anima.ids import Ids
from anima.ports import BotName, Clock
from memory.columns import Moment
from memory.database import Database
from memory.same import same
from memory.sameness import digest
from memory.tables import LANGUAGE_CHARACTERS, conversation, schedule
from memory.text import storable
from memory.unasked import Unasked

Deed = Literal["remind", "say", "do"]
"""*remind*: the text is what somebody wanted to think of. *say*: it is said as it stands. *do*: it
is an intention, for the persona to word."""

LEASE: Final = timedelta(seconds=20)
"""To say what is written already takes an instant."""
LONG_LEASE: Final = timedelta(minutes=4)
"""A model may take this long over its words."""

_job = schedule.c
_SAME: Final = (_job.conversation_id, _job.digest)
_ADD: Final = {
    "sqlite": sqlite.insert(schedule)
    .on_conflict_do_nothing(index_elements=_SAME)
    .returning(_job.id),
    "postgresql": postgresql.insert(schedule)
    .on_conflict_do_nothing(index_elements=_SAME)
    .returning(_job.id),
}
_waits = _job.state == "waiting"
_bots: Final = tuple_(conversation.c.platform, conversation.c.bot).in_(
    bindparam("bots", expanding=True)
)
_due = (
    select(_job.id)
    .join(conversation, conversation.c.id == _job.conversation_id)
    .where(
        _waits,
        _job.due_at <= bindparam("now"),
        or_(_job.lease_until.is_(None), _job.lease_until <= bindparam("now")),
        _bots,
    )
    .order_by(_job.due_at, _job.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=schedule)
    .cte("due")
)
_CLAIM: Final = (
    update(schedule)
    .where(_job.id == _due.c.id)
    .values(
        lease_until=case(
            (_job.deed == "do", bindparam("late", type_=Moment())),
            else_=bindparam("soon", type_=Moment()),
        ),
        attempts=_job.attempts + 1,
    )
    .returning(*_job)
)
_looked_at = case((_job.lease_until > _job.due_at, _job.lease_until), else_=_job.due_at)
_NEXT: Final = (
    select(func.min(_looked_at))
    .join(conversation, conversation.c.id == _job.conversation_id)
    .where(_waits, _bots)
)
_ours: Final = (
    _job.id == bindparam("which"),
    _waits,
    _job.due_at == bindparam("was"),
    _job.attempts == bindparam("attempt"),
)
_WHERE: Final = select(_job.conversation_id).where(*_ours)
_LOCKED: Final = (
    select(conversation.c.id).where(conversation.c.id == bindparam("place")).with_for_update()
)
_MOVE_ON: Final = update(schedule).where(*_ours).values(lease_until=None)
_LISTED: Final = (
    select(schedule)
    .where(_waits, _job.by.in_(bindparam("people", expanding=True)))
    .order_by(_job.due_at, _job.id)
    .limit(bindparam("most"))
)
_ALL: Final = select(schedule).where(_waits).order_by(_job.due_at, _job.id).limit(bindparam("most"))
_COUNT: Final = select(func.count()).where(_waits, _job.by.in_(bindparam("people", expanding=True)))
_CLOCKED: Final = select(_job.id).where(_job.by == bindparam("who"), _job.zone != "").limit(1)
_FOUND: Final = select(_job.id).where(
    _job.conversation_id == bindparam("place"), _job.digest == bindparam("same")
)
_REMOVE: Final = delete(schedule).where(_job.id == bindparam("which"), _waits).returning(*_job)
_whose: Final = _job.by.in_(bindparam("people", expanding=True))


@dataclass(frozen=True, slots=True)
class Wanted:
    """*text* is to be said in *place* when it is *due*, and with a *cron* again and again.

    *by* asked for it in *asked_in*, or where it is said; *zone* is the clock by which they did.
    """

    place: int
    due: datetime
    text: str
    language: str
    by: str = ""
    cron: str = ""
    zone: str = ""
    deed: Deed = "remind"
    asked_in: int = 0

    @property
    def digest(self) -> str:
        """The same for what would only say the same thing twice."""
        when = self.cron and f"{self.cron} {self.zone}"
        kind = "" if self.deed == "remind" else f"{self.deed} "
        return digest(f"{kind}{when or self.due.astimezone(UTC).isoformat()} {storable(self.text)}")


@dataclass(frozen=True, slots=True)
class Job:
    """One entry of the schedule. Who has claimed it knows it by its *attempts*."""

    id: int
    place: int
    due: datetime
    text: str
    language: str
    by: str = ""
    cron: str = ""
    zone: str = ""
    deed: Deed = "remind"
    asked_in: int = 0
    attempts: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a job: it comes again at *due*, or never; so many times it was *missed*."""

    due: datetime | None = None
    missed: int = 0


class Schedule:
    """The schedule in the database. *rang* learns where something was said, after the commit.

    All of it raises `LedgerUnavailable`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang

    async def add(self, wanted: Wanted) -> int:
        """The number of the new job; 0: that is known already."""
        row = {
            "conversation_id": wanted.place,
            "asked_in": wanted.asked_in or wanted.place,
            "by": wanted.by,
            "digest": wanted.digest,
            "deed": wanted.deed,
            "due_at": wanted.due,
            "cron": wanted.cron,
            "zone": wanted.zone,
            "text": storable(wanted.text),
            "language": storable(wanted.language)[:LANGUAGE_CHARACTERS],
            "state": "waiting",
            "attempts": 0,
            "missed": 0,
            "at": self._clock.now(),
        }
        return await self._database.write(
            lambda found: found.execute(_ADD[found.dialect.name], row).scalar() or 0
        )

    async def found(self, wanted: Wanted) -> int:
        """The number of the same wish, which was known before; 0: there is none."""
        asked = {"place": wanted.place, "same": wanted.digest}
        return await self._database.read(lambda found: found.execute(_FOUND, asked).scalar() or 0)

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Job, ...]:
        """Lease the first *limit* jobs that are due by now where *bots* can say them."""
        now = self._clock.now()
        asked = {
            "now": now,
            "most": limit,
            "bots": list(bots),
            "soon": now + LEASE,
            "late": now + LONG_LEASE,
        }
        rows = await self._database.write(
            lambda found: found.execute(_CLAIM, asked).all(), lasting=False
        )
        return tuple(sorted(map(_of, rows), key=lambda job: (job.due, job.id)))

    async def next_due(self, bots: Collection[BotName]) -> datetime | None:
        """When to look again; nothing when nothing waits."""
        asked = {"bots": list(bots)}
        return await self._database.read(lambda found: found.execute(_NEXT, asked).scalar())

    async def say(self, job: Job, lines: Sequence[str], then: Next) -> bool:
        """Say *lines* where *job* belongs, as a part of the talk, and let it become *then*.

        False: it is not ours any more, its place is shut to us (then it moves on in silence), or
        its place is just becoming another one. Each line has to fit into one bubble.
        """
        said = [Unasked.new(self._ids, one, "answered", self._clock.now()) for one in lines]
        place = await self._database.write(lambda found: _say(found, job, said, then))
        if place is not None:
            self._rang([place])
        return place is not None

    async def miss(self, jobs: Sequence[tuple[Job, Next]], line: str) -> bool:
        """These are not said any more; *line* tells who asked for them, in the place of the first.

        Whether it was told: nobody else did so meanwhile, and we are let in there.
        """
        told = Unasked.new(self._ids, line, "answered", self._clock.now())
        place = await self._database.write(lambda found: _miss(found, jobs, told))
        if place is not None:
            self._rang([place])
        return place is not None

    async def postpone(self, job: Job, until: datetime) -> None:
        """It is tried again then; whose it is until then does not matter."""
        asked = {**_named(job)}
        later = _MOVE_ON.values(lease_until=until)
        await self._database.write(lambda found: found.execute(later, asked))

    async def listed(self, who: str, limit: int) -> tuple[Job, ...]:
        """What *who*, as whichever speaker, waits for."""
        return await self._database.read(
            lambda found: tuple(
                map(_of, found.execute(_LISTED, {"people": same(found, who), "most": limit}))
            )
        )

    async def all(self, limit: int) -> tuple[Job, ...]:
        """What anybody waits for."""
        return await self._database.read(
            lambda found: tuple(map(_of, found.execute(_ALL, {"most": limit})))
        )

    async def count(self, who: str) -> int:
        """How much *who* waits for."""
        return await self._database.read(
            lambda found: found.execute(_COUNT, {"people": same(found, who)}).scalar_one()
        )

    async def knows_clock(self, who: str) -> bool:
        """Whether *who* was told before by which clock we go."""
        asked = {"who": who}
        return await self._database.read(
            lambda found: found.execute(_CLOCKED, asked).first() is not None
        )

    async def remove(self, which: int, who: str = "") -> Job | None:
        """Take one back, which *who* asked for, or anybody; nothing where there is none."""
        row = await self._database.write(lambda found: _remove(found, which, who))
        return row and _of(row)


def _say(connection: Connection, job: Job, said: Sequence[Unasked], then: Next) -> int | None:
    """The place in which it is said, which is locked first as by everybody who writes there."""
    place = connection.execute(_WHERE, _named(job)).scalar()
    if place is None:
        return None
    connection.execute(_LOCKED, {"place": place})
    if not _move_on(connection, job, then, "told", _job.conversation_id == place):
        return None
    there = [one.put(connection, place) for one in said]
    return place if all(there) and there else None


def _miss(connection: Connection, jobs: Sequence[tuple[Job, Next]], told: Unasked) -> int | None:
    place = jobs[0][0].asked_in
    connection.execute(_LOCKED, {"place": place})
    moved = [_move_on(connection, job, then, "missed") for job, then in jobs]
    return place if any(moved) and told.put(connection, place) else None


def _move_on(connection: Connection, job: Job, then: Next, state: str, *where: Any) -> bool:
    again = {"due_at": then.due, "attempts": 0} if then.due else {"state": state}
    change = _MOVE_ON.where(*where).values(**again, missed=_job.missed + then.missed)
    return bool(connection.execute(change, _named(job)).rowcount)


def _remove(connection: Connection, which: int, who: str) -> Row[Any] | None:
    if not who:
        return connection.execute(_REMOVE, {"which": which}).first()
    asked = {"which": which, "people": same(connection, who)}
    return connection.execute(_REMOVE.where(_whose), asked).first()


def _named(job: Job) -> dict[str, object]:
    return {"which": job.id, "was": job.due, "attempt": job.attempts}


def _of(row: Row[Any]) -> Job:
    return Job(
        row.id,
        row.conversation_id,
        row.due_at,
        row.text,
        row.language,
        row.by,
        row.cron,
        row.zone,
        row.deed,
        row.asked_in,
        row.attempts,
        row.missed,
    )
