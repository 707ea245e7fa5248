"""What the builtin embedder costs who waits, and in memory: ours with it against ours without."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench import loads
from tests.bench.contender import ANIMA, EMBEDDING, Contender
from tests.bench.match import Home, Player, folder, player
from tests.bench.measures import Results
from tests.bench.table import table

_ROUNDS: Final = 4
_MESSAGES: Final = 15
_PAUSE_S: Final = 0.2
"""Until what was said is read: nobody answers sooner, and what is in the background has its time.
"""

_BARS: Final = {"added before the model is asked, ms": 5.0, "memory after the talk, MB": 160.0}
"""What it may cost more."""


async def measured(python: Path) -> tuple[str, list[str]]:
    """A table, and the names of what costs too much."""
    async with AsyncExitStack() as stack:
        plain, embedding = [
            await stack.enter_async_context(_ready(python, one)) for one in (ANIMA, EMBEDDING)
        ]
        waited: dict[str, list[float]] = {plain.name: [], embedding.name: []}
        for _ in range(_ROUNDS):
            for one in (plain, embedding):
                waited[one.name] += await loads.think_and_talk(one.far, _MESSAGES, _PAUSE_S)
        added = (median(each) * 1000 for each in waited.values())
        memory = (one.bot.resident_mb() for one in (plain, embedding))
        values = [(name, *pair) for name, pair in zip(_BARS, (added, memory), strict=True)]
    missed = [name for name, without, with_ in values if with_ - without > _BARS[name]]
    rows = [
        (
            name,
            f"{without:.1f}",
            f"{with_:.1f}",
            f"{with_ - without:.1f}",
            f"≤ {_BARS[name]:g}",
            "NO" if name in missed else "yes",
        )
        for name, without, with_ in values
    ]
    head = ("with the builtin embedder", "without", "with", "more", "bar", "holds")
    return table(head, rows), missed


@asynccontextmanager
async def _ready(python: Path, contender: Contender) -> AsyncIterator[Player]:
    """At work, with all that it needs loaded."""
    with folder() as place:
        async with player(Home(python, contender, place), Results()) as made:
            yield made
