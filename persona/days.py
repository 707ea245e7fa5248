"""Days, weeks and months as people count them from today."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

Precision = Literal["minute", "day", "week", "month"]
"""How exactly a time was told."""

_WEEK: Final = 7
_SATURDAY: Final = 5
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time from the morning of *first* until the day *until*, which is not part of it.

    *part* is the part of the day that was named, or empty; *exact* the moment, where that is told
    by the clock. *weekday*: nothing but the name of a day told it, and a date tells it better.
    """

    first: date
    until: date
    precision: Precision = "day"
    part: str = ""
    exact: datetime | None = None
    weekday: bool = False


def one(day: date, part: str = "") -> Stretch:
    """That *day*, or a *part* of it."""
    return Stretch(day, day + timedelta(days=1), part=part)


def named(today: date, wanted: int, *, past: bool) -> Stretch:
    """The next day after *today* of that name, Monday being 0; the last one where it is *past*."""
    ahead = (wanted - today.weekday() - 1) % _WEEK + 1
    behind = (today.weekday() - wanted - 1) % _WEEK + 1
    day = today + timedelta(days=-behind if past else ahead)
    return replace(one(day), weekday=True)


def in_week(today: date, weeks: int, wanted: int) -> Stretch:
    """The day of that name in the week that is so many *weeks* from this one."""
    return replace(one(_monday(today, weeks) + timedelta(days=wanted)), weekday=True)


def week(today: date, weeks: int) -> Stretch:
    """The week from Monday on that is so many *weeks* from this one."""
    first = _monday(today, weeks)
    return Stretch(first, first + timedelta(days=_WEEK), "week")


def weekend(today: date, weeks: int) -> Stretch:
    """The Saturday and Sunday of that week."""
    return Stretch(_monday(today, weeks) + timedelta(days=_SATURDAY), _monday(today, weeks + 1))


def month(first: date) -> Stretch:
    """The month from *first* on."""
    return Stretch(first, months_on(first, 1), "month")


def months_on(day: date, months: int) -> date:
    """The same day so many *months* later, or the last one of a month that is too short."""
    year, at = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, at + 1, min(day.day, monthrange(year, at + 1)[1]))


def month_end(day: date) -> Stretch:
    """The last day of the month of *day*."""
    return one(day.replace(day=monthrange(day.year, day.month)[1]))


def of_month(today: date, day: int, *, past: bool) -> Stretch:
    """The next day of that number, today too; the last one where it is *past*."""
    months = (1 if day < today.day else 0) if not past else (-1 if day > today.day else 0)
    return one(months_on(today.replace(day=1), months).replace(day=day))


def of_year(today: date, at: int, day: int | None, *, past: bool) -> Stretch:
    """The next month *at*, or the next such *day* of it; the last one where it is *past*."""
    found = date(today.year, at, day or 1)
    this = found if day else months_on(found, 1) - timedelta(days=1)
    if not past and this < today:
        found = found.replace(year=today.year + 1)
    if past and found > today:
        found = found.replace(year=today.year - 1)
    return one(found) if day else month(found)


def _monday(today: date, weeks: int) -> date:
    return today + timedelta(days=_WEEK * weeks - today.weekday())
