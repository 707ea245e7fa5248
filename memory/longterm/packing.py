"""What of that which was found is told: the best of it, within a budget, in the order of time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from memory.longterm.hits import Hit

MOST: Final = 12
"""Memories that are told at once; nobody has more in mind."""
PLENTY: Final = 1000
"""From so many tokens on a line is told together with the one that followed it."""
_NEAR: Final = 0.35
"""What fits so much worse than the best was found for want of anything better."""
_AROUND: Final = 14
"""Tokens for the date and the name."""


def pack(
    hits: Sequence[Hit], after: Mapping[int, Hit], tokens: int, count: Callable[[str], int]
) -> tuple[Hit, ...]:
    """Those of *hits*, best first, that fit into *tokens*, each once; by age.

    *after* has the line that followed a line. What does not fit is passed over for what does.
    """
    left, packed = tokens, dict[int, Hit]()
    for hit in _wanted(hits, after, followed=tokens >= PLENTY):
        cost = count(hit.text) + _AROUND
        if hit.id not in packed and cost <= left and len(packed) < MOST:
            packed[hit.id] = hit
            left -= cost
    return tuple(sorted(packed.values(), key=lambda hit: (hit.at, hit.id)))


def _wanted(hits: Sequence[Hit], after: Mapping[int, Hit], *, followed: bool) -> Iterator[Hit]:
    least = max((hit.score for hit in hits), default=0.0) * _NEAR
    near = [hit for hit in hits if hit.score >= least]
    yield from (hit for hit in near if hit.kind == "fact")
    for hit in near:
        if hit.kind != "fact":
            yield hit
            if followed and hit.id in after:
                yield after[hit.id]
