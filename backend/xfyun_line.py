"""An open line to iFLYTEK, for one question and its answer."""

import asyncio
from contextlib import suppress
from typing import Final

import aiohttp
from aiohttp import ClientWebSocketResponse, WSMessage, WSMsgType

from anima.errors import BackendUnavailable
from anima.model import Delta
from backend.reasons import Brief, Passing
from backend.xfyun_frames import Frames

HANG_UP_S: Final = 1.0
"""So long may a full line keep us from saying goodbye."""


class Line:
    """The port Answering over a *socket*; what it raises was made fit for the log by *cut*."""

    def __init__(self, socket: ClientWebSocketResponse, cut: Brief) -> None:
        self._socket = socket
        self._cut = cut
        self._frames = Frames(cut)

    async def send(self, frame: str) -> None:
        """Put the question. Raises `BackendUnavailable` when the line is dead."""
        try:
            await self._socket.send_str(frame)
        except (aiohttp.ClientError, OSError) as error:
            trouble = dead(error, self._cut)
        else:
            return
        raise trouble

    async def next(self) -> Delta | None:
        """The next delta, or None after the last frame. Raises `BackendUnavailable`, `Refused`."""
        while not self._frames.whole:
            message = await self._socket.receive()
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                raise self._broken(message)
            if delta := self._frames.take(message.data):
                return delta
        return None

    async def hear_out(self) -> None:
        """Nothing follows the last frame."""

    def left(self) -> tuple[Delta, ...]:
        """Each delta was given out as it came."""
        return ()

    async def close(self) -> None:
        """Hang up at once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HANG_UP_S):
                await self._socket.close()

    def _broken(self, message: WSMessage) -> BackendUnavailable:
        if message.type is WSMsgType.CLOSE:
            said = self._cut(f"{message.data} {message.extra or ''}")
            return Passing(f"the server closed the line before the last frame: {said}")
        if isinstance(message.data, aiohttp.WebSocketError):
            said = self._cut(str(message.data))
            return BackendUnavailable(f"the server sent what is no frame: {said}")
        return Passing("the line to the server is dead, before the last frame", connection=True)


def dead(error: Exception, cut: Brief) -> Passing:
    """A line that broke with *error*, of which the text may hold the whole signed address."""
    cause = getattr(error, "strerror", None) or ""
    said = cut(f"{type(error).__name__} {cause}")
    return Passing(f"the line to the server is dead: {said}", connection=True)
