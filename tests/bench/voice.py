"""What we add to the time of an engine of speech, and what ten notes do to somebody who writes."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Final

from prometheus_client import CollectorRegistry

from anima.clock import SystemClock
from anima.errors import VoiceUnavailable
from anima.ids import Ids
from anima.model import Said
from anima.sound import Manner
from service.shelf import Shelf
from service.speaking import Speaking
from service.witness import LoggedWitness
from tests.bench.table import table
from voice.aloud import Aloud, Bounds
from voice.booths import Booths
from voice.pcm import Pcm, of_levels

NOTE_MS: Final = 30.0
"""Added to a note, besides what its sound costs."""
SECOND_MS: Final = 20.0
"""Added for each second of sound."""
SLOWER_MS: Final = 10.0
"""By so much ten notes may slow down a step of somebody who writes."""

_SHORT_S, _LONG_S = 1.0, 11.0
_ROUNDS: Final = 7
_TOGETHER: Final = 10
_STEP_S: Final = 0.002
_RATE: Final = 24_000


class _Engine:
    """Has its sound ready, of the length that its words say."""

    def __init__(self) -> None:
        self._sounds = {"short": _sung(_SHORT_S), "long": _sung(_LONG_S)}

    def limit(self, language: str) -> int:
        del language
        return 400

    async def say(self, words: str, manner: Manner) -> Pcm:
        del manner
        return self._sounds[words.strip(".")]


def _sung(seconds: float) -> Pcm:
    import numpy as np  # noqa: PLC0415 - the bench of those who have no voice needs none

    at = np.arange(round(seconds * _RATE)) / _RATE
    return of_levels((np.sin(2 * np.pi * 220 * at) * 0.4).astype(np.float32), _RATE)


@asynccontextmanager
async def _speaking(folder: Path) -> AsyncIterator[Speaking]:
    clock = SystemClock()
    async with Booths(2, _TOGETHER, 60, VoiceUnavailable) as booths:
        voice = Aloud(_Engine(), booths, Bounds())
        shelf = Shelf(folder / "voice", 3600, clock)
        yield Speaking(voice, shelf, LoggedWitness(CollectorRegistry()), late_s=60)


async def measured() -> tuple[str, Sequence[str]]:
    """The table, and the names of what does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        async with _speaking(Path(folder)) as speaking:
            await _took_ms(speaking, "short")
            short = [await _took_ms(speaking, "short") for _ in range(_ROUNDS)]
            long = [await _took_ms(speaking, "long") for _ in range(_ROUNDS)]
            alone = await _step_ms(0.5)
            async with asyncio.TaskGroup() as group:
                for _ in range(_TOGETHER):
                    group.create_task(_took_ms(speaking, "long"))
                beside = await _step_ms(0.5)
    second = (median(long) - median(short)) / (_LONG_S - _SHORT_S)
    found = {
        "a note, besides its sound": (median(short) - second * _SHORT_S, NOTE_MS),
        "a second of its sound": (second, SECOND_MS),
        "a step of who writes, while ten speak": (beside - alone, SLOWER_MS),
    }
    rows = [
        (name, f"{took:.2f}", f"≤ {bar:g}", "yes" if took <= bar else "NO")
        for name, (took, bar) in found.items()
    ]
    missed = [name for name, (took, bar) in found.items() if took > bar]
    return table(("aloud", "ms", "bar", "holds"), rows), missed


async def _took_ms(speaking: Speaking, words: str) -> float:
    """Processor time of all threads: others on the machine are no part of it."""
    said = Said(Ids(SystemClock()).next(), 1, words)
    began = process_time()
    if await speaking.note(said, words, Manner("en")) is None:
        raise VoiceUnavailable("the bench made no sound")
    return (process_time() - began) * 1000


async def _step_ms(seconds: float) -> float:
    """How late the loop comes back to somebody, the median of half a second of such waits."""
    late, until = [], monotonic() + seconds
    while monotonic() < until:
        began = monotonic()
        await asyncio.sleep(_STEP_S)
        late.append((monotonic() - began - _STEP_S) * 1000)
    return median(late)
