"""The ledger in dictionaries, for tests of those who work with one."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from anima.errors import LeaseLost, LedgerUnavailable
from anima.model import DIAL, Arrival, Claim, Deleted, Heard, Line, Meaning, Stopped
from anima.ports import BotName, Clock
from anima.steps import Step
from tests.in_memory_choices import chosen
from tests.in_memory_rows import HeardRow, Place, SaidRow, Store, lines
from tests.in_memory_steps import UNSENT, follow, take


def _nobody(rang: Collection[int]) -> None:
    """Nobody wants to know where somebody waits."""


@dataclass(eq=False)
class InMemoryLedger:
    """The port `Ledger` of one process; `another()` is a second process over the same store."""

    clock: Clock
    lease_s: float = 20
    rang: Callable[[Collection[int]], None] = _nobody
    store: Store = field(default_factory=Store)
    away: bool = False
    _failures: list[Exception] = field(default_factory=list)

    def another(self) -> "InMemoryLedger":
        """Another process over the same store."""
        return InMemoryLedger(self.clock, self.lease_s, self.rang, self.store)

    def fail_next(self, *errors: Exception) -> None:
        """The next calls raise *errors*, one each, and do nothing."""
        self._failures += errors

    @property
    def heard(self) -> list[HeardRow]:
        """Every message and event, in the order in which they came."""
        return list(self.store.heard.values())

    @property
    def said(self) -> list[SaidRow]:
        """Every bubble, in the order in which they were decided."""
        return [self.store.said[id_] for id_ in sorted(self.store.said)]

    async def hear(self, arrivals: Sequence[Arrival]) -> int:
        await self._reach()
        rang = set[int]()
        fresh = [arrival for arrival in arrivals if self._keep(arrival, rang)]
        self.rang(rang)
        return len(fresh)

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Claim, ...]:
        await self._reach()
        now = self.clock.now()
        due = [
            place
            for place in self.store.places.values()
            if place.ready_at is not None
            and place.ready_at <= now
            and (place.lease_until is None or place.lease_until < now)
            and (place.conversation.platform, place.conversation.bot) in bots
        ]
        first = sorted(due, key=lambda place: place.ready_at or now)[:limit]
        return tuple(self._lease(place) for place in first)

    async def waiting(self, claim: Claim) -> tuple[Heard, ...]:
        await self._reach()
        return self._waiting(claim.id)

    async def stopped(self, claim: Claim, mark: int) -> bool:
        await self._reach()
        stops = (row for row in self.heard if row.place == claim.id and row.state == "stop")
        return Stopped(claim.conversation, mark) in [row.arrival.meaning for row in stops]

    async def write(self, claim: Claim, *steps: Step) -> None:
        await self._reach()
        if self.store.places[claim.id].epoch != claim.epoch:
            raise LeaseLost(f"conversation {claim.id} has gone on after epoch {claim.epoch}")
        for step in steps:
            take(self.store, claim, step, self.clock.now())

    async def renew(self, claims: Collection[Claim]) -> frozenset[int]:
        await self._reach()
        held = [
            place
            for claim in claims
            if (place := self.store.places[claim.id]).epoch == claim.epoch
            and place.lease_until is not None
        ]
        for place in held:
            place.lease_until = self.clock.now() + timedelta(seconds=self.lease_s)
        return frozenset(place.id for place in held)

    async def tail(self, claim: Claim, limit: int) -> tuple[Line, ...]:
        await self._reach()
        return lines(self.store, claim.id)[-limit:] if limit else ()

    async def _reach(self) -> None:
        """Others go on meanwhile, as with a database; and it may be away, as databases are."""
        await asyncio.sleep(0)
        if self._failures:
            raise self._failures.pop(0)
        if self.away:
            raise LedgerUnavailable("the database did not answer: it was told not to")

    def _keep(self, arrival: Arrival, rang: set[int]) -> bool:
        place = self._place(arrival.meaning) if arrival.meaning else None
        if isinstance(arrival.meaning, Deleted) and place is None:
            return False
        name = (arrival.source, arrival.key)
        if name in self.store.names:
            return False
        self.store.names.add(name)
        row = HeardRow(len(self.store.heard) + 1, arrival, place.id if place else None)
        self.store.heard[row.id] = row
        if arrival.meaning and place:
            follow(self.store, row, arrival.meaning, self.clock.now(), rang)
        return True

    def _place(self, meaning: Meaning) -> Place | None:
        place = self.store.found(meaning.conversation)
        if place is None and not isinstance(meaning, Deleted):
            place = Place(len(self.store.places) + 1, meaning.conversation)
            self.store.places[place.id] = place
        return place

    def _lease(self, place: Place) -> Claim:
        place.epoch += 1
        place.lease_until = self.clock.now() + timedelta(seconds=self.lease_s)
        turn = self.store.open_turn(place.id)
        bubbles = [row for row in self.said if row.place == place.id and row.state != "failed"]
        return Claim(
            id=place.id,
            conversation=place.conversation,
            epoch=place.epoch,
            private=place.private,
            title=place.title,
            waiting=self._waiting(place.id),
            unsent=tuple(row.words for row in bubbles if row.state in UNSENT),
            turn=turn,
            spoken=tuple(row.words.text for row in bubbles if row.words.turn == turn),
            apologised_at=place.apologised_at,
            soul=place.soul,
            choices=chosen(self.store, place.id),
            dial=DIAL if place.dial is None else place.dial,
            role=place.role,
            persona=place.persona,
            impulse=self.store.impulses.get(place.id),
        )

    def _waiting(self, place: int) -> tuple[Heard, ...]:
        here = [row for row in self.heard if row.place == place and row.words]
        words = [row.words for row in here if row.words and row.state == "waiting"]
        done = {
            (row.words.album, row.words.speaker)
            for row in here
            if row.words and row.words.album and row.words.addressed and row.state != "waiting"
        }
        words = [
            replace(one, addressed=False) if (one.album, one.speaker) in done else one
            for one in words
        ]
        tongues, voicings = self.store.tongues, self.store.voicings
        return tuple(
            replace(
                one,
                tongue=tongues.get(one.speaker.address, ""),
                zone=self.store.zones.get(one.speaker.address, ""),
                voicing=voicings.get((one.speaker.address, place), ""),
            )
            for one in words
        )
