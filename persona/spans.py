"""How long something is, as people say it: four days, three weeks, a month."""

from datetime import datetime
from typing import Final

_WORDS: Final = (
    *("", "a", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_WEEK: Final = 7
_MONTH: Final = 30
_MONTH_LONG: Final = 30.44
_YEAR: Final = 365
_YEAR_LONG: Final = 365.25


def days_until(later: datetime, now: datetime) -> int:
    """How many days *later* is ahead by the calendar of *now*, below zero when it is past."""
    return (later.astimezone(now.tzinfo).date() - now.date()).days


def span(days: int) -> str:
    """So many *days*, at least one, in words: roughly, and in the unit that people would take."""
    if days < _WEEK:
        return _counted(days, "day")
    if days < _MONTH:
        return _counted(round(days / _WEEK), "week")
    if days < _YEAR:
        return _counted(round(days / _MONTH_LONG), "month")
    return _counted(round(days / _YEAR_LONG), "year")


def _counted(count: int, unit: str) -> str:
    word = _WORDS[count] if count < len(_WORDS) else str(count)
    return f"{word} {unit}" + ("s" if count > 1 else "")
