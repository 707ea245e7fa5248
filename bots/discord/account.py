"""One account at Discord: its client, and who it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord.http import HTTPClient, Route

from anima.errors import SlowDown, Unavailable, Unreachable
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.discord.refusals import TROUBLES, TooStrangeError, of_listening

_ANSWER_S: Final = 30
_LONGEST_BACKOFF: Final = 6
_PATIENCE_S: Final = 1.0
"""The client itself sits out a limit as short as this; longer ones are for our outbox to know.

It takes no less than 30 s when it is made, as who gives up early might ask at once again; we do
not, for each limit tells until when nothing is sent.
"""

INTENTS: Final = discord.Intents(
    guilds=True,
    guild_messages=True,
    guild_reactions=True,
    dm_messages=True,
    dm_reactions=True,
    message_content=True,
)


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are there."""

    id: str
    name: str


class Account:
    """Knows who it is once it is `introduced`. *client* must be open as long as it is used."""

    def __init__(self, client: discord.Client, token: str, clock: Clock, witness: Witness) -> None:
        self.client = client
        self.token = token
        self.trouble = "not connected yet"
        self._clock = clock
        self._witness = witness
        self._me: Me | None = None
        self._opened = False

    @property
    def http(self) -> HTTPClient:
        """What sends requests."""
        return self.client.http

    async def introduced(self) -> Me:
        """Who we are, asked until Discord says it. Raises `ConfigError` for a bad token."""
        attempt = 0
        while self._me is None:
            attempt += 1
            try:
                self._me = await self._ask()
            except SlowDown as error:
                await self._wait(str(error), error.retry_after)
            except Unavailable as error:
                await self._wait(str(error), backoff_s(min(attempt, _LONGEST_BACKOFF)))
        self.trouble = ""
        return self._me

    async def probe(self) -> None:
        """Raise `Unreachable` until Discord knows us."""
        if self.trouble:
            raise Unreachable(self.trouble)

    async def _ask(self) -> Me:
        try:
            async with asyncio.timeout(_ANSWER_S):
                return _me(await self._user())
        except TROUBLES as error:
            raise of_listening(error) from error

    async def _user(self) -> Any:
        if not self._opened:
            self._opened = True  # the first log-in makes the session, and a second would lose it
            return await self.http.static_login(self.token)
        self.http.token = self.token
        return await self.http.request(Route("GET", "/users/@me"))

    async def _wait(self, trouble: str, seconds: float) -> None:
        if trouble != self.trouble:
            self._witness.note("poll failed", reason=trouble)
        self.trouble = trouble
        await self._clock.sleep(seconds)


@asynccontextmanager
async def account(
    token: str, api_base: str, clock: Clock, witness: Witness
) -> AsyncIterator[Account]:
    """The account of *token*, open while entered; it asks nobody yet.

    The client has one address for the whole process.
    """
    Route.BASE = api_base
    client = discord.Client(
        intents=INTENTS,
        max_messages=None,
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
    )
    client.http.max_ratelimit_timeout = _PATIENCE_S
    async with client:
        yield Account(client, token, clock, witness)


def _me(user: object) -> Me:
    if not isinstance(user, dict):
        raise TooStrangeError("the answer names no account")
    return Me(str(user["id"]), str(user.get("global_name") or user["username"]))
