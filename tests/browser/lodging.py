"""A whole service on a port, as `anima run` has it, with a soul whose words a test dictates."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anima.model import Delta, Prompt, Soul
from anima.ports import Backend, Clock
from backend.scripted import Scripted
from service import minds
from service.chat_page import chat_page
from service.compose import composed
from service.run import live
from service.web import app, serve
from tests.web_page import chosen, well


class Dictated(Scripted):
    """The port Backend: says a piece when it is told to; an empty one ends the answer."""

    def __init__(self) -> None:
        super().__init__([])
        self._pieces: asyncio.Queue[str] = asyncio.Queue()

    def says(self, *pieces: str) -> None:
        """Go on with *pieces*."""
        for piece in pieces:
            self._pieces.put_nowait(piece)

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        while piece := await self._pieces.get():
            yield Delta(piece)


class Failing(Scripted):
    """The port Backend: breaks at once, with words that are for nobody's eyes."""

    def __init__(self, error: Exception) -> None:
        super().__init__([])
        self._error = error

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        raise self._error
        yield Delta()


def echo(prompt: Prompt) -> str:
    """What the person said last."""
    return f"You said: {prompt[-1].content.splitlines()[-1]}"


@asynccontextmanager
async def lodging(
    folder: Path, backend: Backend, *, port: int = 0, clock: Clock | None = None, **tables: Any
) -> AsyncIterator[str]:
    """The address of a service in *folder* while it runs; it stops without waiting for answers."""
    settings, stopped = chosen(folder, **tables), asyncio.Event()
    async with (
        composed(settings, clock=clock, mind=minds.Mind(backend, well)) as house,
        chat_page(settings, house) as page,
        serve(
            app(house.health(), house.registry, page.routes, page.guarded), "127.0.0.1", port
        ) as url,
        asyncio.TaskGroup() as group,
    ):
        living = group.create_task(live(house, stopped))
        try:
            yield url
        finally:
            page.close()
            living.cancel()
