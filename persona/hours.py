"""Parts of the day and times of the clock, and the moment that they mean on a day."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from persona.numbers import number

_NOON: Final = 12
_SMALL_HOURS: Final = 5  # one o'clock at night belongs to the night that began the day before
_DAY_HOURS: Final = 24
_MORNING: Final = 9  # of a day that was named without a time


class Period(NamedTuple):
    """A part of the day: what it makes of the hours in it, and the *hour* that it means alone."""

    kind: str
    hour: int


PERIODS: Final[Mapping[str, Period]] = MappingProxyType(
    {
        r"midnight|半夜|真夜中|午夜": Period("small", 0),
        r"凌晨|未明|明け方": Period("small", 5),
        r"in the morning|this morning|morning|早上|早晨|清晨|上午|午前|朝|早": Period("am", 9),
        r"at noon|noon|中午|正午|お?昼": Period("noon", 12),
        r"in the afternoon|this afternoon|afternoon|下午|午後": Period("pm", 15),
        r"in the evening|this evening|evening|傍晚|夕方": Period("pm", 18),
        r"tonight|at night|night|今夜|今晚|晚上|夜里|夜裡|深夜|夜|晚": Period("night", 20),
    }
)
"""By the words for it, a pattern in small letters."""


def named(words: str) -> Period | None:
    """The part of the day that *words* begin with, in small letters."""
    return next((kind for known, kind in PERIODS.items() if re.match(known, words)), None)


def moment(
    day: date | None, period: Period | None, clock: re.Match[str] | None, now: datetime
) -> datetime:
    """When that is, by the zone of *now*; without a *day* the next such time.

    *clock* has the groups `h` and `m`, or `hour` with `half`, `quarter` and `minute`, or `bare`,
    and `half_day` for a or p. Raises `ValueError` for an hour that no clock shows.
    """
    if clock is None:
        hour, minute = period.hour if period else _MORNING, 0
    else:
        hour, minute = _hour(clock), _minute(clock)
    half_day = (clock and clock["half_day"]) or ""
    turned = _turned(hour, period.kind if period else "", half_day)
    found = _at(day or now.date(), turned, minute, now)
    if day is None and found <= now:
        return found + timedelta(days=1)
    sure = period or half_day or hour >= _NOON or hour == 0
    if day == now.date() and found <= now and not sure:
        return _at(day, hour + _NOON, minute, now)
    return found


def _at(day: date, hour: int, minute: int, now: datetime) -> datetime:
    """*hour* may be that of the next day: 25 is one o'clock in the night."""
    days, hour = divmod(hour, _DAY_HOURS)
    return datetime.combine(day + timedelta(days=days), time(hour, minute), tzinfo=now.tzinfo)


def _hour(clock: re.Match[str]) -> int:
    hour = int(number(clock["h"] or clock["hour"] or clock["bare"]))
    if hour > _DAY_HOURS:
        raise ValueError(f"no hour: {hour}")
    return hour


def _minute(clock: re.Match[str]) -> int:
    if clock["half"]:
        return 30
    if clock["quarter"]:
        return 15 if clock["quarter"] == "一" else 45
    return int(number(clock["m"] or clock["minute"] or "0"))


def _turned(hour: int, period: str, half_day: str) -> int:
    """*hour* of twenty-four, by what stood beside it."""
    if half_day == "a" or period in {"am", "small"}:
        return hour % _NOON if hour == _NOON else hour
    if half_day == "p" or period == "pm" or (period == "noon" and hour < _SMALL_HOURS):
        return hour + _NOON if hour < _NOON else hour
    if period == "night":
        late = hour % _NOON < _SMALL_HOURS and hour <= _NOON
        return hour % _NOON + (_DAY_HOURS if late else _NOON) if hour <= _NOON else hour
    return hour
