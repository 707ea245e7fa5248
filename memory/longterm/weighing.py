"""What else makes a memory worth telling, besides that it fits: pure, over hits."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from memory.longterm.hits import Hit
from memory.longterm.strength import strength
from memory.longterm.when import past_is_asked, time_asked

_BARE: Final = re.compile(r"\W+")
_IMPORTANT: Final = 0.2
_PINNED: Final = 0.5
_OVER: Final = 1.0
_THEN: Final = 0.5
_RECENT: Final = 0.05
"""What is fresh or often used breaks ties; as more than that it hides what was asked for."""


def weighed(hits: Sequence[Hit], question: str, at: datetime) -> tuple[Hit, ...]:
    """*hits* with what speaks for and against each, the best first, each thing once."""
    past = past_is_asked(question)
    then = time_asked(question, at)

    def worth(one: Hit) -> float:
        score = one.score + _IMPORTANT * (one.importance - 3) / 2 + _PINNED * one.pinned
        score += _RECENT * strength(1, (at - one.at) / timedelta(days=1), one.uses)
        if one.fact and not one.fact.current and not past:
            score -= _OVER
        return score + (_THEN if then and _is_of(one, then) else 0)

    scored = (replace(one, score=worth(one)) for one in hits)
    return _each_once(sorted(scored, key=lambda one: (one.score, one.id), reverse=True))


def _is_of(one: Hit, then: tuple[datetime, datetime]) -> bool:
    begins = (one.fact and one.fact.valid_from) or one.at
    ends = (one.fact and one.fact.valid_to) or begins
    return begins < then[1] and ends >= then[0]


def _each_once(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """A fact stands for the lines it comes from, at the best place of them; words stand once."""
    facts = {line: one for one in hits if one.fact for line in one.lines}
    told: dict[int, Hit] = {}
    words = set[tuple[str, str]]()
    for one in hits:
        better = facts.get(one.id)
        if better is not None:
            one = replace(better, score=max(better.score, one.score))  # noqa: PLW2901 - it stands for it
        said = one.name, _BARE.sub("", one.text).casefold() or one.text
        if one.id not in told and (one.fact or said not in words):
            told[one.id] = one
            words.add(said)
    return tuple(told.values())
