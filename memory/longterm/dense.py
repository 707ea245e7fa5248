"""What is done with a number for each memory of a shelf, all at once."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from math import sqrt
from typing import Any, Final, NamedTuple

from memory.longterm.held import Held

_ROUNDING: Final = 1e-6
"""Of numbers that differ by less than that part, none is larger."""

_SOME: Final = 12
"""As many memories weigh as much as what is usual."""


class Weights(NamedTuple):
    """How much of what stands *before* and *after* counts, and how much more where that *asked*."""

    before: float
    after: float
    asked: float


def standard(likeness: Sequence[Any]) -> list[Any]:
    """The z-scores over all shelves; of what has no vector it is 0, as if it were ordinary."""
    numpy = import_module("numpy")
    count = sum(int(numpy.count_nonzero(each)) for each in likeness)
    if not count:
        return [numpy.zeros(len(each), numpy.float32) for each in likeness]
    mean = sum(float(each.sum(dtype="f8")) for each in likeness) / count
    square = sum(float(numpy.dot(each, each)) for each in likeness) / count
    unit = spread(mean, square)
    return [numpy.where(each != 0, (each - mean) / unit, numpy.float32(0)) for each in likeness]


def spread(mean: float, square: float) -> float:
    """How far numbers of that *mean*, and of that mean *square*, are from it; 1 where none is."""
    differs = square - mean * mean
    return sqrt(differs) if differs > _ROUNDING * square else 1.0


def middle(vectors: Sequence[Any]) -> Any:
    """The mean of *vectors*."""
    return sum(vectors) / len(vectors)


def nearness(likeness: Sequence[Any], usual: float | None) -> float | None:
    """How much nearer than usual the nearest is, out of how much nearer it could be.

    That is the same for models that find all texts alike, and for those that find few alike. What
    is *usual*, where it is known, is believed as much as some memories are. Where most have no
    vector yet it is not known.
    """
    numpy = import_module("numpy")
    count = sum(int(numpy.count_nonzero(each)) for each in likeness)
    if not count or count < sum(map(len, likeness)) / 2:
        return None
    whole = sum(float(each.sum(dtype="f8")) for each in likeness)
    mean = whole / count if usual is None else (whole + _SOME * usual) / (count + _SOME)
    most = max(float(each.max()) for each in likeness if len(each))
    return (most - mean) / (1 - mean) if mean < 1 else 0.0


def smooth(shelf: Held, words: Mapping[int, float], near: Any, weights: Weights) -> Any:
    """*words* and what is *near*, and of what stands before and after each as much as it weighs."""
    numpy = import_module("numpy")
    plain = numpy.zeros(len(shelf) + 1, numpy.float32)  # the last one stands for no neighbour
    plain[:-1] = near
    if words:
        plain[list(words)] += numpy.fromiter(words.values(), numpy.float32, len(words))
    before = numpy.frombuffer(shelf.before, numpy.int32)
    after = numpy.frombuffer(shelf.after, numpy.int32)
    share = numpy.frombuffer(shelf.asks, numpy.int8).astype(numpy.float32)
    share *= weights.asked
    share += weights.before
    told = plain.copy()
    told[:-1] *= share
    return plain[:-1] + told[before] + weights.after * plain[after]


def best(
    scores: Any, shelf: Held, most: int, within: tuple[float, float] | None
) -> dict[int, float]:
    """The *most* best places with their scores, and as many of *within* that time."""
    numpy = import_module("numpy")
    places = _largest(scores, most)
    if within:
        at = numpy.frombuffer(shelf.at, numpy.float64)
        then = numpy.flatnonzero((at >= within[0]) & (at < within[1]))
        places = numpy.union1d(places, then[_largest(scores[then], most)])
    return dict(zip(places.tolist(), scores[places].tolist(), strict=True))


def _largest(scores: Any, most: int) -> Any:
    numpy = import_module("numpy")
    if len(scores) <= most:
        return numpy.arange(len(scores))
    return numpy.argpartition(scores, -most)[-most:]
