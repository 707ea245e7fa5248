"""Whether every part answers, and in words what is wrong where one does not."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from anima.errors import AnimaError
from anima.ports import Clock
from anima.private import redact

OK = "ok"
OFF = "off"
LONGEST_REASON = 200
ADDRESS = re.compile(r"\b[\w+.-]+://\S+")


@dataclass(frozen=True, slots=True)
class Probe:
    """One part and how to try it: *ask* returns or raises an `AnimaError`; none: it is off."""

    name: str
    ask: Callable[[], Awaitable[object]] | None


@dataclass(frozen=True, slots=True)
class Report:
    """Whether all is well, and `ok`, `off` or the reason for each part."""

    ok: bool
    parts: dict[str, str]


class Health:
    """Tries all *probes* at once, each for *limit_s*, and keeps what it found for *ttl_s*."""

    def __init__(
        self, probes: Sequence[Probe], clock: Clock, *, ttl_s: float = 2, limit_s: float = 5
    ) -> None:
        self._probes = tuple(probes)
        self._clock = clock
        self._ttl_s = ttl_s
        self._limit_s = limit_s
        self._one_at_a_time = asyncio.Lock()
        self._found: tuple[float, Report] | None = None

    async def report(self) -> Report:
        """How things are now, or were a moment ago; a hundred askers try the parts once."""
        async with self._one_at_a_time:
            now = self._clock.elapsed()
            if self._found is None or now - self._found[0] >= self._ttl_s:
                self._found = (now, await self._try_all())
            return self._found[1]

    async def _try_all(self) -> Report:
        async with asyncio.TaskGroup() as group:
            tasks = {probe.name: group.create_task(self._try(probe)) for probe in self._probes}
        parts = {name: task.result() for name, task in tasks.items()}
        return Report(all(state in (OK, OFF) for state in parts.values()), parts)

    async def _try(self, probe: Probe) -> str:
        if probe.ask is None:
            return OFF
        try:
            async with asyncio.timeout(self._limit_s):
                await probe.ask()
        except AnimaError as error:
            return plainly(str(error)) or "not available"
        except TimeoutError:
            return f"no answer within {self._limit_s:g} s"
        return OK


def plainly(reason: str) -> str:
    """The first line of *reason*, without addresses and keys: anybody may read it."""
    first = redact(reason).partition("\n")[0]
    return ADDRESS.sub("its address", first).strip()[:LONGEST_REASON]
