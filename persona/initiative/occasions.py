"""Days of the year that somebody speaks of: birthdays, anniversaries, the day of a death."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Final

from persona.clauses import clauses
from persona.facts.birthdays import birthday
from persona.folding import folded
from persona.glance import asks

_NAMES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "birthday": re.compile(
            r"\b(?:my|our|his|her) (?:[\w']+ ){0,2}(?:birthday|b-?day)\b|\bi was born\b"
            r"|(?:我|女儿|儿子|妈妈|爸爸)(?:的)?生日|誕生日"
        ),
        "anniversary": re.compile(
            r"\b(?:my|our) (?:[\w']+ ){0,2}anniversary\b|\b(?:we|i) got married\b"
            r"|(?:结婚|結婚|交往|在一起)?(?:的)?(?:纪念日|紀念日|記念日)"
        ),
        "day of a death": re.compile(
            r"\b(?:died|passed away|death anniversary|anniversary of \w+ ?\w* death)\b"
            r"|忌日|命日|祭日|去世|过世|過世|亡くなっ|亡くなり"
        ),
    }
)
_NOBODYS: Final = re.compile(
    r"\b(?:if|his|their|movie|novel|king|president|actor|singer)\b|电影|映画"
)
_LEAP: Final = "02-29"
_LEAP_DAY: Final = re.compile(
    r"\bfeb(?:ruary|\.)? 29(?:th)?\b|\b29(?:th)?(?: of)? feb(?:ruary)?\b|2月29日|二月二十九"
)
"""Which next year may not have, so that nobody finds it among the days ahead."""


def occasions(text: str, at: datetime, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """The name and the day, `05-12` or `1990-05-12`, of each that *text* tells."""
    local = at.astimezone(zone)
    for clause in clauses(text, at, zone):
        said = folded(clause)
        name = next((name for name, pattern in _NAMES.items() if pattern.search(said)), "")
        if name and not _NOBODYS.search(said) and not asks(said):
            day = _LEAP if _LEAP_DAY.search(said) else birthday(clause, local)[0]
            if day:
                yield name, day


def next_day(day: str, today: date) -> date:
    """The next *day*, `05-12`, from *today* on; 29 February is kept on the 28th in other years."""
    found = _in(today.year, day)
    return found if found >= today else _in(today.year + 1, day)


def _in(year: int, day: str) -> date:
    if day == _LEAP and not _is_leap(year):
        return date(year, 2, 28)
    return date(year, int(day[:2]), int(day[3:]))


def _is_leap(year: int) -> bool:
    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
