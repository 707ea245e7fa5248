"""The stream of an open page: what it missed, then what happens, until somebody leaves."""

import asyncio
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from anima.model import Conversation
from anima.ports import Clock, Transcript
from bots.web import frames
from bots.web.tabs import Tab, Tabs
from bots.web.watch import Watch

PING_S: Final = 15
LOOK_S: Final = 2
"""Another process may have spoken; so much later the page knows."""

_PATIENCE_S: Final = 30
"""Who takes nothing for so long is gone, whatever the network believes."""


class Events(Response):
    """The answer to `GET /events`: it ends with the tab, the reader or the service."""

    media_type = "text/event-stream"

    def __init__(
        self,
        conversation: Conversation,
        tabs: Tabs,
        transcript: Transcript,
        clock: Clock,
        after: int,
    ) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers({"x-accel-buffering": "no"})
        self._conversation = conversation
        self._tabs = tabs
        self._transcript = transcript
        self._clock = clock
        self._after = after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve until the tab is closed."""
        del scope
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        with self._tabs.opened(self._conversation.chat) as tab:
            try:
                await send(start)
                await self._serve(tab, receive, send)
            except* OSError:
                pass  # whoever read has gone, or has taken nothing for too long

    async def _serve(self, tab: Tab, receive: Receive, send: Send) -> None:
        async with asyncio.TaskGroup() as group:
            others = (
                group.create_task(self._watch(tab)),
                group.create_task(self._ping(tab)),
                group.create_task(_listen(tab, receive)),
            )
            tab.put(frames.AGAIN)
            while text := await tab.taken():
                await _send(send, text, more=True)
            for other in others:
                other.cancel()
        await _send(send, "", more=False)

    async def _watch(self, tab: Tab) -> None:
        watch = Watch(tab, self._transcript, self._conversation, self._after)
        while True:
            await watch.look()
            await self._clock.sleep(LOOK_S)

    async def _ping(self, tab: Tab) -> None:
        while True:
            await self._clock.sleep(PING_S)
            tab.put(frames.PING)


async def _listen(tab: Tab, receive: Receive) -> None:
    """Wait for the reader to leave."""
    while (await receive())["type"] != "http.disconnect":
        pass
    tab.close()


async def _send(send: Send, text: str, *, more: bool) -> None:
    # a model may say half a character, which no line carries
    body = text.encode("utf-8", "replace")
    async with asyncio.timeout(_PATIENCE_S):
        await send({"type": "http.response.body", "body": body, "more_body": more})
