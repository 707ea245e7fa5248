"""The time of which a question speaks, and whether it asks for what is past."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

_DAY: Final = timedelta(days=1)
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH: Final = (
    "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FULL: Final = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_CJK: Final = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(?:(\d{1,2})[日号號])?")
_DAY_FIRST: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? (\d{{4}}))?"
)
_MONTH_FIRST: Final = re.compile(
    rf"\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (\d{{4}}))?"
)
_MONTH_ALONE: Final = re.compile(rf"\b(?:in|during|last|this) {_MONTH}\b(?:,? (\d{{4}}))?")
_PAST: Final = re.compile(
    r"\b(?:before|used to|previously|formerly|back then|when|ago|last|earlier|yesterday|first time"
    r"|did|was|were)\b"
    r"|以前|之前|过去|過去|曾经|曾經|当时|當時|什么时候|什麼時候|上次|昨天|上周|上個|上个|去年|还记得"
    r"|前は|かつて|昔|いつ|この前|先週|先月|昨日|去年|でした|ました|覚えて"
)


def _days(back: int, count: int = 1) -> Callable[[datetime], tuple[datetime, datetime]]:
    return lambda day: (day - back * _DAY, day - (back - count) * _DAY)


def _week(back: int) -> Callable[[datetime], tuple[datetime, datetime]]:
    def of(day: datetime) -> tuple[datetime, datetime]:
        monday = day - day.weekday() * _DAY
        return monday - 7 * back * _DAY, monday - 7 * (back - 1) * _DAY

    return of


def _month(back: int) -> Callable[[datetime], tuple[datetime, datetime]]:
    def of(day: datetime) -> tuple[datetime, datetime]:
        count = day.year * 12 + day.month - 1 - back
        return _whole_month(day, count // 12, count % 12 + 1)

    return of


def _year(back: int) -> Callable[[datetime], tuple[datetime, datetime]]:
    def of(day: datetime) -> tuple[datetime, datetime]:
        first = day.replace(year=day.year - back, month=1, day=1)
        return first, first.replace(year=first.year + 1)

    return of


_RELATIVE: Final[Mapping[str, Callable[[datetime], tuple[datetime, datetime]]]] = MappingProxyType(
    {
        r"day before yesterday|前天|一昨日|おととい": _days(2),
        r"yesterday|last night|昨天|昨晚|昨日|昨夜|きのう": _days(1),
        r"\btoday\b|今天|今日": _days(0),
        r"last week(?!end)|上周|上週|上个星期|上星期|先週": _week(1),
        r"this week(?!end)|这周|這週|本周|今週": _week(0),
        r"last month|上个月|上個月|先月": _month(1),
        r"this month|这个月|這個月|本月|今月": _month(0),
        r"last year|去年|昨年": _year(1),
        r"this year|今年": _year(0),
    }
)
_SPEAKS: Final = re.compile("|".join(_RELATIVE))
"""Whether it speaks of such a time at all: most questions do not."""


def past_is_asked(question: str) -> bool:
    """Whether what is over counts as much as what is."""
    return _PAST.search(question.lower()) is not None


def time_asked(question: str, at: datetime) -> tuple[datetime, datetime] | None:
    """From when until when *question*, asked then, wants to know; None: of no time."""
    words = question.lower()
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if _SPEAKS.search(words):
        return next(when(midnight) for one, when in _RELATIVE.items() if re.search(one, words))
    try:
        return _dated(words, midnight)
    except ValueError:  # there is no 31st of April
        return None


def _dated(words: str, today: datetime) -> tuple[datetime, datetime] | None:
    if found := _FULL.search(words):
        return _one(today, *found.groups())
    if found := _CJK.search(words):
        return _one(today, *found.groups())
    if found := _DAY_FIRST.search(words):
        day, month, year = found.groups()
        return _one(today, year, month, day)
    if found := _MONTH_FIRST.search(words):
        month, day, year = found.groups()
        return _one(today, year, month, day)
    if found := _MONTH_ALONE.search(words):
        month, year = found.groups()
        return _one(today, year, month, None)
    return None


def _one(
    today: datetime, year: str | None, month: str, day: str | None
) -> tuple[datetime, datetime]:
    """That day or month; of a year that is not named it is the last one that has begun."""
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    named = int(year) if year else today.year
    if not year and (number, int(day or 1)) > (today.month, today.day):
        named -= 1
    if day:
        first = today.replace(year=named, month=number, day=int(day))
        return first, first + _DAY
    return _whole_month(today, named, number)


def _whole_month(day: datetime, year: int, month: int) -> tuple[datetime, datetime]:
    first = day.replace(year=year, month=month, day=1)
    return first, (first + 31 * _DAY).replace(day=1)
