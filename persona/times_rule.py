"""What the grammars of dates are made of: patterns for small letters, and how to read each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from persona.days import Stretch, month, months_on, of_month, of_year, one

Unit = Literal["minute", "hour", "day", "week", "month"]

_WEEK: Final = 7
_MONTH: Final = 30
_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Today:
    """When something is said, by the clock of who says it, and whether they tell of the *past*."""

    now: datetime
    past: bool

    @property
    def day(self) -> date:
        return self.now.date()

    def month(self, months: int) -> date:
        """The first of the month that is so many *months* from this one."""
        return months_on(self.day.replace(day=1), months)


class Rule(NamedTuple):
    """A way to name a day or more. *read* raises `ValueError` for what no calendar shows."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Today], Stretch]


def counted(count: float, unit: Unit, today: Today) -> Stretch:
    """What is so many units from now; below zero, before."""
    if unit in {"minute", "hour"}:
        exact = today.now + timedelta(minutes=count * (_HOUR if unit == "hour" else 1))
        return Stretch(exact.date(), exact.date(), "minute", exact=exact)
    if unit == "day":
        return one(today.day + timedelta(days=int(count)))
    if unit == "month" and count == int(count):
        return month(months_on(today.day, int(count)))
    first = today.day + timedelta(days=round(count * (_WEEK if unit == "week" else _MONTH)))
    return Stretch(first, first + timedelta(days=_WEEK), "week")


def dated(year: int | None, at: int, number: int | None, today: Today) -> Stretch:
    """The day of that *number* in the month *at*, or the whole month; with no year the nearest."""
    if year is None:
        return of_year(today.day, at, number, past=today.past)
    return one(date(year, at, number)) if number else month(date(year, at, 1))


def numbered(number: int, months: int | None, today: Today) -> Stretch:
    """The day of that *number* in the month so many *months* from this one, or in the nearest."""
    if months is None:
        return of_month(today.day, number, past=today.past)
    return one(today.month(months).replace(day=number))


def _by_figures(found: re.Match[str], today: Today) -> Stretch:
    return dated(int(found["year"]), int(found["month"]), int(found["number"]), today)


FIGURES: Final = Rule(
    re.compile(
        r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?P<gap>[-/.])(?P<month>\d{1,2})(?P=gap)"
        r"(?P<number>\d{1,2})(?![\d./-]\d|\d)"
    ),
    _by_figures,
)
"""A date that is written alike in all languages."""
