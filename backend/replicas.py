"""Several servers of the same models, used as one."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import AsyncExitStack, aclosing
from functools import partial
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

from anima.errors import BackendUnavailable
from anima.model import Delta, Prompt, Soul
from anima.ports import Clock, Witness
from backend.breaker import Breaker
from backend.later import Later, Server
from backend.placing import placed
from backend.signs import Resting, elsewhere

FULL: Final = 32
"""With more of our streams than this at one server the next one's cold cache is the lesser evil."""

Build = Callable[[str, str], Server]
"""Makes the server at a base URL that shall be noted under a name."""


class Replica:
    """One of the servers, behind its breaker. *open* counts the streams that we have there."""

    def __init__(self, url: str, server: Later, breaker: Breaker) -> None:
        self.url = url
        self.server = server
        self.breaker = breaker
        self.open = 0

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        """The answer of this one."""
        self.open += 1
        try:
            async with aclosing(self.breaker.stream(prompt, soul)) as deltas:
                async for delta in deltas:
                    yield delta
        finally:
            self.open -= 1


class Replicas:
    """The port Backend over the servers at *urls*, each made by *build* when it is first needed.

    An adapter has its own order of servers, which neither a restart nor a change of others moves,
    and is asked of the first that is not away; a soul without one, of the server with the fewest
    open streams. A failure before the first delta goes on to the next server at once. To be
    entered before the first question; the servers are closed at the end.
    """

    def __init__(
        self,
        urls: Iterable[str],
        build: Build,
        *,
        name: str,
        clock: Clock,
        witness: Witness,
    ) -> None:
        self._replicas: dict[str, Replica] = {}
        places = distinct(urls)
        for url in places:
            called = name if len(places) == 1 else f"{name} at {_place(url)}"
            server = Later(partial(build, url, called))
            breaker = Breaker(server, called, clock=clock, witness=witness)
            self._replicas[url] = Replica(url, server, breaker)
        self._stack = AsyncExitStack()

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        tried: dict[str, BackendUnavailable] = {}
        while (replica := await self._next(soul, tried)) is not None:
            begun = False
            try:
                async with aclosing(replica.stream(prompt, soul)) as deltas:
                    async for delta in deltas:
                        begun = True
                        yield delta
            except BackendUnavailable as error:
                if begun or not elsewhere(error):
                    raise
                tried[replica.url] = error
            else:
                return
        raise self._nobody(tried)

    @property
    def away(self) -> str:
        """Why none of them is asked; empty while one is."""
        reasons = [each.breaker.away for each in self._replicas.values()]
        return "; ".join(reasons) if all(reasons) else ""

    async def prepare(self) -> None:
        """Have ready what the first question needs."""
        for replica in self._replicas.values():
            await replica.server.built()

    async def probe(self) -> None:
        """Raise `BackendUnavailable` when none of them is well."""
        found: dict[str, BackendUnavailable] = {}

        async def probe(replica: Replica) -> None:
            try:
                await replica.breaker.probe()
            except BackendUnavailable as error:
                found[replica.url] = error

        async with asyncio.TaskGroup() as group:
            for replica in self._replicas.values():
                group.create_task(probe(replica))
        if len(found) == len(self._replicas):
            raise self._nobody(found)

    async def __aenter__(self) -> Self:
        for replica in self._replicas.values():
            self._stack.push_async_callback(replica.server.aclose)
            await self._stack.enter_async_context(replica.breaker)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def _next(self, soul: Soul, tried: dict[str, BackendUnavailable]) -> Replica | None:
        """The best one that was not asked yet; where nobody else can be, also one come back."""
        left = [each for each in self._order(soul) if each.url not in tried]
        if not soul.fallback and all(each.breaker.away for each in left):
            async with asyncio.TaskGroup() as group:
                for each in left:
                    group.create_task(each.breaker.look())
        return next((each for each in left if not each.breaker.away), None)

    def _order(self, soul: Soul) -> list[Replica]:
        """Where to ask, best first."""
        key = soul.model or soul.name
        order = [self._replicas[url] for url in placed(self._replicas, key)]
        if soul.adapter:
            return sorted(order, key=lambda each: max(0, each.open - FULL))
        return sorted(order, key=lambda each: each.open)

    def _nobody(self, tried: dict[str, BackendUnavailable]) -> BackendUnavailable:
        """Why all of them failed, in one line."""
        failures = {
            each.breaker.name: tried.get(each.url) or each.breaker.resting()
            for each in self._replicas.values()
        }
        found = [failure for failure in failures.values() if failure]
        if len(failures) == len(found) == 1:
            return found[0]
        kind = Resting if all(isinstance(each, Resting) for each in found) else BackendUnavailable
        reason = "; ".join(f"{name}: {failure}" for name, failure in failures.items())
        return kind(reason, connection=all(each.connection for each in found))


def distinct(urls: Iterable[str]) -> tuple[str, ...]:
    """Each server once, however it is written."""
    return tuple(dict.fromkeys(url.rstrip("/") for url in urls))


def _place(url: str) -> str:
    """What tells this server from the others, without a password that may stand in its URL."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] + parts.path.removesuffix("/v1")
