"""One vLLM server, whose souls may be adapters that it does not have yet."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from anima.errors import BackendUnavailable
from anima.model import Delta, Prompt, Soul
from anima.ports import Clock
from backend.adapters import Adapters
from backend.later import Server
from backend.signs import AdapterRefused, status

AT_ONCE_S: Final = 1.0
"""A line that breaks so soon was one that the server had dropped before we used it again."""

UNKNOWN: Final = 404


class Adapted:
    """The port Backend over a *server* and its *adapters*.

    A soul with an adapter speaks under its own name. Adapters that the server lost are loaded
    again, and the question is asked again, once, before the first delta. *redials*: a line that
    broke at once is tried a second time, which a server with retries of its own has done already.
    """

    def __init__(
        self, server: Server, adapters: Adapters, clock: Clock, *, redials: bool = False
    ) -> None:
        self._server = server
        self._adapters = adapters
        self._clock = clock
        self._redials = redials

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        named = replace(soul, model=soul.model or soul.name) if soul.adapter else soul
        for last in (False, True):
            began, begun, loading = self._clock.elapsed(), False, 0
            try:
                if named.adapter:
                    loading = await self._adapters.ready(named)
                async with aclosing(self._server.stream(prompt, named)) as deltas:
                    async for delta in deltas:
                        begun = True
                        yield delta
            except BackendUnavailable as error:
                self._learn(error, named, loading)
                if last or begun or not self._passes(error, named, began):
                    raise
            else:
                return

    async def probe(self) -> None:
        """Raise `BackendUnavailable` unless the server answers and takes the key."""
        await self._server.probe()

    async def aclose(self) -> None:
        """Hang up."""
        await self._adapters.aclose()
        await self._server.aclose()

    def _learn(self, error: BackendUnavailable, soul: Soul, loading: int) -> None:
        if error.connection:
            self._adapters.forget()
        elif _lost(error, soul):
            self._adapters.lose(soul, loading)

    def _passes(self, error: BackendUnavailable, soul: Soul, began: float) -> bool:
        """Whether the same question may fare better at once."""
        at_once = self._clock.elapsed() - began < AT_ONCE_S
        return _lost(error, soul) or (self._redials and error.connection and at_once)


def _lost(error: BackendUnavailable, soul: Soul) -> bool:
    known = not soul.adapter or isinstance(error, AdapterRefused)
    return not known and status(error) == UNKNOWN
