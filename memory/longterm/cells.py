"""Vectors as they are kept: a byte for each number."""

from array import array
from collections.abc import Sequence
from math import sqrt
from typing import Final

CONTEXT: Final = 2
"""Lines before one that tell what it is about: its vector is made of them, too."""

_LARGEST: Final = 127


def mixed(vectors: Sequence[bytes], weights: Sequence[float]) -> "array[float]":
    """The sum of *vectors*, each as much as its weight, in unit length."""
    cells = [array("f", vector) for vector in vectors]
    total = [
        sum(weight * one for weight, one in zip(weights, each, strict=True))
        for each in zip(*cells, strict=True)
    ]
    length = sqrt(sum(one * one for one in total)) or 1.0
    return array("f", [one / length for one in total])


def quantised(vector: "array[float]") -> tuple[bytes, float]:
    """*vector* as int8 cells, and what to multiply them with to have it back."""
    scale = max(map(abs, vector), default=0.0) / _LARGEST
    if not scale:
        return bytes(len(vector)), 0.0
    return array("b", [round(one / scale) for one in vector]).tobytes(), scale
