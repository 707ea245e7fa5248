"""Discord's commands between the real client and the local Discord, over a ledger in memory."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest

from anima.errors import LedgerUnavailable
from anima.model import Arrival, Incoming
from anima.offers import Offers
from bots.discord.commands import Commands, Typing
from bots.discord.interaction_answers import Answers, Said
from bots.discord.interaction_wire import InteractionWire
from bots.discord.slash_sync import synced
from service.commands.offering import offers
from tests.backend_fakes import Notes
from tests.counter import Counter
from tests.far_side.discord import Discord
from tests.far_side.discord.interactions import Interaction
from tests.far_side.discord_clients import point
from tests.in_memory_ledger import InMemoryLedger
from tests.jump import JumpClock

TABLE = offers(Counter().door.table)


class Ledger(InMemoryLedger):
    """A ledger that may be *away*, or take its time."""

    away = False
    takes_s = 0.0

    async def hear(self, arrivals: Sequence[Arrival]) -> int:
        await asyncio.sleep(self.takes_s)
        if self.away:
            raise LedgerUnavailable("gone fishing")
        return await super().hear(arrivals)


@dataclass(slots=True)
class Slashes:
    """All of it."""

    far: Discord
    clock: JumpClock
    ledger: Ledger
    notes: Notes
    wire: InteractionWire
    answers: Answers
    commands: Commands
    typings: list[Typing] = field(default_factory=list)

    async def takes(self, asked: Interaction, **changed: Any) -> Interaction:
        """The bot hears of what was *asked*."""
        await self.commands.take({**asked.body, **changed})
        return asked

    @property
    def heard(self) -> list[Incoming]:
        """What people said by it."""
        meanings = [row.arrival.meaning for row in self.ledger.heard]
        return [one for one in meanings if isinstance(one, Incoming)]

    @property
    def events(self) -> list[str]:
        """What was noted."""
        return [event for event, _ in self.notes.noted]

    async def says(self, text: str, number: int = 0, **more: Any) -> str | None:
        """The house answers what was heard as *number*."""
        heard = self.heard[number]
        return await self.answers.send(heard.message, Said(text, 1000 + number, **more))


@asynccontextmanager
async def wired(
    clock: JumpClock, patch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Discord, InteractionWire]]:
    """The platform, and who sends to it."""
    async with Discord(now=lambda: clock.now().timestamp()) as far:
        point(far, patch)
        client = discord.Client(intents=discord.Intents.none())
        async with client:
            await client.http.static_login(far.token)
            yield far, InteractionWire(client.http)


@asynccontextmanager
async def slashing(
    clock: JumpClock, patch: pytest.MonkeyPatch, known: Offers = TABLE
) -> AsyncIterator[Slashes]:
    """The commands put, and everybody there."""
    async with wired(clock, patch) as (far, wire):
        ledger, notes, typings = Ledger(clock), Notes(), list[Typing]()

        async def kept(source: str, key: str) -> str:
            rows = [row.arrival for row in ledger.heard]
            return next((one.raw for one in rows if (one.source, one.key) == (source, key)), "")

        def completes(typing: Typing) -> list[str]:
            typings.append(typing)
            return ["KU1.0", "", "x" * 101, *(f"KU{n}" for n in range(30))]

        me = str(far.me.id)
        answers = Answers(wire, me, kept, clock, notes)
        commands = Commands(wire, me, known, completes, ledger, notes)
        await synced(wire, known, clock, notes)
        yield Slashes(far, clock, ledger, notes, wire, answers, commands, typings)


def raw_of(slashes: Slashes, number: int = 0) -> Any:
    """What the ledger holds of an arrival, as it came."""
    return json.loads(slashes.ledger.heard[number].arrival.raw)
