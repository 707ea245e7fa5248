"""The day on which somebody was born, as it is compared: 05-12, or 1990-05-12."""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from persona.numbers import NUMBER, number
from persona.times_within import dates_in

_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/-])")
_SPELT = re.compile(rf"(?P<month>{NUMBER})月(?P<day>{NUMBER})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEASTS: Final = (
    (re.compile(r"christmas eve|クリスマスイブ|平安夜|圣诞前夜"), "12-24"),
    (re.compile(r"christmas|クリスマス|圣诞节?|聖誕節?"), "12-25"),
    (re.compile(r"new year'?s eve|大晦日|跨年夜"), "12-31"),
    (re.compile(r"new year'?s(?: day)?|元旦|元日"), "01-01"),
    (re.compile(r"halloween|ハロウィン|万圣节|萬聖節"), "10-31"),
    (re.compile(r"valentine'?s?(?: day)?|バレンタイン|情人节|情人節"), "02-14"),
    (re.compile(r"april fool'?s?(?: day)?|エイプリルフール|愚人节|愚人節"), "04-01"),
)
_CENTURY: Final = 100
_LEAP: Final = 2000
_MONTHS: Final = 12


def birthday(said: str, at: datetime, zone: tzinfo) -> str:
    """The day that *said* tells of, with the year where that is told; empty: it tells none."""
    times = dates_in(said, at, zone)
    dated = next((one for one in times if one.until - one.moment == timedelta(days=1)), None)
    if dated:
        year = _YEAR.search(said)
        return f"{year[0]}-{dated.moment:%m-%d}" if year else f"{dated.moment:%m-%d}"
    slashed = _SLASHED.search(said)
    if slashed:
        return _day(int(slashed[1]), int(slashed[2]), slashed[3] or "", at)
    spelt = _SPELT.search(said)
    if spelt:
        return _day(int(number(spelt["month"])), int(number(spelt["day"])), "", at)
    small = said.lower()
    return next((day for feast, day in _FEASTS if feast.search(small)), "")


def _day(month: int, day: int, told: str, at: datetime) -> str:
    """Month and day; where that cannot be, day and month. The year may be *told* in two figures."""
    if month > _MONTHS:
        month, day = day, month
    try:
        known = date(_LEAP, month, day)
    except ValueError:
        return ""
    if not told:
        return f"{known:%m-%d}"
    year = int(told)
    if year < _CENTURY:
        year += (at.year // _CENTURY - (year > at.year % _CENTURY)) * _CENTURY
    return f"{year}-{known:%m-%d}"
