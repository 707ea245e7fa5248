"""A backend whose client takes half a second to load, which nobody has to wait for at start."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Protocol

from anima.model import Delta, Prompt, Soul


class Server(Protocol):
    """A backend that can be asked how it is, and closed."""

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]: ...

    async def probe(self) -> None: ...

    async def aclose(self) -> None: ...


class Later:
    """The port Backend over what *build* gives, once, in a thread, when it is first needed."""

    def __init__(self, build: Callable[[], Server]) -> None:
        self._build = build
        self._built: Server | None = None
        self._building = asyncio.Lock()

    async def built(self) -> Server:
        """The backend itself. Raises what building it raises."""
        async with self._building:
            if self._built is None:
                self._built = await asyncio.to_thread(self._build)
            return self._built

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        built = self._built
        return built.stream(prompt, soul) if built else self._first(prompt, soul)

    async def probe(self) -> None:
        """Ask the backend how it is."""
        await (await self.built()).probe()

    async def aclose(self) -> None:
        """Close the backend, if it was ever needed."""
        if self._built is not None:
            await self._built.aclose()

    async def _first(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        built = await self.built()
        async with aclosing(built.stream(prompt, soul)) as deltas:
            async for delta in deltas:
                yield delta
