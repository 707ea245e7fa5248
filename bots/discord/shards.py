"""Holding the connections: each shard's is opened in its turn, and opened again when it breaks."""

import asyncio
from dataclasses import dataclass
from typing import Final

from anima.errors import SlowDown, Unavailable, Unreachable
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.discord.account import Account
from bots.discord.events import Event
from bots.discord.line import Line, Takes
from bots.discord.refusals import TROUBLES, of_listening

_BETWEEN_S: Final = 5.0
"""Discord lets an account begin so often."""
_LONGEST_BACKOFF: Final = 6
_ANSWER_S: Final = 30
_HEARS: Final = frozenset({"READY", "RESUMED"})


@dataclass(frozen=True, slots=True)
class Shards:
    """Into how many parts Discord divides our servers, and which of them are *mine*."""

    count: int = 1
    mine: tuple[int, ...] = (0,)

    def holds(self, guild: str, shard: int) -> bool:
        """Whether *shard* is told of that server; the first is told of private talk."""
        return (int(guild or 0) >> 22) % self.count == shard


class Connections:
    """The connections of one account. *takes* gets every event, with the shard it came by."""

    def __init__(
        self, account: Account, shards: Shards, takes: Takes, clock: Clock, witness: Witness
    ) -> None:
        self._account = account
        self._takes = takes
        self._clock = clock
        self._witness = witness
        self._troubles = dict.fromkeys(shards.mine, "not connected yet")
        self._failures = dict.fromkeys(shards.mine, 0)
        self._may_begin_at = 0.0
        self._one_at_a_time = asyncio.Lock()
        account.client._connection.shard_count = shards.count  # noqa: SLF001 - it has no other name

    async def probe(self) -> None:
        """Raise `Unreachable` when one of them is down."""
        if trouble := next(filter(None, self._troubles.values()), ""):
            raise Unreachable(trouble)

    async def hold(self, shard: int) -> None:
        """Keep that one open, whatever happens. Raises `ConfigError` when it may not be opened."""
        line = Line(self._account.client, shard, lambda event: self._told(shard, event))
        while True:
            try:
                await line.live(await self._way(line))
            except SlowDown as error:
                await self._wait(shard, str(error), error.retry_after)
            except Unavailable as error:
                attempt = min(self._failures[shard] + 1, _LONGEST_BACKOFF)
                await self._wait(shard, str(error), backoff_s(attempt))

    async def _told(self, shard: int, event: Event) -> None:
        if event.kind in _HEARS:
            if self._failures[shard]:
                self._witness.note("poll recovered", shard=shard)
            self._troubles[shard], self._failures[shard] = "", 0
        await self._takes(event)

    async def _way(self, line: Line) -> str:
        """Where the gateway is; a new session waits for its turn."""
        if line.may_resume:
            return ""
        async with self._one_at_a_time:
            await self._clock.sleep(max(0.0, self._may_begin_at - self._clock.elapsed()))
            self._may_begin_at = self._clock.elapsed() + _BETWEEN_S
        try:
            async with asyncio.timeout(_ANSWER_S):
                _, address, limit = await self._account.http.get_bot_gateway()
                if limit["remaining"] <= 0:
                    raise SlowDown(limit["reset_after"] / 1000)
        except TROUBLES as error:
            raise of_listening(error) from error
        return address

    async def _wait(self, shard: int, trouble: str, seconds: float) -> None:
        if trouble != self._troubles[shard]:
            self._witness.note("poll failed", shard=shard, reason=trouble)
        self._troubles[shard] = trouble
        self._failures[shard] += 1
        await self._clock.sleep(seconds)
