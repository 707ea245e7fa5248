"""Hearing from Discord: what its gateway tells is kept in its order, with what was missed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from anima.errors import ConfigError, LedgerUnavailable
from anima.model import Visited
from anima.pace import backoff_s
from anima.ports import Clock, Places, Witness
from bots.buttons import pressed
from bots.discord.account import Account
from bots.discord.backfill import Backfill
from bots.discord.ear import Ear
from bots.discord.events import Event, Fields, UnreadableError, each, within, words
from bots.discord.held import FETCHED, Held
from bots.discord.incoming import PLATFORM
from bots.discord.presses import acknowledge
from bots.discord.rooms import Rooms
from bots.discord.shards import Connections, Shards
from bots.rating import rated

T = TypeVar("T")

Commands = Callable[[Fields], Awaitable[None]]
"""Takes the interactions that are no buttons of ours, such as commands and what completes them.

It answers Discord within three seconds, and never raises.
"""

_AT_ONCE: Final = 100
_MOST_AHEAD: Final = 1000
"""So many events wait for the ledger; then the gateway waits, which tells them again if it must."""
_SETTLED_S: Final = 5.0
"""How long a gateway takes to tell of every server of ours."""
_LONGEST_BACKOFF: Final = 6


class Gateway:
    """Takes all that the *connections* of one account bring, while it runs."""

    def __init__(  # noqa: PLR0917 - each is another end of it
        self,
        me: str,
        account: Account,
        ear: Ear,
        rooms: Rooms,
        places: Places,
        backfill: Backfill,
        shards: Shards,
        clock: Clock,
        witness: Witness,
        commands: Commands | None = None,
    ) -> None:
        self._me = me
        self._account = account
        self._ear = ear
        self._rooms = rooms
        self._places = places
        self._backfill = backfill
        self._shards = shards
        self._clock = clock
        self._witness = witness
        self._commands = commands
        self._events: asyncio.Queue[Event] = asyncio.Queue(_MOST_AHEAD)
        self._held = Held()
        self._learned = asyncio.Event()
        self.connections = Connections(account, shards, self._events.put, clock, witness)

    async def run(self) -> None:
        """Hear until cancelled. Raises `ConfigError` when Discord does not let us."""
        try:
            async with asyncio.TaskGroup() as group:
                for shard in self._shards.mine:
                    group.create_task(self.connections.hold(shard))
                await self._take_all(group)
        except* ConfigError as wrong:
            raise ConfigError("\n".join(map(str, wrong.exceptions))) from None

    async def _take_all(self, group: asyncio.TaskGroup) -> None:
        while True:
            batch = await self._next()
            for event in batch:
                if event.kind == "READY":
                    await self._begin(group, event)
            told = [one for event in batch for one in self._held.through(event)]
            arrivals = self._ear.read(told)
            await self._patiently(partial(self._ear.keep, arrivals))
            self._learned.set()
            for event in told:
                if event.kind == "INTERACTION_CREATE":
                    self._answer(group, event.fields)

    async def _next(self) -> list[Event]:
        """All that is there by now, and at least one."""
        batch = [await self._events.get()]
        while len(batch) < _AT_ONCE and not self._events.empty():
            batch.append(self._events.get_nowait())
        return batch

    def _answer(self, group: asyncio.TaskGroup, interaction: Fields) -> None:
        try:
            brought = words(within(interaction, "data"), "custom_id")
        except UnreadableError:
            return  # it was set aside
        if rated(brought) or pressed(brought):
            group.create_task(acknowledge(self._account.http, interaction))
        elif self._commands is not None:
            group.create_task(self._run(self._commands, interaction))

    @staticmethod
    async def _run(commands: Commands, interaction: Fields) -> None:
        await commands(interaction)

    async def _begin(self, group: asyncio.TaskGroup, ready: Event) -> None:
        """A new session tells nothing of what was before it, so that is fetched."""
        shard = _shard(ready.fields)
        seen = await self._patiently(lambda: self._places.seen((PLATFORM, self._me)))
        mine = [one for one in seen if not one.private or self._shards.holds("", shard)]
        self._held.hold(one.conversation.chat for one in mine)
        group.create_task(self._fetch(mine, shard, ready.fields))

    async def _fetch(self, places: Sequence[Visited], shard: int, ready: Fields) -> None:
        await self._settled([str(one.get("id")) for one in each(ready, "guilds")])
        here = [one for one in places if self._is_of(one, shard)]
        for one in places:
            if one not in here:
                await self._events.put(
                    Event(FETCHED, {"channel": one.conversation.chat, "events": ()})
                )
        await self._backfill.fetch(here, self._events.put)

    def _is_of(self, place: Visited, shard: int) -> bool:
        """Whether what is said there is told to *shard*; where nobody knows, there is but one."""
        room = self._rooms.find(place.conversation.chat)
        if place.private or room is None:
            return place.private or self._shards.count == 1
        return self._shards.holds(room.guild, shard)

    async def _settled(self, guilds: Sequence[str]) -> None:
        """Wait until we were told of all *guilds*; some may be away for long."""
        try:
            async with asyncio.timeout(_SETTLED_S):
                while not all(self._rooms.knows(guild) for guild in guilds):
                    self._learned.clear()
                    await self._learned.wait()
        except TimeoutError:
            return

    async def _patiently(self, deed: Callable[[], Awaitable[T]]) -> T:
        attempt = 0
        while True:
            try:
                return await deed()
            except LedgerUnavailable as error:
                attempt += 1
                if attempt == 1:
                    self._witness.note("not kept yet", reason=str(error))
                await self._clock.sleep(backoff_s(min(attempt, _LONGEST_BACKOFF)))


def _shard(ready: Fields) -> int:
    told = ready.get("shard")
    first = told[0] if isinstance(told, list) and told else 0
    return first if isinstance(first, int) else 0
