"""A bot as a process of its own: what it costs, and its end."""

import asyncio
import os
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.contender import ROOT

_END_S: Final = 15.0
_LOG: Final = "out.log"
_LAST_WORDS: Final = 2000


_BROKEN: Final = "Traceback"


class Broken(Exception):
    """A bot ended by itself or did not do all that it should: its numbers are worth nothing."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs; *started_at* on the monotonic clock."""

    process: Process
    started_at: float

    def processor_s(self) -> float:
        """Processor time so far, of all its threads and children, in user and kernel mode."""
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in _family(self.process.pid))

    def resident_mb(self) -> float:
        """What it and its children hold in memory now."""
        return sum(_status(pid, "VmRSS") for pid in _family(self.process.pid)) / 1024


@asynccontextmanager
async def running(python: Path, words: Sequence[str], folder: Path) -> AsyncIterator[Running]:
    """`python words...` in *folder*, ended when this is left, whatever happened."""
    log = folder / _LOG
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    started_at = time.monotonic()
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            python, *words, cwd=folder, env=environ, stdout=output, stderr=output
        )
    try:
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(_watch(process, log))
            yield Running(process, started_at)
            watching.cancel()
    finally:
        await _ended(process)
    said = await asyncio.to_thread(_read, log)
    if _BROKEN in said:
        raise Broken(f"something broke in {words}:\n{said[said.index(_BROKEN) :][:_LAST_WORDS]}")


async def _watch(process: Process, log: Path) -> None:
    """Whoever waits for a bot that has died learns it at once."""
    code = await process.wait()
    said = await asyncio.to_thread(_read, log)
    raise Broken(f"a bot ended by itself with {code}:\n{said[-_LAST_WORDS:]}")


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")


async def _ended(process: Process) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        process.send_signal(number)
        try:
            async with asyncio.timeout(_END_S):
                await process.wait()
        except TimeoutError:
            continue


def _family(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from _family(int(child))


def _status(pid: int, key: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))
