"""Two threads for one model: all else makes way for questions, in whichever thread they are."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class Threads:
    """Does pieces of work off the loop; to be entered, and left when nothing is asked any more."""

    def __init__(self, name: str) -> None:
        self._questions = ThreadPoolExecutor(1, f"{name} asked")
        self._others = ThreadPoolExecutor(1, name)
        self._turn = asyncio.Lock()
        self._asked = 0
        self._counting = Lock()
        self._quiet = asyncio.Event()

    def begin(self, work: Callable[[], T]) -> Future[T]:
        """Do *work* beside everything, whether or not somebody waits for it."""
        return self._others.submit(work)

    async def question(self, work: Callable[[], T]) -> T:
        """Do *work* now."""
        with self.asked():
            return await _done(self._questions, work)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While somebody is asked, in whichever thread, no piece is begun."""
        with self._counting:
            self._asked += 1
        try:
            yield
        finally:
            with self._counting:
                self._asked -= 1
            if self._turn.locked():
                self._loop.call_soon_threadsafe(self._quiet.set)

    async def piece(self, work: Callable[[], T]) -> T:
        """Do *work*, which is a short piece of more, when it is its turn and nobody asks."""
        async with self._turn:
            self._quiet.clear()  # before it is known who asks: else the end of that might be missed
            while self._asked:
                await self._quiet.wait()
                self._quiet.clear()
            return await _done(self._others, work)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pool in (self._questions, self._others):
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)


async def _done(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, work)
