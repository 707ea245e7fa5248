"""Plans with a date, found as open threads are."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from persona.clauses import clauses
from persona.facts.heads import Sentence
from persona.facts.kinds import Fact, normal
from persona.folding import folded
from persona.plans import is_event, is_intended, is_own, words_for
from persona.tense import is_past
from persona.times_within import Dated, dates_in

_ANOTHERS = re.compile(r"(?<![私僕俺])の誕生日|(?<!我)的生日|'s birthday")
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LASTS: Final = timedelta(hours=2)  # what was told by the clock


def plans(sentence: Sentence) -> Iterator[Fact]:
    """The plans that *sentence* tells."""
    at, zone = sentence.at, sentence.zone
    for clause in clauses(sentence.text, at, zone):
        said = folded(clause)
        own = is_own(said) and not _ANOTHERS.search(said)
        times = dates_in(clause, at, zone) if own else ()
        ahead = next((one for one in times if _comes(said, one, at)), None)
        if ahead:
            yield _plan(clause, said, ahead, sentence.tongue.code)


def _comes(said: str, time: Dated, at: datetime) -> bool:
    """Whether *said* tells of something that will be over later, at that *time*."""
    begun = time.moment <= at
    if time.until <= at or (begun and is_past(said)):
        return False
    today = begun and time.until - time.moment in {_DAY, _WEEK}  # how one is, not what will be
    return is_event(said) or (is_intended(said) and not today)


def _plan(clause: str, said: str, time: Dated, language: str) -> Fact:
    over = time.until + (_LASTS if time.precision == "minute" else timedelta())
    return Fact(
        "", "plan", clause, _norm(clause, said, time), clause, language, clause,
        time.moment, over, time.precision,
    )  # fmt: skip


def _norm(clause: str, said: str, time: Dated) -> str:
    """The events that are named, or all words but the time."""
    events = sorted(set(words_for(said).event.findall(said)))
    return " ".join(events) or normal(clause[: time.start] + " " + clause[time.end :])
