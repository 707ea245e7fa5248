"""What else makes a memory worth telling, besides that it fits: pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from memory.longterm.hits import Found, Stored, is_current
from memory.longterm.strength import strength
from memory.longterm.when import past_is_asked

Interval = tuple[datetime, datetime]

_POINTS: Final = " .,;:!?…~。、，！？～"
_DAY: Final = timedelta(days=1)
_IMPORTANT: Final = 0.2
_PINNED: Final = 0.5
_OVER: Final = 1.0
_THEN: Final = 0.5
_RECENT: Final = 0.05
"""What is fresh or often used breaks ties; as more than that it hides what was asked for."""


def weighed(
    found: Found, scores: Mapping[int, float], question: str, at: datetime, then: Interval | None
) -> Iterator[tuple[int, float]]:
    """The ids of *found* with what speaks for and against each, the best first, each thing once.

    It was asked *at* that time, of *then*.
    """
    past = past_is_asked(question)
    worth: list[tuple[float, int]] = []
    for one in found.memories.values():
        if one.id in scores:
            score = scores[one.id] + _IMPORTANT * (one.importance - 3) / 2 + _PINNED * one.pinned
            score += _RECENT * strength(1, (at - one.at) / _DAY, one.uses)
            if not (past or is_current(found.facts.get(one.id))):
                score -= _OVER
            if then and _is_of(found, one, then):
                score += _THEN
            worth.append((score, one.id))
    return _each_once(found, sorted(worth, reverse=True))


def _is_of(found: Found, one: Stored, then: Interval) -> bool:
    known = found.facts.get(one.id)
    begins = (known and known.valid_from) or one.at
    ends = (known and known.valid_to) or begins
    return bool(begins < then[1] and ends >= then[0])


def _each_once(found: Found, worth: Sequence[tuple[float, int]]) -> Iterator[tuple[int, float]]:
    """A fact stands for the lines it comes from, at the best place of them; words stand once."""
    ranked = {number for _, number in worth}
    facts = {
        edge.source_id: number
        for number, edges in found.edges.items()
        if number in found.facts and number in ranked
        for edge in edges
    }
    told = set[int]()
    words = set[tuple[str, str]]()
    for score, number in worth:
        best = facts.get(number, number)
        one = found.memories[best]
        said = one.name, _bare(one.text)
        if best not in told and (best in found.facts or said not in words):
            told.add(best)
            words.add(said)
            yield best, score


def _bare(text: str) -> str:
    """*text* without what makes no other thing of it."""
    return " ".join(text.casefold().split()).strip(_POINTS)
