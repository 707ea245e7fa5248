"""Whether a recording is good enough to clone a voice from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anima.errors import Inaudible
from voice import opus
from voice.pcm import Pcm

if TYPE_CHECKING:
    import numpy as np  # loaded when it is needed
    from numpy.typing import NDArray

SHORTEST_S: Final = 6.0
LONGEST_S: Final = 30.0
"""Less is too little to know a voice by; more makes nothing better and everything slower."""

SOFT_DB: Final = -35.0
LOUD_DB: Final = -6.0
CLIPPED: Final = 0.001
"""One sample in a thousand at the very edge is heard as a crackle."""

CLEAN_DB: Final = 25.0
"""So much softer than the voice must be what is heard in its pauses; the clone copies both."""

RATE: Final = 24_000
MOST_BYTES: Final = 64 << 20

_EDGE: Final = 0.985
_BLOCK_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """What a recording is like; *noise_db* is the level in its pauses."""

    duration_s: float
    loudness_db: float
    noise_db: float
    clipped: float
    channels: int = 1

    def faults(self) -> Iterator[str]:
        """What is wrong with it, and what to do, a line each."""
        if self.duration_s < SHORTEST_S:
            yield f"{self.duration_s:.1f} s is too short; record {SHORTEST_S:g} to {LONGEST_S:g} s"
        if self.duration_s > LONGEST_S:
            yield f"{self.duration_s:.1f} s is too long; cut it to {LONGEST_S:g} s"
        if self.loudness_db < SOFT_DB:
            yield f"it is too soft ({self.loudness_db:.0f} dB); go nearer to the microphone"
        if self.loudness_db > LOUD_DB or self.clipped > CLIPPED:
            yield f"it is too loud ({self.clipped:.1%} of it is cut off); turn the microphone down"
        if self.loudness_db - self.noise_db < CLEAN_DB:
            yield (
                f"there is noise in its pauses ({self.noise_db:.0f} dB under a voice of "
                f"{self.loudness_db:.0f} dB); record it in a quiet room"
            )
        if self.channels > 1:
            yield f"it has {self.channels} channels; one is enough, and two may not agree"

    def __str__(self) -> str:
        return f"{self.duration_s:.1f} s, {self.loudness_db:.0f} dB, noise {self.noise_db:.0f} dB"


def examine(path: Path) -> Sample:
    """What the recording at *path* is like. It takes a while: call it in a thread.

    Raises `Inaudible` for what is no sound, and `Unavailable` where PyAV is missing.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
    except OSError as error:
        raise Inaudible(f"it cannot be read: {(error.strerror or 'unusable').lower()}") from error
    sound = opus.heard(content, RATE)
    return measured(sound, opus.channels(content))


def measured(sound: Pcm, channels: int = 1) -> Sample:
    """What *sound* is like."""
    import numpy as np  # noqa: PLC0415  # only those who check a sample wait for it

    levels = sound.levels()
    block = max(1, round(_BLOCK_S * sound.rate))
    whole = levels[: len(levels) // block * block].reshape(-1, block)
    loud = np.sqrt(np.mean(whole * whole, axis=1)) if len(whole) else np.abs(levels)
    return Sample(
        sound.duration_s,
        _db(np.percentile(loud, 75)),
        _db(np.percentile(loud, 5)),
        float(np.mean(np.abs(levels) > _EDGE)),
        channels,
    )


def _db(level: "np.floating[Any] | NDArray[Any]") -> float:
    import numpy as np  # noqa: PLC0415  # as above

    return 20 * float(np.log10(max(float(level), 1e-5)))
