"""Places to work in: so many at once, so many who wait, and nobody for long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self, TypeVar

from anima.errors import HearingUnavailable, VoiceUnavailable

T = TypeVar("T")
Late = type[VoiceUnavailable] | type[HearingUnavailable]


class Booths:
    """At most *at_once* work, at most *waiting* wait for a place; after *late_s* all is over.

    Whoever comes too late or finds too many hears it as an *error*. Heavy work goes to threads of
    their own, so that it takes no thread from those who read and write files.
    """

    def __init__(self, at_once: int, waiting: int, late_s: float, error: Late) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = waiting
        self._waiting = 0
        self._late_s = late_s
        self._error = error
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="voice")

    @asynccontextmanager
    async def booth(self) -> AsyncIterator[None]:
        """A place to work in, for as long as it is not too late."""
        if self._free.locked() and self._waiting >= self._most:
            raise self._error(f"{self._waiting} wait already")
        try:
            async with asyncio.timeout(self._late_s), self._place():
                yield
        except TimeoutError as error:
            raise self._error(f"not ready within {self._late_s:g} s") from error

    async def thread(self, work: Callable[[], T]) -> T:
        """What *work* makes, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
