"""Where the time of one message goes, stage by stage."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench import loads
from tests.bench.contender import settings
from tests.bench.farsides import far_sides
from tests.bench.process import running
from tests.bench.table import table
from tests.bench.way import HEARING, STAGES

_WARM_UP: Final = 25
_MESSAGES: Final = 150
_SETTLED_S: Final = 0.2

Mark = tuple[str, float, float]
"""A stage, and the clock and the processor time at its end."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one message by stage, on the clock and of processor time."""

    clock: dict[str, float]
    processor: dict[str, float]


async def profile(python: Path) -> str:
    """A table of the stages of one message in a calm chat: medians, in milliseconds."""
    with TemporaryDirectory(prefix="anima-bench-", dir="/var/tmp") as folder:
        out = Path(folder) / "marks.json"
        handed = await _talked(python, Path(folder), out)
        marks = json.loads(out.read_text(encoding="utf-8"))
    return _table(list(_messages(marks, handed))[_WARM_UP:])


async def _talked(python: Path, folder: Path, out: Path) -> list[float]:
    """Have a talk with a bot that notes its marks in *out*; when each update was handed to it."""
    async with far_sides() as far:
        words = ("-m", "tests.bench.timed", str(settings(far, folder)), str(out))
        async with running(python, words, folder):
            await far.first_poll()
            await loads.think_and_talk(far, _WARM_UP + _MESSAGES)
            await asyncio.sleep(_SETTLED_S)
        return list(far.handed)


def _messages(marks: Sequence[Mark], handed: Sequence[float]) -> Iterator[Spent]:
    """The marks, message by message; a message begins when its update is *handed* over."""
    begins = [at for at, (stage, _, _) in enumerate(marks) if stage == HEARING]
    for given, at, end in zip(handed, begins, [*begins[1:], None], strict=True):
        _, clock, processor = marks[at]
        before = marks[at - 1][2] if at else 0.0
        spent = Spent(dict.fromkeys(STAGES, 0.0), dict.fromkeys(STAGES, 0.0))
        spent.clock[HEARING] = (clock - given) * 1000
        spent.processor[HEARING] = (processor - before) * 1000
        for (_, *was), (stage, *now) in pairwise(marks[at:end]):
            spent.clock[stage] += (now[0] - was[0]) * 1000
            spent.processor[stage] += (now[1] - was[1]) * 1000
        yield spent


def _table(messages: Sequence[Spent]) -> str:
    rows = [
        (
            stage,
            f"{median(one.clock[stage] for one in messages):.2f}",
            f"{median(one.processor[stage] for one in messages):.2f}",
        )
        for stage in STAGES
    ]
    whole = (
        "all of it",
        f"{median(sum(one.clock.values()) for one in messages):.2f}",
        f"{median(sum(one.processor.values()) for one in messages):.2f}",
    )
    return table(("stage", "clock ms", "processor ms"), [*rows, whole])
