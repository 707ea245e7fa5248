"""discord.py as the tests drive it: pointed at a server of ours, ready at once, ended cleanly."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.far_side.discord import Discord

SOON_S = 0.01


class Bot(discord.Client):
    """A client that writes down what it hears; `heard` are names of events and what they brought.

    What it hears wakes the server's `sees`, so that a test waits for both sides in one way.
    """

    def __init__(self, far: Discord, intents: discord.Intents | None = None, **more: Any) -> None:
        settings = {"max_messages": None, "guild_ready_timeout": SOON_S, **more}
        super().__init__(intents=intents or everything(), **settings)
        self.far = far
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, Any]] = []
        self.started: asyncio.Task[None]

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Write it down, then do as the library does."""
        self.heard.append((event, args[0] if args else None))
        self.far.world.journal.turned()
        super().dispatch(event, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait: the library's own sleeps for five seconds."""

    def all(self, event: str) -> list[Any]:
        """What the events of this name brought, in order."""
        return [brought for name, brought in self.heard if name == event]

    @property
    def texts(self) -> list[str]:
        """The messages that came, the bot's own left out."""
        return [one.content for one in self.all("message") if one.author != self.user]


class VoiceFile(discord.File):
    """A file that is a voice message: the library has none of its own."""

    def __init__(self, content: io.BytesIO, *, duration: float, waveform: bytes) -> None:
        super().__init__(content, filename="voice-message.ogg")
        self._more = {
            "duration_secs": duration,
            "waveform": base64.b64encode(waveform).decode(),
        }

    def to_dict(self, index: int) -> dict[str, Any]:
        """Describe it as the platform wants it."""
        return {**super().to_dict(index), **self._more}


def everything() -> discord.Intents:
    """All intents, so that no test has to think of them."""
    return discord.Intents.all()


def point(far: Discord, patch: pytest.MonkeyPatch) -> None:
    """Let every client of the library that is made from now on talk to *far*."""
    patch.setattr(Route, "BASE", far.api)
    patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(far.gateway))


@asynccontextmanager
async def running(bot: Bot, ready: Callable[[], object] | None = None) -> AsyncIterator[Bot]:
    """*bot* while it is connected; it has been ready when this begins."""
    bot.started = asyncio.create_task(bot.start(bot.far.token))
    try:
        await bot.far.sees(ready or (lambda: bot.started.done() or bot.all("ready")))
        yield bot
    finally:
        await bot.close()
        bot.started.cancel()
        await asyncio.wait([bot.started])


async def code(call: Awaitable[object]) -> tuple[int, int]:
    """The status and the code that *call* is refused with."""
    with pytest.raises(discord.HTTPException) as refused:
        await call
    return refused.value.status, refused.value.code


async def raw(far: Discord, method: str, path: str, **more: Any) -> tuple[int, Any]:
    """One call without the library, which would not let us make it."""
    body = {"data": more.pop("content")} if "content" in more else {}
    headers = {"Authorization": f"Bot {far.token}", **more.pop("headers", {})}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.request(method, far.api + path, **more, **body) as answer,
    ):
        return answer.status, await answer.json()
