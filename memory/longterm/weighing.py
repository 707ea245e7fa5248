"""What else makes a memory worth telling, besides that it fits: pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from memory.longterm.asks import asks
from memory.longterm.hits import Found, Stored
from memory.longterm.strength import strength
from memory.longterm.when import past_is_asked

Interval = tuple[datetime, datetime]

_POINTS: Final = " .,;:!?…~。、，！？～"
_DAY: Final = timedelta(days=1)
_IMPORTANT: Final = 0.2
_PINNED: Final = 0.5
_OVER: Final = 1.0
_THEN: Final = 0.5
_ASKS: Final = 1.0
"""Who asks has no answer; what is asked for stands beside it."""

_RECENT: Final = 0.05
"""What is fresh or often used breaks ties; as more than that it hides what was asked for."""


def weighed(
    found: Found, scores: Mapping[int, float], question: str, at: datetime, then: Interval | None
) -> Iterator[tuple[int, float]]:
    """The ids of *found* with what speaks for and against each, the best first, each thing once.

    A fact is told for the lines it comes from, at the best place of them.
    It was asked *at* that time, of *then*.
    """
    past = past_is_asked(question)
    heirs = {} if past else found.heirs
    told = _told(found, {*scores, *heirs.values()})
    fits = _inherited(scores, told, heirs)
    over = () if past else {one for one, fact in found.facts.items() if not fact.current}
    worth: dict[int, float] = {}
    for number, fit in fits.items():
        if one := found.memories.get(number):
            by = told.get(number, number)
            score = fit + _by_itself(one, at) - _OVER * (by in over)
            if then and _is_of(found, one, then):
                score += _THEN
            if by not in worth or score > worth[by]:
                worth[by] = score
    return _each_once(found, sorted(((score, one) for one, score in worth.items()), reverse=True))


def _by_itself(one: Stored, at: datetime) -> float:
    """What a memory is worth *at* that time, whatever was asked."""
    worth = _IMPORTANT * (one.importance - 3) / 2 + _PINNED * one.pinned
    worth += _RECENT * strength(1, (at - one.at) / _DAY, one.uses)
    return worth - _ASKS * asks(one.text) if one.kind == "line" else worth


def _told(found: Found, ids: Collection[int]) -> Mapping[int, int]:
    """By line, the fact of these *ids* that is told in its place: of several one that holds."""
    facts = [one for one in found.edges if one in found.facts and one in ids]
    facts.sort(key=lambda one: found.facts[one].current)
    return {line: one for one in facts for line, _ in found.edges[one]}


def _inherited(
    scores: Mapping[int, float], told: Mapping[int, int], heirs: Mapping[int, int]
) -> Mapping[int, float]:
    """*scores*, and what holds now fits as well as what it came in the place of."""
    if not heirs:
        return scores
    fits = dict(scores)
    best: dict[int, float] = {}
    for number, score in scores.items():
        by = told.get(number, number)
        best[by] = max(best.get(by, score), score)
    for number, heir in heirs.items():
        if number in best:
            best[heir] = fits[heir] = max(best[number], best.get(heir, best[number]))
    return fits


def _is_of(found: Found, one: Stored, then: Interval) -> bool:
    known = found.facts.get(one.id)
    begins = (known and known.valid_from) or one.at
    ends = (known and known.valid_to) or begins
    return bool(begins < then[1] and ends >= then[0])


def _each_once(found: Found, worth: Sequence[tuple[float, int]]) -> Iterator[tuple[int, float]]:
    """The same words of somebody stand once, but for facts."""
    words = set[tuple[str, str]]()
    for score, number in worth:
        one = found.memories[number]
        said = one.name, _bare(one.text)
        if number in found.facts or said not in words:
            words.add(said)
            yield number, score


def _bare(text: str) -> str:
    """*text* without what makes no other thing of it."""
    return " ".join(text.casefold().split()).strip(_POINTS)
