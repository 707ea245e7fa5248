"""Sound as numbers: one channel of 16 bits each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np  # loaded when it is needed
    from numpy.typing import NDArray

SILENT_DB: Final = -55.0
"""No speech is that soft, and no engine's noise that loud."""

_BYTES: Final = 2
_FULL: Final = 32767


@dataclass(frozen=True, slots=True)
class Pcm:
    """*samples* are little-endian, *rate* of them a second."""

    samples: bytes
    rate: int

    @property
    def duration_s(self) -> float:
        """How long it sounds."""
        return len(self.samples) / _BYTES / self.rate

    @property
    def loudness_db(self) -> float:
        """How loud it is on the whole; 0 is as loud as can be."""
        import numpy as np  # noqa: PLC0415  # only those who speak wait for it

        levels = self.levels()
        mean = float(np.sqrt(np.mean(levels * levels))) if levels.size else 0.0
        return 20 * float(np.log10(max(mean, 1e-6)))

    def levels(self) -> "NDArray[np.float32]":
        """The samples between -1 and 1."""
        import numpy as np  # noqa: PLC0415  # as above

        whole = self.samples[: len(self.samples) // _BYTES * _BYTES]
        return np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(_FULL + 1)


def of_levels(levels: "NDArray[np.float32]", rate: int) -> Pcm:
    """*levels* between -1 and 1 as sound; what is louder is cut."""
    import numpy as np  # noqa: PLC0415  # as above

    clean = np.nan_to_num(levels, nan=0.0, posinf=0.0, neginf=0.0)
    return Pcm((np.clip(clean, -1, 1) * _FULL).astype("<i2").tobytes(), rate)


def of_made(levels: object, rate: int) -> Pcm:
    """What an engine made, in whatever form of numbers between -1 and 1."""
    import numpy as np  # noqa: PLC0415  # as above

    return of_levels(np.asarray(levels, np.float32).reshape(-1), rate)


def silence(seconds: float, rate: int) -> Pcm:
    """Nothing for so long."""
    return Pcm(bytes(_BYTES * round(seconds * rate)), rate)


def joined(sounds: Iterable[Pcm]) -> Pcm:
    """All *sounds*, which have one rate, one after the other."""
    held = tuple(sounds)
    return Pcm(b"".join(one.samples for one in held), held[0].rate)
