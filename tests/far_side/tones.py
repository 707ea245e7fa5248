"""Speech of our own kind: a tone for every half byte of a text, which Opus does not harm."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.pcm import Pcm, of_levels

STEP_S: Final = 0.04
LOW_HZ: Final = 600.0
APART_HZ: Final = 150.0
LEVEL: Final = 0.4
HEARD: Final = 0.05


def sung(text: str, rate: int = 24_000) -> Pcm:
    """*text* as tones."""
    steps = round(STEP_S * rate)
    at = np.arange(steps) / rate
    halves = [half for byte in text.encode() for half in (byte >> 4, byte & 15)]
    tones = [np.sin(2 * np.pi * (LOW_HZ + APART_HZ * half) * at) for half in halves]
    return of_levels(np.concatenate(tones).astype(np.float32) * LEVEL, rate)


def understood(sound: Pcm) -> str:
    """The text in *sound*; of what is no text of ours, nothing. Pauses are spaces."""
    said = [_text(part, sound.rate) for part in _parts(sound.levels(), sound.rate)]
    return " ".join(filter(None, said))


def _parts(levels: NDArray[np.float32], rate: int) -> list[NDArray[np.float32]]:
    """What lies between pauses of more than a step."""
    (loud,) = np.nonzero(np.abs(levels) > HEARD)
    gaps = np.nonzero(np.diff(loud) > STEP_S * rate)[0] + 1
    return [levels[part[0] : part[-1] + 1] for part in np.split(loud, gaps) if part.size]


def _text(levels: NDArray[np.float32], rate: int) -> str:
    steps = round(STEP_S * rate)
    halves = [
        _half(levels[at * steps : (at + 1) * steps], rate) for at in range(_count(levels, steps))
    ]
    pairs = zip(halves[::2], halves[1::2], strict=False)
    return bytes(high << 4 | low for high, low in pairs).decode(errors="ignore")


def _count(levels: NDArray[np.float32], steps: int) -> int:
    return round(len(levels) / steps)


def _half(levels: NDArray[np.float32], rate: int) -> int:
    at = np.arange(len(levels)) / rate
    hertz = LOW_HZ + APART_HZ * np.arange(16)
    found = np.abs(np.exp(-2j * np.pi * hertz[:, None] * at) @ levels)
    return int(np.argmax(found))
