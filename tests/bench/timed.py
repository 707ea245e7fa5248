"""`anima run` that notes the time at every step of a message: `-m tests.bench.timed CONFIG OUT`."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from anima.steps import Delivered, Ended, Step
from service import logs, settings
from service.compose import composed
from service.run import live, signalled
from service.telegram import telegram
from tests.bench.way import (
    ASKING,
    CLAIMED,
    DELIVERED,
    ENDED,
    FIRST,
    HEARD,
    HEARING,
    LAST,
    SENDING,
    SENT,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """Which stage was over when, and how much processor time the process had taken by then."""

    made: list[tuple[str, float, float]] = field(default_factory=list)

    def __call__(self, stage: str) -> None:
        """*stage* is over now."""
        self.made.append((stage, monotonic(), process_time()))


class Timed:
    """Passes everything on to *inner*; what is timed stands in the classes below."""

    def __init__(self, inner: Any, mark: Callable[[str], None]) -> None:
        self._inner = inner
        self._mark = mark

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class TimedLedger(Timed):
    """Marks what is durable."""

    async def hear(self, arrivals: Sequence[Any]) -> int:
        self._mark(HEARING)
        new: int = await self._inner.hear(arrivals)
        self._mark(HEARD)
        return new

    async def claim(self, limit: int, bots: Any) -> Sequence[Any]:
        claims: Sequence[Any] = await self._inner.claim(limit, bots)
        if claims:
            self._mark(CLAIMED)
        return claims

    async def write(self, claim: Any, *steps: Step) -> None:
        await self._inner.write(claim, *steps)
        for kind, stage in ((Ended, ENDED), (Delivered, DELIVERED)):
            if any(isinstance(step, kind) for step in steps):
                self._mark(stage)


class TimedBackend(Timed):
    """Marks the question, the first delta and the last."""

    async def stream(self, prompt: Any, soul: Any) -> AsyncGenerator[Any, None]:
        self._mark(ASKING)
        stage = FIRST
        async for delta in self._inner.stream(prompt, soul):
            if stage == FIRST:
                self._mark(stage)
                stage = LAST
            yield delta
        self._mark(stage)


class TimedChannel(Timed):
    """Marks what leaves."""

    async def send(self, *place_and_text: Any, **about: Any) -> str:
        self._mark(SENDING)
        message: str = await self._inner.send(*place_and_text, **about)
        self._mark(SENT)
        return message


async def run(config: Path, out: Path) -> None:
    """Serve until SIGTERM, then write the marks to *out*."""
    marks = Marks()
    chosen = settings.load(config, os.environ)
    async with AsyncExitStack() as stack:
        stopped = stack.enter_context(signalled())
        house = await stack.enter_async_context(composed(chosen))
        _time(house, marks)
        await stack.enter_async_context(telegram(chosen, house))
        for name, channel in house.channels.items():
            house.channels[name] = TimedChannel(channel, marks)
        await live(house, stopped)
    await asyncio.to_thread(out.write_text, json.dumps(marks.made))


def _time(house: Any, marks: Marks) -> None:
    """Put the timed parts where the others were: the composition has no door for a profile."""
    house.ledger = TimedLedger(house.ledger, marks)
    parts = house.attendant._parts
    house.attendant._parts = replace(parts, ledger=house.ledger)
    persona = house.company.at("telegram").role.persona
    persona._backend = TimedBackend(persona._backend, marks)


if __name__ == "__main__":
    logs.configure(sys.stderr, level=logs.LEVELS["info"])
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2])))
