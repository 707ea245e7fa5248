"""The day on which somebody was born, as it is compared: 05-12, or 1990-05-12."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from persona.times_within import dates_in

_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/-])")
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
_DAY: Final = timedelta(days=1)
_CENTURY: Final = 100
_MONTHS: Final = 12
_LEAP: Final = 2000


def birthday(said: str, at: datetime) -> tuple[str, int, int]:
    """The day that *said* tells of, with the year where that is told, and where it stands."""
    days = (one for one in dates_in(said, at, at.tzinfo) if one.until - one.moment == _DAY)  # type: ignore[arg-type]  # at is aware
    if dated := next(days, None):
        year = _YEAR.search(said, dated.start, dated.end)
        day = f"{year[0]}-{dated.moment:%m-%d}" if year else f"{dated.moment:%m-%d}"
        return day, dated.start, dated.end
    if slashed := _SLASHED.search(said):
        return _by_figures(slashed, at), *slashed.span()
    small = said.lower()
    found = ((hit, day) for feast, day in _FEASTS if (hit := feast.search(small)))
    hit, day = next(found, (None, ""))
    return (day, *hit.span()) if hit else ("", 0, 0)


def _by_figures(found: re.Match[str], at: datetime) -> str:
    """Month and day; where that cannot be, day and month."""
    month, day = int(found[1]), int(found[2])
    if month > _MONTHS:
        month, day = day, month
    try:
        known = date(_LEAP, month, day)
    except ValueError:
        return ""
    if not found[3]:
        return f"{known:%m-%d}"
    year = int(found[3])
    if year < _CENTURY:
        year += (at.year // _CENTURY - (year > at.year % _CENTURY)) * _CENTURY
    return f"{year}-{known:%m-%d}"
