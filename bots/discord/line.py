"""One connection to the gateway: opened, read, and taken up again where it broke."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NoReturn

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from anima.errors import Unreachable
from bots.discord.events import Event
from bots.discord.refusals import TROUBLES, of_listening

Takes = Callable[[Event], Awaitable[None]]
"""Takes one event, in its own time: the next is read when it has."""

BROKEN: Final = (*TROUBLES, ReconnectWebSocket, AttributeError, RuntimeError)
"""All that the client may raise over what the gateway says, be it ever so strange."""

_CUT: Final = (discord.DiscordException, aiohttp.ClientError, OSError)
"""After these a session goes on. Who stumbled over what it said would stumble again."""

_OPEN_S: Final = 60.0
_CLOSE_S: Final = 2.0
_KEPT: Final = 4000
"""A connection that is closed so may be taken up again."""


@dataclass(frozen=True, slots=True)
class _Session:
    id: str
    sequence: int
    gateway: yarl.URL


class _Caught(dict[str, Callable[[Any], None]]):
    """Stands where the client has its parsers, which would fill its cache, and die of surprises."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[str, Any]] = []

    def __missing__(self, kind: str) -> Callable[[Any], None]:
        return partial(self._catch, kind)

    def _catch(self, kind: str, fields: object) -> None:
        self.events.append((kind, fields))


class Line:
    """The connection of one *shard* of *client*. *takes* gets all that it tells."""

    def __init__(self, client: discord.Client, shard: int, takes: Takes) -> None:
        self._client = client
        self._shard = shard
        self._takes = takes
        self._session: _Session | None = None
        self._spoke = False
        self._caught = _Caught()

    @property
    def may_resume(self) -> bool:
        """Whether there is something to be taken up."""
        return self._session is not None

    async def live(self, gateway: str) -> NoReturn:
        """Read until it breaks. A new session begins at *gateway*, a broken one goes on.

        Raises `Unreachable` when it broke, and `ConfigError` when it may not be opened again.
        """
        try:
            socket = await self._opened(gateway)
        except BROKEN as error:
            self._session = None
            raise of_listening(error) from error
        try:
            while True:
                await self._read(socket)
        except ReconnectWebSocket as error:
            self._keep(socket, resumes=error.resume)
            raise Unreachable("the gateway asked us to connect anew") from error
        except BROKEN as error:
            self._keep(socket, resumes=isinstance(error, _CUT))
            raise of_listening(error) from error
        finally:
            await _close(socket)

    async def _opened(self, gateway: str) -> DiscordWebSocket:
        kept, self._spoke = self._session, False
        opening = DiscordWebSocket.from_client(
            self._client,
            initial=True,  # nobody but us waits between one log-in and the next
            gateway=kept.gateway if kept else yarl.URL(gateway),
            shard_id=self._shard,
            session=kept.id if kept else None,
            sequence=kept.sequence if kept else None,
            resume=kept is not None,
        )
        async with asyncio.timeout(_OPEN_S):
            socket = await opening
        # there is no other way past its own
        socket._discord_parsers = self._caught = _Caught()  # noqa: SLF001
        return socket

    async def _read(self, socket: DiscordWebSocket) -> None:
        await socket.poll_event()
        events, self._caught.events = self._caught.events, []
        for kind, fields in events:
            self._spoke = True
            known = fields if isinstance(fields, dict) else {"unreadable": fields}
            await self._takes(Event(kind, known, socket.session_id or "", socket.sequence or 0))

    def _keep(self, socket: DiscordWebSocket, *, resumes: bool) -> None:
        """Remember the session; one that broke before it said anything would break again."""
        whole = socket.session_id is not None and socket.sequence is not None
        if resumes and whole and self._spoke:
            self._session = _Session(
                str(socket.session_id), int(socket.sequence or 0), yarl.URL(socket.gateway)
            )
        else:
            self._session = None


async def _close(socket: DiscordWebSocket) -> None:
    with suppress(*TROUBLES):
        async with asyncio.timeout(_CLOSE_S):
            await socket.close(code=_KEPT)
