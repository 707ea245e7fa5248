"""The model server's process, from its start until it ends or is ended."""

import asyncio
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import httpx2

from anima.errors import BackendUnavailable
from anima.ports import Clock
from backend.llama import LISTENING

LOAD_S: Final = 300.0
"""Longest time to load; a large file on a slow disk takes its time."""

LOOK_AGAIN_S: Final = 0.1
LAST_WORDS: Final = 5


def command(model: Path, context: int) -> tuple[str, ...]:
    """The real server, over *model*."""
    return (
        *(sys.executable, "-m", "backend.llama"),
        *("--model", str(model.absolute()), "--context", str(context)),
    )


class Llama:
    """A model server that runs: where it is, and the key it wants."""

    def __init__(self, process: Process, told: Callable[[str], object]) -> None:
        self._process = process
        self._told = told
        self._last: deque[str] = deque(maxlen=LAST_WORDS)
        self.url = ""
        self.key = secrets.token_urlsafe(24)

    async def ended(self) -> str:
        """Wait until it ends by itself or is killed; the last thing it said."""
        while (await self._line()) is not None:
            pass
        code = await self._process.wait()
        return f"the model server ended with {code}: {self._last[-1] if self._last else 'silent'}"

    def end(self) -> None:
        """Kill it; it has nothing to save."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                # not by `Process.kill`: where that finds it dead, `wait` learns no code any more
                os.kill(self._process.pid, signal.SIGKILL)

    async def load(self, clock: Clock) -> None:
        """Hand over the key and wait until it answers. Raises `BackendUnavailable`."""
        if self._process.stdin is not None:
            with suppress(ConnectionError):  # it may be dead by now, as the next line tells
                self._process.stdin.write(f"{self.key}\n".encode())
                await self._process.stdin.drain()
        while not self.url:
            line = await self._line()
            if line is None:
                raise BackendUnavailable(await self.ended())
            if line.startswith(LISTENING):
                self.url = line.removeprefix(LISTENING)
        await self._healthy(clock)

    async def _healthy(self, clock: Clock) -> None:
        async with httpx2.AsyncClient(trust_env=False) as client:
            while True:
                try:
                    response = await client.get(f"{self.url}/health")
                except httpx2.HTTPError as error:
                    raise BackendUnavailable("the model server died at its start") from error
                if response.is_success:
                    return
                await clock.sleep(LOOK_AGAIN_S)

    async def _line(self) -> str | None:
        """The next line it writes, None at the end; one beyond all measure is skipped."""
        if self._process.stdout is None:
            return None
        try:
            read = await self._process.stdout.readline()
        except ValueError:
            return ""
        if not read:
            return None
        line = read.decode(errors="replace").strip()
        self._told(line)
        if line:
            self._last.append(line)
        return line


@asynccontextmanager
async def llama(
    line: Sequence[str], clock: Clock, told: Callable[[str], object]
) -> AsyncIterator[Llama]:
    """The server that *line* starts, ready while entered and gone afterwards.

    *told* hears what it writes. Raises `BackendUnavailable` when it does not come up.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *line,
            stdin=PIPE,  # its end tells the server that we are gone, even if we were killed
            stdout=PIPE,
            stderr=STDOUT,
            start_new_session=True,  # Ctrl+C is for us; we let it finish what it is writing
        )
    except OSError as error:
        raise BackendUnavailable(f"the model server cannot start: {error.strerror}") from error
    server = Llama(process, told)
    try:
        try:
            async with asyncio.timeout(LOAD_S):
                await server.load(clock)
        except TimeoutError as error:
            raise BackendUnavailable(f"the model is not loaded after {LOAD_S:g} s") from error
        yield server
    finally:
        server.end()
        await process.wait()
