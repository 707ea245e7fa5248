"""How readily a persona speaks in a group: what each step of the dial means, in numbers."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Manners:
    """What holds at one step of the dial.

    Of *one_in* lines at most one is ours; after a line of ours come *gap_s* of rest, and *cool_s*
    when nobody cared for it. *least* is the weight of what speaks for speaking up.
    """

    one_in: int
    gap_s: float
    cool_s: float
    least: int


_STEPS: Final = (
    Manners(one_in=10, gap_s=300, cool_s=4 * 3600, least=4),
    Manners(one_in=6, gap_s=120, cool_s=3600, least=3),
    Manners(one_in=4, gap_s=45, cool_s=1200, least=2),
    Manners(one_in=3, gap_s=15, cool_s=300, least=1),
)
_FIRST: Final = 2


def manners(dial: int) -> Manners | None:
    """What holds at *dial*; below two we speak only when we are spoken to."""
    return _STEPS[min(dial - _FIRST, len(_STEPS) - 1)] if dial >= _FIRST else None
