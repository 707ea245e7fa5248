"""The dates and times that somebody speaks of in a sentence, found and grounded.

Unlike `times.when`, which wants a text to be a time, this looks for times inside a text, past ones
as well. Pure and deterministic; what could as well be something else is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from persona.days import Precision, Stretch
from persona.hours import Period, moment, named
from persona.times_atoms import Atom, atoms, is_told_of

MOST: Final = 2000
"""Letters of a text that are read, its first ones."""

_DAY: Final = timedelta(days=1)
_SURE: Final = ("h", "half_day", "oclock", "whole", "half", "quarter", "minute")
_GAP = re.compile(
    r"[\s,、（(]*(?:[的のにでは在于於]|\b(?:at|on|in the|in|around|by)\b)?[\s,、)）]*"
)
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Dated:
    """A time that a text speaks of, between its letters *start* and *end*.

    *moment* is when it begins and *until* when it is over, by the clock of who spoke; a day of
    which no hour was told begins at midnight. Where *precision* is `minute` both are the same;
    `day` may be a weekend too.
    """

    start: int
    end: int
    moment: datetime
    precision: Precision
    until: datetime


def dates_in(text: str, now: datetime, zone: tzinfo = UTC) -> tuple[Dated, ...]:
    """The times that somebody in *zone* speaks of in *text* at *now*, in their order."""
    wide = text[:MOST].translate(_NARROW)
    small = wide.lower()
    said = small if len(small) == len(wide) else wide  # a few letters grow when they become small
    local = now.astimezone(zone)
    found = (_dated(said, run, local) for run in _runs(said, local))
    return tuple(one for one in found if one)


def _runs(said: str, now: datetime) -> Iterator[list[Atom]]:
    """Atoms that stand side by side and tell one time together."""
    run: list[Atom] = []
    for atom in atoms(said, now):
        if run and not _joins(said, run, atom):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _joins(said: str, run: Sequence[Atom], atom: Atom) -> bool:
    if not _GAP.fullmatch(said, run[-1].end, atom.start):
        return False
    if atom.day:
        return all(_are_one(one.day, atom.day) for one in run if one.day)
    return not any((one.period and atom.period) or (one.clock and atom.clock) for one in run)


def _are_one(day: Stretch, other: Stretch) -> bool:
    """Whether two days side by side are the same, as in Friday, 3 December."""
    return day.weekday != other.weekday and day.precision == other.precision == "day"


def _dated(said: str, run: Sequence[Atom], now: datetime) -> Dated | None:
    start, end = run[0].start, run[-1].end
    days = sorted((one.day for one in run if one.day), key=lambda day: day.weekday)
    day = next(iter(days), None)
    clock = next((one.clock for one in run if one.clock), None)
    part = next((one.period for one in run if one.period), None)
    try:
        if day is not None:
            told = _on_day(day, part or named(day.part), clock, now)
        elif clock and _is_sure(clock, part):
            told = _by_clock(clock, part, now, past=is_told_of(said, start, end))
        else:
            return None
    except (OverflowError, ValueError):  # half past thirty, or beyond all calendars
        return None
    return Dated(start, end, *told)


_Told = tuple[datetime, Precision, datetime]


def _on_day(day: Stretch, part: Period | None, clock: re.Match[str] | None, now: datetime) -> _Told:
    if day.exact:
        return day.exact, "minute", day.exact
    first, until = (_midnight(one, now) for one in (day.first, day.until))
    if day.precision != "day" or not (part or clock):
        return first, day.precision, until
    found = moment(day.first, part, clock, now)
    return (found, "minute", found) if clock else (found, "day", max(found, until))


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=now.tzinfo)


def _by_clock(clock: re.Match[str], part: Period | None, now: datetime, *, past: bool) -> _Told:
    """The next such time, or the last one."""
    found = moment(None, part, clock, now)
    found -= _DAY if past and found > now else timedelta()
    return found, "minute", found


def _is_sure(clock: re.Match[str], part: Period | None) -> bool:
    """Whether it is a time though no day stands beside it; 一点 is a little, and at 8 a place."""
    told = bool(part) or any(clock[name] for name in _SURE)
    return told or bool(clock["sign"] and clock["hour"].isdecimal())
