"""The process in which an engine of speech runs: started when it is first needed, and again."""

import asyncio
import secrets
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from anima.errors import VoiceUnavailable
from anima.ports import Clock, Witness
from voice.speech_server import LISTENING

LOAD_S: Final = 300.0
"""Longest time to load; a large model on a slow disk takes its time."""

REST_S: Final = 30.0
"""So long one that could not start is left alone."""

_LONGEST_REASON: Final = 300
_PACKAGE: Final = Path(__file__).parent
_BOOT: Final = """
import runpy, sys, types
voice = sys.modules["voice"] = types.ModuleType("voice")
voice.__path__ = [sys.argv.pop(1)]
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""
"""Another Python finds our servers by this, and nothing else of what is installed with us."""


def command(module: str, *words: str, python: str = "") -> tuple[str, ...]:
    """The server *module*, in another *python* if one is named."""
    if not python:
        return (sys.executable, "-m", f"voice.{module}", *words)
    return (python, "-P", "-c", _BOOT, str(_PACKAGE), f"voice.{module}", *words)


class SpeechProcess:
    """The server that *line* starts. To be entered; it ends with that.

    Loading goes on when who asked first does not wait any more: the next one finds it ready.
    """

    def __init__(self, line: Sequence[str], clock: Clock, witness: Witness) -> None:
        self._line = line
        self._clock = clock
        self._witness = witness
        self._group = asyncio.TaskGroup()
        self._starting: asyncio.Task[str | VoiceUnavailable] | None = None
        self._process: Process | None = None
        self._rests_until = 0.0
        self.key: Final = secrets.token_urlsafe(24)

    def begin(self) -> asyncio.Task[str | VoiceUnavailable]:
        """Have it loaded, if it is not: what comes of that."""
        if self._starting is None or self._is_over(self._starting):
            self._starting = self._group.create_task(self._started())
        return self._starting

    async def url(self) -> str:
        """Where it answers, once it does. Raises `VoiceUnavailable`."""
        found = await asyncio.shield(self.begin())
        if isinstance(found, VoiceUnavailable):
            raise VoiceUnavailable(str(found)) from found
        return found

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._starting is not None:
            self._starting.cancel()
        # an error of the body goes on as it is, not wrapped in a group
        if not isinstance(error, asyncio.CancelledError):
            kind = error = trace = None
        try:
            await self._group.__aexit__(kind, error, trace)
        finally:
            await self._end()

    def _is_over(self, starting: asyncio.Task[str | VoiceUnavailable]) -> bool:
        """Whether it may be started again: it died, or failed long enough ago."""
        if not starting.done():
            return False
        if self._process is not None:
            return self._process.returncode is not None
        return self._clock.elapsed() >= self._rests_until

    async def _started(self) -> str | VoiceUnavailable:
        try:
            url = await self._start()
        except VoiceUnavailable as error:
            self._rests_until = self._clock.elapsed() + REST_S
            self._witness.note("voice away", reason=str(error))
            return error
        self._witness.note("voice ready")
        return url

    async def _start(self) -> str:
        with tempfile.TemporaryFile() as words:
            try:
                process = await asyncio.create_subprocess_exec(
                    *self._line,
                    stdin=PIPE,  # its end tells the server that we are gone, even if killed
                    stdout=PIPE,
                    stderr=words,
                    start_new_session=True,  # Ctrl+C is for us
                )
            except OSError as error:
                raise VoiceUnavailable(f"the voice cannot start: {error.strerror}") from error
            self._process, url = process, ""
            try:
                url = await self._announced(process, words)
            finally:
                if not url:
                    await self._end()
            return url

    async def _announced(self, process: Process, words: IO[bytes]) -> str:
        if process.stdin is None or process.stdout is None:
            raise VoiceUnavailable("the voice cannot be talked to")
        try:
            process.stdin.write(f"{self.key}\n".encode())
            async with asyncio.timeout(LOAD_S):
                line = await process.stdout.readline()
        except TimeoutError as error:
            raise VoiceUnavailable(f"the voice is not loaded after {LOAD_S:g} s") from error
        if line.startswith(LISTENING.encode()):
            return line.decode().removeprefix(LISTENING).strip()
        await process.wait()
        raise VoiceUnavailable(_last(words) or "the voice died at its start")

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()


def _last(words: IO[bytes]) -> str:
    words.seek(0)
    lines = words.read().decode(errors="replace").strip().splitlines()
    return lines[-1].strip()[:_LONGEST_REASON] if lines else ""
