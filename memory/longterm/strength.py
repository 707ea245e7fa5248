"""How strong a memory stands among others: it fades with time, slower the more it is used.

It orders, and deletes nothing.
"""

from math import exp, log
from typing import Final

TAU_DAYS: Final = 60.0
"""After so many days a memory that was never used has a third of its strength left."""


def strength(importance: int, days: float, uses: int, tau: float = TAU_DAYS) -> float:
    """The strength, after so many *days* without use, of what was used so many times before."""
    lasts = tau * (1 + log(1 + max(0, uses)))
    return importance * exp(-max(0.0, days) / lasts)
