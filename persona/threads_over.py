"""When a thread is over, and which of them are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from anima.bonds import Thread
from persona.folding import folded
from persona.plans import is_done, is_of_another, is_off, subjects
from persona.times_within import dates_in

KEPT: Final = 5
"""Threads that are kept of a person."""
FORGOTTEN: Final = timedelta(days=14)
"""So long after it was due nobody comes back to a thing."""
WAITED: Final = timedelta(days=30)
"""So long a thread without a date stays open."""

_RIPE: Final = timedelta(hours=12)  # what is due that day may be over by noon
_FRESH: Final = timedelta(days=3)  # so long "I passed!" needs no further word


def closed(threads: Sequence[Thread], text: str, at: datetime) -> tuple[Thread, ...]:
    """Those of *threads* that are over, now that their person said *text*.

    They are too old, called off, spoken of again when they were due, or told to be done.
    """
    said = folded(text)
    about = _about(text, at)
    meant = [one for one in threads if about & _about(one.text, one.at)]
    over = [one for one in threads if _is_stale(one, at)]
    if is_off(said):
        over += meant
    elif is_done(said, named=bool(meant)):
        over += [one for one in meant if _is_ripe(one, at)] if meant else _last(threads, at)
    if not is_of_another(said):
        over += [one for one in meant if one.due and one.due < at]
    return tuple(one for one in threads if one in over)


def kept(threads: Sequence[Thread], opened: Sequence[Thread], at: datetime) -> tuple[Thread, ...]:
    """*threads* and those just *opened*, the soonest due first, and no more than `KEPT`.

    What is told again about the same day replaces what was told before. Where there are too many,
    those that are past go first, then those that were told first.
    """
    known: list[Thread] = []
    for one in sorted((*threads, *opened), key=lambda thread: thread.at, reverse=True):
        if not any(_are_same(one, other) for other in known):
            known.append(one)
    worth = sorted(known, key=lambda one: one.due is not None and one.due < at)[:KEPT]
    return tuple(sorted(worth, key=lambda one: (one.due is None, one.due or one.at)))


def _about(text: str, at: datetime) -> frozenset[str]:
    """What *text* is about besides times."""
    rest = text
    for time in reversed(dates_in(text, at)):
        rest = f"{rest[: time.start]} {rest[time.end :]}"
    return subjects(folded(rest))


def _is_stale(thread: Thread, at: datetime) -> bool:
    if thread.due is None:
        return at - thread.at > WAITED
    return at - thread.due > FORGOTTEN


def _is_ripe(thread: Thread, at: datetime) -> bool:
    return thread.due is None or at >= thread.due - _RIPE


def _last(threads: Sequence[Thread], at: datetime) -> list[Thread]:
    """The one that was due last: that is meant by who names none."""
    fresh = [one for one in threads if one.due and -_RIPE <= at - one.due <= _FRESH]
    return sorted(fresh, key=lambda one: one.due or one.at)[-1:]


def _are_same(one: Thread, other: Thread) -> bool:
    if one.text == other.text and one.due == other.due:
        return True
    same_day = one.due and other.due and abs(one.due - other.due) < timedelta(days=1)
    both_wait = one.due is None and other.due is None
    return bool(same_day or both_wait) and bool(
        _about(one.text, one.at) & _about(other.text, other.at)
    )
