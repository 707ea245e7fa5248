"""What knows the meaning of a text, as far as memory has to know of it."""

from array import array
from collections.abc import Sequence
from math import sqrt
from typing import Final, Protocol

_LARGEST: Final = 127


class Embeds(Protocol):
    """Tells what texts mean, in vectors of unit length: *dim* float32 numbers, little-endian."""

    @property
    def name(self) -> str:
        """What made a vector; another name, another meaning of every number."""

    @property
    def dim(self) -> int:
        """How many numbers there are."""

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[bytes]:
        """A vector for each of *texts*; *asked*: somebody waits for it. Raises an `AnimaError`."""


def mixed(vectors: Sequence[bytes], weights: Sequence[float]) -> array[float]:
    """The sum of *vectors*, each as much as its weight, in unit length."""
    cells = [array("f", vector) for vector in vectors]
    total = [
        sum(weight * one for weight, one in zip(weights, each, strict=True))
        for each in zip(*cells, strict=True)
    ]
    length = sqrt(sum(one * one for one in total)) or 1.0
    return array("f", [one / length for one in total])


def quantised(vector: array[float]) -> tuple[bytes, float]:
    """*vector* as int8 cells, and what to multiply them with to have it back."""
    scale = max(map(abs, vector), default=0.0) / _LARGEST
    if not scale:
        return bytes(len(vector)), 0.0
    return array("b", [round(one / scale) for one in vector]).tobytes(), scale
