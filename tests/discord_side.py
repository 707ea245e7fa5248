"""The bot between a Discord on loopback and a ledger in memory, for tests of what it hears."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from anima.model import Arrival, Conversation, Incoming, Meaning, Visited
from anima.ports import BotName
from bots.discord.account import Account, Me, account
from bots.discord.backfill import Backfill
from bots.discord.bot import Listener
from bots.discord.ear import Ear
from bots.discord.events import Fields
from bots.discord.gateway import Gateway
from bots.discord.incoming import Reader
from bots.discord.rooms import Rooms
from bots.discord.shards import Shards
from tests.backend_fakes import Notes
from tests.far_side.discord import Discord
from tests.in_memory_ledger import InMemoryLedger
from tests.jump import JumpClock

NAMES = {"": ("Anima",), "ku": ("Ku", "小空")}
MAX_AGE_S = 900.0


@dataclass
class Remembered:
    """The port `Places` over what a test or the ledger in memory knows."""

    ledger: InMemoryLedger
    more: list[Visited] = field(default_factory=list)

    async def seen(self, bot: BotName) -> tuple[Visited, ...]:
        del bot
        newest: dict[Conversation, Visited] = {}
        for row in self.ledger.heard:
            if isinstance(one := row.arrival.meaning, Incoming):
                newest[one.conversation] = Visited(one.conversation, one.private, one.message)
        return (*self.more, *newest.values())


@dataclass
class Listening:
    """A bot at work, and what it hears from and writes to."""

    clock: JumpClock
    far: Discord
    ledger: InMemoryLedger
    places: Remembered
    notes: Notes
    account: Account
    shards: Shards
    commands: list[Fields] = field(default_factory=list)
    listener: Listener = field(init=False)

    def __post_init__(self) -> None:
        self.listener = Listener(self.account, self.begins)

    def begins(self, me: Me) -> Gateway:
        """What hears, for the account *me*."""
        rooms = Rooms(me.id)
        reader = Reader(me.id, me.name, lambda: NAMES, rooms)
        return Gateway(
            me.id,
            self.account,
            Ear(me.id, reader, self.ledger, self.places, self.notes),
            rooms,
            self.places,
            Backfill(self.account, rooms, self.clock, self.notes, max_age_s=MAX_AGE_S),
            self.shards,
            self.clock,
            self.notes,
            self._command,
        )

    async def _command(self, interaction: Fields) -> None:
        self.commands.append(interaction)

    @property
    def arrivals(self) -> list[Arrival]:
        """All that arrived."""
        return [row.arrival for row in self.ledger.heard]

    @property
    def meanings(self) -> list[Meaning | None]:
        """What it meant."""
        return [one.meaning for one in self.arrivals]

    def texts(self) -> list[str]:
        """What people said, as the ledger has it."""
        return [one.text for one in self.meanings if isinstance(one, Incoming)]

    async def hears(self, *texts: str) -> None:
        """Wait until that was heard, in this order, and nothing else."""
        await self.until(lambda: len(self.texts()) >= len(texts))
        assert list(texts) == self.texts()

    async def until(self, condition: object, timeout: float = 120) -> None:
        """Wait until *condition* is true, which is looked at again and again."""
        assert callable(condition)
        async with asyncio.timeout(timeout):
            while not condition():
                await self.clock.sleep(0.05)

    async def ready(self) -> None:
        """Wait until the gateway has told all that it tells at first."""
        await self.far.sees(lambda: self.far.line.lines and self.far.world.sessions.live)
        await self.far.sees(lambda: self.far.count["get_gateway_bot"])

    def troubles(self) -> Sequence[str]:
        """The reasons that were noted, and `-` for each recovery."""
        return [
            str(facts.get("reason", "-"))
            for event, facts in self.notes.noted
            if event in {"poll failed", "poll recovered"}
        ]


@asynccontextmanager
async def poised(
    clock: JumpClock, far: Discord, *, token: str = "", shards: Shards | None = None
) -> AsyncIterator[Listening]:
    """A bot that has not begun yet."""
    notes, ledger = Notes(), InMemoryLedger(clock)
    async with account(token or far.token, far.api, clock, notes) as mine:
        yield Listening(clock, far, ledger, Remembered(ledger), notes, mine, shards or Shards())


@asynccontextmanager
async def listening(
    clock: JumpClock,
    far: Discord,
    *,
    shards: Shards | None = None,
    after: Listening | None = None,
) -> AsyncIterator[Listening]:
    """A bot at work, until left; *after* another one, it goes on with the same ledger."""
    async with poised(clock, far, shards=shards) as found, asyncio.TaskGroup() as group:
        if after:
            found.ledger.store = after.ledger.store
        running = group.create_task(found.listener.run())
        await found.ready()
        yield found
        running.cancel()
