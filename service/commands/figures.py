"""What figures of a version are worth: its win rate, and how sure it is."""

from math import sqrt
from typing import Final

_SURE: Final = 1.959964
"""Standard deviations around the mean in which 95 % of a normal distribution lie."""


def interval(good: int, all_of_them: int) -> tuple[float, float]:
    """The 95 % interval (Wilson's) of a rate of which *good* of so many trials came out well.

    It stays honest where trials are few, and inside 0 and 1; without any it is all of it.
    """
    if not all_of_them:
        return 0.0, 1.0
    square = _SURE**2
    rate = good / all_of_them
    centre = (good + square / 2) / (all_of_them + square)
    spread = sqrt(rate * (1 - rate) * all_of_them + square / 4) * _SURE / (all_of_them + square)
    return max(0.0, centre - spread), min(1.0, centre + spread)
