"""Open threads: what a person said that lies ahead of them and is worth coming back to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice
from types import MappingProxyType
from typing import Final

from anima.bonds import Thread
from persona.clauses import clauses
from persona.folding import folded
from persona.names import clean
from persona.plans import is_awaited, is_event, is_intended, is_own
from persona.spans import days_until, span
from persona.tense import is_past
from persona.times_within import Dated, dates_in

LONGEST: Final = 120
"""Letters of a thread's text."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LASTS: Final = timedelta(hours=2)  # what was told by the clock
_TOLD: Final = 3
_ASKED: Final = 3  # days
_AHEAD: Final[Mapping[int, str]] = MappingProxyType({0: "today", 1: "tomorrow"})
_SAID: Final[Mapping[int, str]] = MappingProxyType({0: "said today", 1: "said yesterday"})
_PAST: Final[Mapping[int, str]] = MappingProxyType({0: "was earlier today", -1: "was yesterday"})


def opened(text: str, at: datetime, zone: tzinfo) -> tuple[Thread, ...]:
    """What *text*, said *at* that time by somebody in *zone*, opens."""
    found = (_thread(clause, at, zone) for clause in clauses(text, at, zone))
    return tuple(one for one in found if one)


def _thread(clause: str, at: datetime, zone: tzinfo) -> Thread | None:
    said = folded(clause)
    if not is_own(said):
        return None
    ahead = next((one for one in dates_in(clause, at, zone) if _comes(said, one, at)), None)
    if not ahead and not is_awaited(said):
        return None
    due = _over(ahead) if ahead else None
    return Thread(clean(clause, LONGEST), due, at.astimezone(UTC))


def _comes(said: str, time: Dated, at: datetime) -> bool:
    """Whether *said* tells of something that will be over later, at that *time*."""
    begun = time.moment <= at
    if time.until <= at or (begun and is_past(said)):
        return False
    today = begun and time.until - time.moment in {_DAY, _WEEK}  # how one is, not what will be
    return is_event(said) or (is_intended(said) and not today)


def _over(time: Dated) -> datetime:
    """When what is at that *time* will be over: in its last minute, or a while after the hour."""
    end = time.until + _LASTS if time.precision == "minute" else time.until - timedelta(minutes=1)
    return end.astimezone(UTC)


def hanging(threads: Sequence[Thread], now: datetime) -> str:
    """The line on *threads* for the late block; *now* tells the days, by the zone that it is in.

    What is past is told for a few days only, or the persona would ask for ever how it went.
    """
    told = (f"“{one.text}” ({when})" for one in threads if (when := _when(one, now)))
    return "; ".join(islice(told, _TOLD))


def _when(thread: Thread, now: datetime) -> str:
    """How near it is; empty: it is too long ago to ask."""
    if thread.due is None:
        said = -days_until(thread.at, now)
        return _SAID.get(said, f"said {span(max(1, said))} ago")
    days = days_until(thread.due, now)
    if thread.due < now:
        gone = _PAST.get(days, f"was {span(max(1, -days))} ago")
        return f"{gone}: ask how it went" if -days <= _ASKED else ""
    return _AHEAD.get(days, f"in {span(max(1, days))}")
