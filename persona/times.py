"""When somebody means: `in 20m`, `tomorrow at 8`, `明天早上8点`, `明日の8時`, or an ISO date.

Pure and deterministic. A time of day without a day is the next such time; a day without a time is
its morning. What is not understood to the last word is not understood.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Final

from persona.hours import PERIODS, Period, moment
from persona.numbers import NUMBER, number

_LONGEST: Final = 80
_BEFORE: Final = datetime(2001, 1, 1, tzinfo=UTC)
_SOME_DAY: Final = date(2001, 1, 2)

_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {
        r"s|secs?|seconds?|秒钟?|秒鐘|秒間": 1,
        r"m|mins?|minutes?|分钟|分鐘|分間?|分": 60,
        r"h|hrs?|hours?|个?小时|個?小時|个?钟头|個?鐘頭|時間": 3600,
        r"d|days?|天|日間?": 86400,
        r"w|weeks?|个?星期|個?星期|周|週間?": 604800,
    }
)
_PART = re.compile(
    rf"(?P<half>half an?\s*|半)?(?P<count>{NUMBER}|an?)?\s*(?P<and>个半|個半)?"
    rf"(?:{'|'.join(f'(?P<u{at}>{unit})' for at, unit in enumerate(_UNITS))})(?![a-z])(?P<more>半)?"
    r"\s*(?:and\s+|,\s*)?"
)
_LATER = re.compile(r"\s*(?:later|from now|之?[后後]|以[后後]|過ぎ)\s*$")

_DAYS: Final[Mapping[str, int]] = MappingProxyType(
    {
        r"day after tomorrow|大?后天|大?後天|明後日|あさって": 2,
        r"tomorrow|明天|明日|あした|翌日|明(?=[早晚])": 1,
        r"today|今天|今日|今(?=[早晚夜])": 0,
    }
)
_WEEK: Final = (
    *("mon(?:day)?", "tue(?:s|sday)?", "wed(?:nesday)?", "thu(?:rs|rsday)?"),
    *("fri(?:day)?", "sat(?:urday)?", "sun(?:day)?"),
)
_WEEKDAY = re.compile(
    rf"\b(?:next )?(?:{'|'.join(f'(?P<e{at}>{day})' for at, day in enumerate(_WEEK))})\b"
    r"|(?P<next>下个?|下個|来|來)?(?:周|週|星期|礼拜|禮拜)(?P<zh>[一二三四五六日天])"
    r"|(?P<coming>来週の?)?(?P<ja>[月火水木金土日])曜日?"
)
_DATE = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?|(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号號]"
)
_CLOCK = re.compile(
    rf"(?:at\s+|@\s*)?(?:(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?::\d{{2}})?"
    rf"|(?P<hour>{NUMBER})\s*[点點時](?:钟|鐘|整)?(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>{NUMBER})分?)?"
    r"|(?P<bare>\d{1,2})(?:\s*o'?clock)?(?=\s*(?:[ap]\.?m\b|$|[^\d:\s]|\s)))"
    r"\s*(?P<half_day>[ap])?(?:\.?m\b\.?)?"
)
_FILL = re.compile(
    r"\b(?:at|on|the|in|by|next|around)\b|[的のにでは在于於，,、。.!\s@]|ごろ|頃|左右"
)


def when(text: str, now: datetime, zone: tzinfo = UTC) -> datetime | None:
    """The moment, in UTC, that *text* means to somebody in *zone* at *now*; None: I cannot tell."""
    said = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if not said or len(said) > _LONGEST:
        return None
    try:
        found = _iso(said, zone) or _later(said, now) or _on_a_day(said, now.astimezone(zone))
    except (OverflowError, ValueError):  # the thirtieth of February, or beyond all calendars
        return None
    return found and found.astimezone(UTC)


def time_of_day(said: str) -> time | None:
    """The time of the clock that is all of *said*, in small letters; none said: the morning's."""
    rest = _Said(said)
    period = _period(rest)
    clock = rest.take(_CLOCK)
    if _FILL.sub("", rest.left):
        return None
    try:
        return moment(_SOME_DAY, period, clock, _BEFORE).time()
    except ValueError:  # half past thirty
        return None


def _iso(said: str, zone: tzinfo) -> datetime | None:
    if not re.match(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d", said):
        return None
    moment = datetime.fromisoformat(said.upper())
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _later(said: str, now: datetime) -> datetime | None:
    after = _LATER.search(said)
    rest = (
        (said[: after.start()] if after else said).removeprefix("in ").removeprefix("あと").strip()
    )
    sure = after or said.startswith(("in ", "あと")) or re.fullmatch(r"(?:\d+\s*[a-z]+\s*)+", rest)
    if not sure or not rest:
        return None
    at, seconds = 0, 0.0
    while at < len(rest):
        part = _PART.match(rest, at)
        if part is None or (part["count"] is None and part["half"] is None):
            return None
        seconds += _seconds(part)
        at = part.end()
    return now + timedelta(seconds=seconds)


def _seconds(part: re.Match[str]) -> float:
    unit = next(size for at, size in enumerate(_UNITS.values()) if part[f"u{at}"])
    count = 1.0 if part["count"] in {"a", "an"} else number(part["count"] or "0")
    halves = (part["half"] is not None) + (part["and"] is not None) + (part["more"] is not None)
    return (count + halves / 2) * unit


@dataclass(slots=True)
class _Said:
    """What is left of a text as its parts are found and taken out."""

    left: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.left)
        if found:
            self.left = f"{self.left[: found.start()]} {self.left[found.end() :]}"
        return found


def _on_a_day(text: str, now: datetime) -> datetime | None:
    said = _Said(text)
    day = _day(said, now.date())
    period = _period(said)
    clock = said.take(_CLOCK)
    if _FILL.sub("", said.left) or not (day or period or clock):
        return None
    return moment(day, period, clock, now)


def _day(said: _Said, today: date) -> date | None:
    if found := said.take(_DATE):
        return _dated(found, today)
    for words, days in _DAYS.items():
        if found := said.take(re.compile(words)):
            return today + timedelta(days=days + found[0].startswith("大"))
    found = said.take(_WEEKDAY)
    return _weekday(found, today) if found else None


def _dated(found: re.Match[str], today: date) -> date:
    if found["year"]:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    this_year = date(today.year, int(found["m"]), int(found["d"]))
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def _weekday(found: re.Match[str], today: date) -> date:
    sign = found["zh"] or found["ja"]
    if sign:
        wanted = (
            "一二三四五六日".find(sign.replace("天", "日"))
            if found["zh"]
            else "月火水木金土日".find(sign)
        )
    else:
        wanted = next(at for at in range(7) if found[f"e{at}"])
    if found["next"] or found["coming"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _period(said: _Said) -> Period | None:
    return next((kind for words, kind in PERIODS.items() if said.take(re.compile(words))), None)
