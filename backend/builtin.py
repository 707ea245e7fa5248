"""The model that comes with Anima: an answer without any key."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self

from anima.errors import BackendUnavailable, Refused, Unavailable
from anima.model import Delta, Prompt, Soul
from anima.ports import Backend, Clock, Witness
from backend.llama import ALIAS
from backend.llama_process import Llama, llama
from backend.openai_compatible import Limits, OpenAICompatible
from backend.scripted import Scripted
from backend.stand_in import excuse
from backend.standing import Standing
from backend.trouble import Passing
from backend.waiting import waiting
from backend.weights import Weights
from backend.weights_search import Finder

SOON_S: Final = 5.0
"""A small model loads in two seconds: who asks meanwhile gets its answer, not an excuse."""

SEARCH_AGAIN_S: Final = 300.0
"""A network that was away comes back without telling us."""

PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 60.0
STEADY_S: Final = 60.0
"""A server that ran for so long and died is started again at once."""

BODY: Final[Mapping[str, object]] = MappingProxyType({"repeat_penalty": 1.0, "cache_prompt": True})
"""A penalty of 1.1 made a small model avoid its own name and the cat's; and what was read once need
not be read again."""


class Builtin:
    """The port Backend over a model server of our own, which it fetches, starts and restarts.

    Until that server answers, a script says honestly what everybody waits for. To be entered; the
    server ends with it.
    """

    def __init__(
        self,
        finder: Finder,
        command: Callable[[Path], Sequence[str]],
        *,
        clock: Clock,
        witness: Witness,
        limits: Limits | None = None,
        body: Mapping[str, object] | None = None,
        told: Callable[[str], object] = lambda _line: None,
    ) -> None:
        self._finder = finder
        self._command = command
        self._clock = clock
        self._witness = witness
        self._limits = limits or Limits()
        self._body = {**BODY, **(body or {})}
        self._told = told
        self._standing = Standing("loading")
        self._server: OpenAICompatible | None = None
        self._spent: OpenAICompatible | None = None
        self._settled = asyncio.Event()  # nobody gains anything by waiting a little
        self._was_up = False
        self._running: Llama | None = None
        self._script = Scripted(self._line)
        self._group = asyncio.TaskGroup()

    def progress(self) -> Standing:
        """What it is doing right now."""
        return self._standing

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        await self._soon()
        begun = False
        try:
            async with aclosing(self._deltas(prompt, soul)) as deltas:
                async for delta in deltas:
                    begun = True
                    yield delta
        except Passing as error:
            if begun or not error.connection:
                raise
        else:
            return
        # it died before it said a word, and we may know that before the system tells us
        self._bury()
        await self._soon()
        async with aclosing(self._deltas(prompt, soul)) as deltas:
            async for delta in deltas:
                yield delta

    def _deltas(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        backend: Backend = self._server or self._script
        return backend.stream(prompt, replace(soul, model=ALIAS))

    def _bury(self) -> None:
        self._settled.clear()
        if self._running is not None:
            self._running.end()

    async def probe(self) -> None:
        """Raise `BackendUnavailable` when the model answered once and does not now."""
        if self._server is not None:
            await self._server.probe()
        elif self._was_up:
            raise BackendUnavailable(self._standing.reason or "the model is being loaded again")

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        self._life = self._group.create_task(self._live())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._life.cancel()
        # an error of the body goes on as it is, not wrapped in a group; being cancelled is a
        # matter between the task and its group
        if not isinstance(error, asyncio.CancelledError):
            kind = error = trace = None
        try:
            await self._group.__aexit__(kind, error, trace)
        finally:
            for server in (self._server, self._spent):
                if server is not None:
                    await server.aclose()

    async def _live(self) -> None:
        while True:
            try:
                file = await self._finder.find(self._fetching)
            except Refused as error:
                self._give_up(str(error))
                return
            except Unavailable as error:
                self._give_up(str(error))
                await self._clock.sleep(SEARCH_AGAIN_S)
            else:
                await self._keep(file)

    async def _keep(self, file: Path) -> None:
        """Serve *file*, and again after each death, ever later while it does not live long."""
        pause_s = PAUSE_S
        while True:
            self._settled.clear()
            self._standing = Standing("loading", file.stem)
            began = self._clock.elapsed()
            reason = await self._serve(file)
            if self._clock.elapsed() - began > STEADY_S:
                pause_s = PAUSE_S
            self._give_up(reason, file.stem)
            await self._clock.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    async def _serve(self, file: Path) -> str:
        """Run one server until it ends; why it did."""
        try:
            async with llama(self._command(file), self._clock, self._told) as server:
                await self._take(server, file)
                return await server.ended()
        except Unavailable as error:
            return str(error)
        finally:
            self._settled.clear()
            if self._server is not None:
                self._server, self._spent = None, self._server

    async def _take(self, server: Llama, file: Path) -> None:
        if self._spent is not None:  # by now nothing streams from the one that died
            await self._spent.aclose()
            self._spent = None
        self._running = server
        self._server = OpenAICompatible(
            f"{server.url}/v1",
            clock=self._clock,
            witness=self._witness,
            api_key=server.key,
            body=self._body,
            limits=self._limits,
        )
        self._standing = Standing("ready", file.stem)
        self._was_up = True
        self._settled.set()
        self._witness.note("model ready", weights=file.stem)

    def _fetching(self, weights: Weights, here: int) -> None:
        if self._standing.name != weights.name:
            self._witness.note("weights fetching", weights=weights.name, bytes=weights.bytes)
        self._standing = Standing("fetching", weights.name, here, weights.bytes)
        self._settled.set()

    def _give_up(self, reason: str, name: str = "") -> None:
        self._standing = Standing("stand-in", name, reason=reason)
        self._witness.note("model away", reason=reason)
        if not self._was_up:
            self._settled.set()

    async def _soon(self) -> None:
        """Wait a little for a server that is about to answer, and for no download."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SOON_S):
                await self._settled.wait()

    def _line(self, prompt: Prompt) -> str:
        standing = self._standing
        if standing.state == "fetching":
            megabytes = round(standing.whole / 1e6)
            return waiting("fetching", prompt, percent=standing.percent, megabytes=megabytes)
        if standing.state == "loading" or self._was_up:
            return waiting("loading", prompt)
        return excuse(prompt)
