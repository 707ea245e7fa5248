"""What is done to a note before it is sent: its edges, its level, its mark, and its picture."""

from typing import TYPE_CHECKING, Final

from anima.sound import LONGEST_WAVE
from voice.pcm import Pcm, joined, of_levels, silence

if TYPE_CHECKING:
    import numpy as np  # loaded when it is needed
    from numpy.typing import NDArray

POINTS_A_SECOND: Final = 10
EDGE_S: Final = 0.06
"""So much quiet is left at both ends; engines leave up to a second."""

_QUIET: Final = 0.004
_LOUD: Final = 0.97
_MARK_HZ: Final = (1318.5, 1760.0)
_MARK_S: Final = 0.09
_MARK_LEVEL: Final = 0.12


def waveform(sound: Pcm) -> bytes:
    """The picture of *sound*: at most 256 levels, the loudest 255."""
    import numpy as np  # noqa: PLC0415  # only those who speak wait for it

    levels = sound.levels()
    points = min(LONGEST_WAVE, max(1, round(sound.duration_s * POINTS_A_SECOND)), levels.size)
    blocks = np.array_split(levels.astype(np.float64), points)
    means = np.sqrt(np.array([float(np.mean(block * block)) for block in blocks]))
    return bytes((255 * means / max(float(means.max()), 1e-9)).astype(np.uint8))


def trimmed(sound: Pcm) -> Pcm:
    """*sound* without the quiet at its ends, and never so loud that it crackles."""
    import numpy as np  # noqa: PLC0415  # as above

    levels = sound.levels()
    (heard,) = np.nonzero(np.abs(levels) > _QUIET)
    if not heard.size:
        return sound
    edge = round(EDGE_S * sound.rate)
    kept = levels[max(0, int(heard[0]) - edge) : int(heard[-1]) + edge]
    peak = float(np.abs(kept).max())
    return of_levels(kept * (_LOUD / peak) if peak > _LOUD else kept, sound.rate)


def marked(sound: Pcm) -> Pcm:
    """*sound* with two soft tones after it, which tell that nobody spoke."""
    tones = (_tone(hertz, sound.rate) for hertz in _MARK_HZ)
    return joined((sound, silence(0.15, sound.rate), *(of_levels(t, sound.rate) for t in tones)))


def _tone(hertz: float, rate: int) -> "NDArray[np.float32]":
    import numpy as np  # noqa: PLC0415  # as above

    at = np.arange(round(_MARK_S * rate)) / rate
    fading = np.sin(np.pi * at / _MARK_S)
    return (_MARK_LEVEL * fading * np.sin(2 * np.pi * hertz * at)).astype(np.float32)
