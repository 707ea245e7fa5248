"""Says what is on the schedule, when it is due, and once."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from anima.errors import BackendUnavailable, LedgerUnavailable, Refused
from anima.pace import backoff_s
from anima.ports import BotName, Channel, Clock, Witness
from memory.schedule import Job, Next
from service.bell import Bell
from service.crons import after, times
from service.schedule_lines import missed, reminded

POLL_S: Final = 15.0
"""Another process may have been told of a job, which does not ring here."""

_LEAST_S: Final = 1.0  # one that cannot be said yet shall not keep us running
_BATCH: Final = 50
_LATE: Final = timedelta(minutes=2)
"""Who is told later than this wants to know for when it was."""
_AGAIN_S: Final = 60.0
"""A model that is out of reach is not back at once."""
_AT_ONCE: Final = 4
"""So many intentions are worded at the same time; the models have other work."""


class Waiting(Protocol):
    """The jobs that wait; all of it raises `LedgerUnavailable`."""

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Job, ...]: ...

    async def next_due(self, bots: Collection[BotName]) -> datetime | None: ...

    async def say(self, job: Job, lines: Sequence[str], then: Next) -> bool: ...

    async def miss(self, jobs: Sequence[tuple[Job, Next]], line: str) -> bool: ...

    async def postpone(self, job: Job, until: datetime) -> None: ...


class Wording(Protocol):
    """Has the persona put an intention into words.

    No words: it would rather be silent. Raises what the backend raises, and `LedgerUnavailable`.
    """

    async def words(self, job: Job) -> Sequence[str]: ...


class Scheduling:
    """A worker. Any number of processes may run one: whoever has a job's lease says it.

    What was due longer than *catch_up_s* ago is not said any more, but who asked is told so.
    """

    def __init__(  # noqa: PLR0917 - each is one part of the house
        self,
        schedule: Waiting,
        wording: Wording,
        channels: Mapping[BotName, Channel],
        clock: Clock,
        witness: Witness,
        bell: Bell,
        *,
        catch_up_s: float,
    ) -> None:
        self._schedule = schedule
        self._wording = wording
        self._channels = channels
        self._clock = clock
        self._witness = witness
        self._catch_up = timedelta(seconds=catch_up_s)
        self._bell = bell
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._away = False

    async def run(self) -> None:
        """Say each when it is due, until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._bell.forget()
                await self._bell.within(self._clock, await self._round(group))

    async def _round(self, group: asyncio.TaskGroup) -> float:
        """Say what is due; return after how many seconds to look again."""
        try:
            pause_s = await self._say_all(group)
        except LedgerUnavailable as error:
            if not self._away:
                self._witness.note("the schedule waits for the database", reason=str(error))
            self._away = True
            return POLL_S
        if self._away:
            self._witness.note("the schedule goes on")
        self._away = False
        return pause_s

    async def _say_all(self, group: asyncio.TaskGroup) -> float:
        bots = tuple(self._channels)
        late: dict[int, list[tuple[Job, Next]]] = defaultdict(list)
        for job in await self._schedule.claim(_BATCH, bots):
            if self._is_too_late(job):
                late[job.asked_in].append((job, self._then(job, counts=True)))
            elif job.deed == "do":
                group.create_task(self._tried(job))
            else:
                await self._tried(job)
        for jobs in late.values():
            await self._miss(jobs)
        due = await self._schedule.next_due(bots)
        if due is None:
            return POLL_S
        return min(max((due - self._clock.now()).total_seconds(), _LEAST_S), POLL_S)

    def _is_too_late(self, job: Job) -> bool:
        return self._clock.now() - self._times(job)[-1] > self._catch_up

    def _times(self, job: Job) -> Sequence[datetime]:
        """When it was due until now; the last of these is the one to be said."""
        if not job.cron:
            return (job.due,)
        return times(job.cron, job.zone, job.due, self._clock.now())

    def _then(self, job: Job, *, counts: bool) -> Next:
        """What becomes of it. *counts*: the last time is missed as well."""
        gone = self._times(job)
        again = after(job.cron, job.zone, self._clock.now()) if job.cron else None
        return Next(again, len(gone) - (not counts))

    async def _tried(self, job: Job) -> None:
        try:
            await self._say(job)
        except (BackendUnavailable, Refused) as error:
            await self._later(job, str(error))
        except LedgerUnavailable as error:
            self._witness.note("not said, its lease runs out", job=job.id, reason=str(error))
        except Exception:  # noqa: BLE001 - around one scheduled job: the others go on
            self._witness.broke("job broke", job=job.id)
            await self._later(job, "it broke")

    async def _say(self, job: Job) -> None:
        lines = await self._lines(job)
        if await self._schedule.say(job, lines, self._then(job, counts=False)):
            late_s = (self._clock.now() - job.due).total_seconds()
            self._witness.note("said on schedule", job=job.id, deed=job.deed, late_s=round(late_s))
        elif not lines:
            self._witness.note("kept silent on schedule", job=job.id)

    async def _lines(self, job: Job) -> Sequence[str]:
        if job.deed == "do":
            async with self._room:
                return await self._wording.words(job)
        if job.deed == "say":
            return [job.text]
        gone = self._times(job)
        late = self._clock.now() - gone[-1] > _LATE
        return [reminded(job, gone[-1] if late else None, before=len(gone) - 1)]

    async def _later(self, job: Job, reason: str) -> None:
        """Try again, ever more seldom; beyond the time to catch up it is missed like any other."""
        pause_s = max(_AGAIN_S, backoff_s(job.attempts))
        self._witness.note("said later", job=job.id, attempt=job.attempts, reason=reason)
        try:
            await self._schedule.postpone(job, self._clock.now() + timedelta(seconds=pause_s))
        except LedgerUnavailable as error:
            self._witness.note("not postponed, its lease runs out", job=job.id, reason=str(error))

    async def _miss(self, jobs: Sequence[tuple[Job, Next]]) -> None:
        told = await self._schedule.miss(jobs, missed(jobs))
        self._witness.note("missed on schedule", jobs=[job.id for job, _ in jobs], told=told)
