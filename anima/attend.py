"""Attending to many conversations at once: each in order, none twice, none in another's way."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from anima.bells import Bells
from anima.errors import Gone, LeaseLost, LedgerUnavailable
from anima.model import Claim
from anima.pace import backoff_s
from anima.parts import Parts
from anima.persist import persist
from anima.ports import BotName, Channel
from anima.steps import Released, Shut
from anima.visit import Visit

_PARK_S = 2.0
_BREATH_S = 1.0
"""A database that has just gone away is not back at once."""
_TRIES = 3
"""So often one visit may fail for a ledger that does all else: that is not away but broken."""
_LONGEST_WAIT = 4
"""The fourth wait for a database that is away is as long as it gets: eight seconds."""


class Attendant:
    """Claims conversations and visits them, until stopped."""

    def __init__(self, parts: Parts, channels: Mapping[BotName, Channel], bells: Bells) -> None:
        self._parts = parts
        self._channels = channels
        self._bells = bells
        self._visits: dict[asyncio.Task[None], Claim] = {}
        self._stopping = asyncio.Event()
        self._resting = set[asyncio.Event]()
        self._troubles = 0
        self._away = False
        self._failed: dict[int, int] = {}

    @property
    def busy(self) -> bool:
        """Whether somebody is being answered."""
        return bool(self._visits)

    def stop(self) -> None:
        """Claim nothing more; `run` returns when the visits are over, or parked after `drain_s`."""
        self._stopping.set()
        self._bells.wake()

    async def rested(self) -> None:
        """Wait until nothing is being done and nothing is due."""
        rest = asyncio.Event()
        self._resting.add(rest)
        self._bells.wake()
        await rest.wait()

    async def run(self) -> None:
        """Attend until `stop`. Cancelled, it parks its visits: the next claim goes on with them."""
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(self._keep_leases())
            while not self._stopping.is_set():
                resting = tuple(self._resting)
                await self._start_visits(group)
                if not (self._visits or self._troubles):
                    self._tell(resting)
                await self._bells.rang(self._parts.pace.poll_s)
            await self._drain()
            keeping.cancel()

    def _tell(self, resting: tuple[asyncio.Event, ...]) -> None:
        """Nothing is due. Who asked after the claim was made is told after the next one."""
        for rest in resting:
            rest.set()
            self._resting.discard(rest)

    async def _start_visits(self, group: asyncio.TaskGroup) -> None:
        """Start as many visits as are due and there is room for."""
        room = self._parts.pace.conversations - len(self._visits)
        for claim in await self._claim(room) if room else ():
            visit = group.create_task(self._visit(claim))
            self._visits[visit] = claim
            visit.add_done_callback(self._over)

    def _over(self, visit: asyncio.Task[None]) -> None:
        if self._resting or len(self._visits) == self._parts.pace.conversations:
            self._bells.wake()
        del self._visits[visit]

    async def _claim(self, room: int) -> tuple[Claim, ...]:
        self._bells.forget()
        try:
            claims = await self._parts.ledger.claim(room, tuple(self._channels))
        except LedgerUnavailable as error:
            self._failed.clear()
            await self._wait_for_the_ledger(error)
            return ()
        if self._away:
            self._parts.witness.note("ledger back")
        self._away, self._troubles = False, 0
        return claims

    def _note_away(self, reason: BaseException) -> None:
        if not self._away:
            self._parts.witness.note("ledger away", reason=str(reason))
        self._away = True

    async def _wait_for_the_ledger(self, error: LedgerUnavailable) -> None:
        self._note_away(error)
        self._troubles += 1
        await self._bells.rang(backoff_s(min(self._troubles, _LONGEST_WAIT)))
        self._bells.wake()

    async def _visit(self, claim: Claim) -> None:
        name = (claim.conversation.platform, claim.conversation.bot)
        about = self._parts.witness.about(conversation=claim.id)
        with about, self._bells.room(claim.id) as bell:
            visit = Visit(claim, self._parts, self._channels[name], bell)
            try:
                await self._do(claim, visit)
            except asyncio.CancelledError:
                await self._park(claim)
                raise

    async def _do(self, claim: Claim, visit: Visit) -> None:
        for deed in (visit.pay, visit.apologise):
            try:
                return await self._as_far_as_possible(claim, deed)
            except Exception:  # noqa: BLE001 - around one turn: whatever broke it, the others go on
                self._parts.witness.broke("turn broke")
        return None

    async def _as_far_as_possible(self, claim: Claim, deed: Callable[[], Awaitable[None]]) -> None:
        """Do *deed*; what stops it from outside is no fault, and is taken up by the next claim.

        Raises what it failed for when that is one time too many.
        """
        try:
            try:
                await deed()
            except* Gone as group:
                self._parts.witness.note("gone", reason=str(_first(group)))
                await self._parts.ledger.write(claim, Shut())
        except* LeaseLost:
            self._parts.witness.note("lease lost")
        except* LedgerUnavailable as group:
            self._note_away(_first(group))
            self._failed[claim.id] = self._failed.get(claim.id, 0) + 1
            if self._failed[claim.id] >= _TRIES:
                raise
            await self._give_back(claim)
        else:
            self._failed.pop(claim.id, None)

    async def _give_back(self, claim: Claim) -> None:
        """Release what we could not finish, so that nobody waits for the lease to run out."""
        parts = self._parts
        try:
            await parts.clock.sleep(_BREATH_S)
            within_s = parts.pace.lease_s
            await persist(parts.ledger, parts.clock, claim, Released(), within_s=within_s)
        except LeaseLost:
            parts.witness.note("lease lost")
        except LedgerUnavailable as error:
            self._note_away(error)
        self._bells.wake()

    async def _park(self, claim: Claim) -> None:
        try:
            async with asyncio.timeout(_PARK_S):
                await self._parts.ledger.write(claim, Released())
        except LeaseLost:
            self._parts.witness.note("lease lost")
        except (LedgerUnavailable, TimeoutError) as error:
            self._parts.witness.note("not parked", reason=str(error))

    async def _drain(self) -> None:
        if self._visits:
            await asyncio.wait(self._visits, timeout=self._parts.pace.drain_s - _PARK_S)
        for visit in tuple(self._visits):
            visit.cancel()

    async def _keep_leases(self) -> None:
        while True:
            await self._parts.clock.sleep(self._parts.pace.lease_s / 3)
            if self._visits:
                await self._keep(dict(self._visits))

    async def _keep(self, visits: Mapping[asyncio.Task[None], Claim]) -> None:
        """Prolong what is ours; who has lost the lease stops, for nothing of it would be kept."""
        try:
            held = await self._parts.ledger.renew(tuple(visits.values()))
        except LedgerUnavailable as error:
            self._note_away(error)
            return
        newest = {claim.id: claim.epoch for claim in visits.values()}
        for visit, claim in visits.items():
            if claim.id not in held or claim.epoch != newest[claim.id]:
                visit.cancel()


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What went wrong, out of the groups of tasks inside groups of tasks."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
