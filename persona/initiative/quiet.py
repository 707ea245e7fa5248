"""The hours in which somebody is left alone, by the clock on their wall."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Final

_MINUTES: Final = 24 * 60
_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=366)

_SPAN: Final = re.compile(
    r"(?P<from>\d{1,2})(?::(?P<from_m>\d{2}))?\s*(?:-|–|—|~|～|to|到|至|から)\s*"
    r"(?P<to>\d{1,2})(?::(?P<to_m>\d{2}))?(?:まで)?"
)
_FOR: Final = re.compile(
    r"(?:for\s+)?(?P<count>\d{1,3})\s*(?P<unit>[a-z]+|小时|小時|時間|天|日|周|週|週間)"
)
_UNITS: Final[Mapping[str, timedelta]] = MappingProxyType(
    {
        "h": timedelta(hours=1),
        "hour": timedelta(hours=1),
        "hours": timedelta(hours=1),
        "小时": timedelta(hours=1),
        "小時": timedelta(hours=1),
        "時間": timedelta(hours=1),
        "d": _DAY,
        "day": _DAY,
        "days": _DAY,
        "天": _DAY,
        "日": _DAY,
        "w": 7 * _DAY,
        "week": 7 * _DAY,
        "weeks": 7 * _DAY,
        "周": 7 * _DAY,
        "週": 7 * _DAY,
        "週間": 7 * _DAY,
    }
)
_OFF: Final = frozenset({"off", "no", "关", "關", "关闭", "取消", "オフ", "解除"})
_FOREVER: Final = frozenset({"forever", "always", "永远", "永遠", "永久", "ずっと"})


@dataclass(frozen=True, slots=True)
class Window:
    """From *start* to before *end*, in minutes after midnight; over midnight where *end* is less.

    Where both are the same there are no such hours.
    """

    start: int
    end: int

    def holds(self, at: datetime) -> bool:
        """Whether *at*, in the zone that it is in, falls into it."""
        minute = at.hour * 60 + at.minute
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def over(self, at: datetime, zone: tzinfo) -> datetime:
        """When it ends next after *at* in *zone*, in UTC."""
        return _next(self.end, at, zone)

    def begins(self, at: datetime, zone: tzinfo) -> datetime:
        """When it begins next after *at* in *zone*, in UTC."""
        return _next(self.start, at, zone)

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


USUAL: Final = Window(22 * 60, 8 * 60)
"""When nobody has said otherwise."""

UNKNOWN: Final = Window(20 * 60, 12 * 60)
"""Where we do not know what time it is with somebody, we write in the afternoon only."""


@dataclass(frozen=True, slots=True)
class Off:
    """Nothing but the usual manners from now on; writing first is welcome again."""


@dataclass(frozen=True, slots=True)
class Forever:
    """Never write first."""


Wanted = Window | timedelta | Off | Forever
"""What somebody wants of `/quiet`: hours, a while, an end to it, or for ever."""


def wanted(text: str) -> Wanted | None:
    """What *text* after `/quiet` means; None: nothing that we know."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    if said in _OFF:
        return Off()
    if said in _FOREVER:
        return Forever()
    if span := _SPAN.fullmatch(said):
        return _window(span)
    if lasts := _FOR.fullmatch(said):
        return _while(lasts)
    return None


def _window(span: re.Match[str]) -> Window | None:
    start = _minute(span["from"], span["from_m"])
    end = _minute(span["to"], span["to_m"])
    if start is None or end is None or start == end:
        return None
    return Window(start, end)


def _minute(hour: str, minute: str | None) -> int | None:
    past = int(hour) * 60 + int(minute or 0)
    return past % _MINUTES if past <= _MINUTES and int(minute or 0) < 60 else None  # noqa: PLR2004


def _while(lasts: re.Match[str]) -> timedelta | None:
    unit = _UNITS.get(lasts["unit"])
    if unit is None or not int(lasts["count"]):
        return None
    return min(int(lasts["count"]) * unit, _LONGEST)


def _next(minute: int, at: datetime, zone: tzinfo) -> datetime:
    today = at.astimezone(zone).date()
    found = (_at(minute, today + n * _DAY, zone) for n in range(3))
    return next(one for one in found if one > at)


def _at(minute: int, day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)), tzinfo=zone).astimezone(UTC)


def _clock(minute: int) -> str:
    return "{:02}:{:02}".format(*divmod(minute, 60))
