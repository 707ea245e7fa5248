"""What was recalled is packed into the room that a prompt has for it: pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from memory.longterm.hits import Hit

BUDGET: Final = 600
PAST_BUDGET: Final = 1_000
"""When somebody asks about the past; from here on a line is packed with the one after it."""

_BESIDE: Final = 12
"""Tokens of the date, of the speaker and between two lines."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A memory to be told; *over*: it was so once, *hearsay*: somebody said it of another."""

    id: int
    kind: str
    at: datetime
    name: str
    text: str
    hearsay: bool = False
    over: bool = False


def packed(
    hits: Sequence[Hit],
    budget: int,
    count: Callable[[str], int],
    after: Mapping[int, Hit] | None = None,
) -> tuple[Packed, ...]:
    """The best of *hits* that fit into *budget* tokens, told by age: facts before lines.

    *after* has the line that followed another.
    """
    left = budget
    found: dict[int, Hit] = {}
    for group in _by_weight(hits, after or {} if budget >= PAST_BUDGET else {}):
        new = [one for one in group if one.id not in found]
        cost = sum(count(one.text) + count(one.name) + _BESIDE for one in new)
        if cost > left and len(new) > 1:  # without its neighbour the line itself may fit
            new, cost = new[:1], count(new[0].text) + count(new[0].name) + _BESIDE
        if cost <= left:
            left -= cost
            found |= {one.id: one for one in new}
    return tuple(told(one) for one in sorted(found.values(), key=lambda one: (one.at, one.id)))


def _by_weight(hits: Sequence[Hit], after: Mapping[int, Hit]) -> Iterator[list[Hit]]:
    """Facts and episodes, then each line with what followed it, the best first."""
    yield from ([one] for one in hits if one.kind != "line")
    for one in hits:
        if one.kind == "line":
            yield [one, after[one.id]] if one.id in after else [one]


def told(one: Hit) -> Packed:
    """A memory as it is told."""
    return Packed(
        id=one.id,
        kind=one.kind,
        at=one.at,
        name=one.name,
        text=one.text,
        hearsay=one.fact is not None and one.fact.hearsay,
        over=one.fact is not None and not one.fact.current,
    )
