"""A stage for the life of ring 0: an attendant among fakes, on a clock that jumps."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from anima.attend import Attendant
from anima.bells import Bells
from anima.deliver import Shown
from anima.ids import Ids
from anima.model import Arrival, Claim, Conversation, Heard, Incoming, Meaning, Speaker
from anima.pace import Pace
from anima.parts import Parts
from anima.ports import BotName, Hears, Notes
from anima.steps import Step
from memory.shortterm import LocalTail, ShortTerm
from tests.cast import (
    ANN,
    BOT,
    HOME,
    Actor,
    Albums,
    Cloakroom,
    Eyes,
    Life,
    Notebook,
    Phone,
    Porch,
    Script,
    Troupe,
)
from tests.in_memory_ledger import InMemoryLedger
from tests.in_memory_rows import Store, TurnRow, lines
from tests.jump import JumpClock

BRISK = Pace(linger_s=0, typing=False, poll_s=1000)
"""Nothing waits for anything, and a poll is too seldom to be what helps."""


@dataclass(eq=False)
class Diarist(InMemoryLedger):
    """A ledger that keeps a diary of what it is asked, and ends with its *life*.

    The answer to a claim is *travels_s* on its way.
    """

    diary: list[str] = field(default_factory=list)
    life: Life = field(default_factory=Life)
    travels_s: float = 0

    async def _reach(self) -> None:
        await self.life.step()
        await super()._reach()

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Claim, ...]:
        claims = await super().claim(limit, bots)
        self.diary += ["claim"] * bool(claims)
        await asyncio.sleep(self.travels_s)
        return claims

    async def waiting(self, claim: Claim) -> tuple[Heard, ...]:
        self.diary.append("waiting")
        return await super().waiting(claim)

    async def write(self, claim: Claim, *steps: Step) -> None:
        await super().write(claim, *steps)
        self.diary.append("+".join(type(step).__name__ for step in steps))
        await self.life.step()


class Stage:
    """One process: an attendant and all it works with, over its own *ledger*."""

    def __init__(
        self,
        *scripts: Script,
        pace: Pace = BRISK,
        porch: Porch | None = None,
        tail: LocalTail | None = None,
        store: Store | None = None,
        life: Life | None = None,
        shown: Shown = str,
        ears: Hears | None = None,
        notes: Notes | None = None,
        phone: type[Phone] = Phone,
    ) -> None:
        self.clock, self.bells, self.life = JumpClock(), Bells(), life or Life()
        self.ledger = Diarist(self.clock, store=store or Store(), life=self.life)
        self.ears = InMemoryLedger(self.clock, rang=self.bells.ring, store=self.ledger.store)
        self.witness, self.actor, self.porch = Notebook(), Actor(*scripts), porch or Porch()
        self.diary = self.ledger.diary
        self.phone, self.tail = phone(self.clock, self.diary, self.life), tail or LocalTail()
        self.memory = ShortTerm(self.ledger, self.tail)
        self.souls, self.longterm, self.eyes = Cloakroom(), Albums(), Eyes()
        self.troupe = Troupe(self.actor, pace, shown)
        parts = Parts(
            ledger=self.ledger,
            memory=self.memory,
            longterm=self.longterm,
            sight=self.eyes,
            cast=self.troupe,
            house=self.porch,
            souls=self.souls,
            clock=self.clock,
            witness=self.witness,
            ids=Ids(self.clock),
            pace=pace,
            ears=ears,
            notes=notes,
        )
        self.attendant = Attendant(parts, {BOT: self.phone}, self.bells)

    def words(
        self,
        *texts: str,
        who: Speaker = ANN,
        where: Conversation = HOME,
        private: bool = True,
        addressed: bool = True,
        age_s: float = 0,
    ) -> list[Incoming]:
        """Somebody's *texts*, a message each; the first message of all is called "1"."""
        at, first = self.clock.now() - timedelta(seconds=age_s), len(self.ledger.heard) + 1
        return [
            Incoming(where, who, text, at, str(number), private, addressed)
            for number, text in enumerate(texts, start=first)
        ]

    async def hears(self, *texts: str, **facts: Any) -> None:
        """Somebody says *texts* at once; *facts* as for `words`."""
        await self.happens(*self.words(*texts, **facts))

    async def happens(self, *meanings: Meaning) -> None:
        """All this comes from the platform at once."""
        first = len(self.ledger.heard) + 1
        await self.ears.hear(
            [
                Arrival("telegram:anima", str(key), "{}", meaning)
                for key, meaning in enumerate(meanings, start=first)
            ]
        )

    @asynccontextmanager
    async def attending(self) -> AsyncIterator[None]:
        """Attend while entered, then stop as a service does, or as a dead one."""
        async with asyncio.TaskGroup() as group:
            attending = group.create_task(self.attendant.run())
            yield
            if self.life.over.is_set():
                attending.cancel()
            self.attendant.stop()

    def dies(self) -> None:
        """Nothing that this process does from now on comes to an end."""
        self.life.over.set()

    def beside(self, *scripts: Script, **facts: Any) -> "Stage":
        """Another process over the same store."""
        return Stage(*scripts, store=self.ledger.store, **facts)

    async def rests(self) -> None:
        """Go on until there is nothing left to do."""
        await self.attendant.rested()

    async def plays(self) -> None:
        """Attend until there is nothing left to do, and be done for good."""
        async with self.attending():
            await self.rests()

    @property
    def states(self) -> list[str]:
        """What became of all that was heard."""
        return [row.state for row in self.ledger.heard]

    @property
    def turns(self) -> list[TurnRow]:
        """The turns, in their order."""
        turns = self.ledger.store.turns
        return [turns[id_] for id_ in sorted(turns)]

    @property
    def outcomes(self) -> list[str | None]:
        """How the turns went."""
        return [turn.outcome for turn in self.turns]

    @property
    def transcript(self) -> list[str]:
        """What the ledger tells of the first conversation."""
        return [line.text for line in lines(self.ledger.store, 1)]

    async def remembered(self) -> list[str]:
        """What is kept at hand of the first conversation."""
        kept = await self.tail.get(1)
        return [line.text for line in kept.lines] if kept else []
