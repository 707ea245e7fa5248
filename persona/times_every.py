"""What comes again: `every day at 8`, `每周一9点`, `平日の朝7時`, as a cron."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from persona.numbers import NUMBER, number
from persona.times import time_of_day

_LONGEST: Final = 80
_LAST: Final = 31
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EN: Final = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?"
)
_ZH_WEEK: Final = r"(?:周|週|星期|礼拜|禮拜)"
_ZH: Final = "[一二三四五六日天]"
_JA: Final = r"[月火水木金土日](?:曜日?)?"
_SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    dict(zip("一二三四五六日月火水木金土", (*_DAYS, *_DAYS[:6]), strict=True)) | {"天": "sun"}
)


class _Cron(NamedTuple):
    """The last fields of a cron; *hours* is empty where a time of day is to be read."""

    days: str = "*"
    weekdays: str = "*"
    hours: str = ""


_Read = Callable[[re.Match[str]], _Cron]


def every(text: str) -> str:
    """The cron that *text* means; empty: it does not come again, or I cannot tell when.

    Days of the week stand in it by name. Without a time it is in the morning.
    """
    said = " ".join(unicodedata.normalize("NFKC", text).lower().split()).replace("晩", "晚")
    if len(said) > _LONGEST:
        return ""
    for pattern, read in _RULES:
        if found := pattern.search(said):
            rest = f"{said[: found.start()]} {said[found.end() :]}".strip()
            return _timed(read(found), rest)
    return ""


def _timed(cron: _Cron, rest: str) -> str:
    if cron.hours:
        return "" if rest else f"0 {cron.hours} * * *"
    if cron.days != "*" and not 1 <= int(cron.days) <= _LAST:
        return ""
    at = time_of_day(rest)
    return f"{at.minute} {at.hour} {cron.days} * {cron.weekdays}" if at else ""


def _named(found: re.Match[str]) -> _Cron:
    words = re.findall(_EN, found["days"])
    return _Cron(weekdays=",".join(dict.fromkeys(word[:3] for word in words)))


def _signed(found: re.Match[str]) -> _Cron:
    """Signs of days; 月曜日 is Monday, no Sunday besides."""
    days = re.sub(r"曜日?|[^一二三四五六日天月火水木金土]", "", found["days"])
    return _Cron(weekdays=",".join(dict.fromkeys(_SIGNS[sign] for sign in days)))


def _ranged(found: re.Match[str]) -> _Cron:
    first, last = (_day(found[name]) for name in ("first", "last"))
    count = (last - first) % len(_DAYS) + 1
    days = [_DAYS[(first + step) % len(_DAYS)] for step in range(count)]
    return _Cron(weekdays=",".join(days))


def _day(word: str) -> int:
    return _DAYS.index(_SIGNS.get(word[0]) or word[:3])


def _monthly(found: re.Match[str]) -> _Cron:
    said = next(each for each in found.groups() if each)
    return _Cron(days=str(int(number(said))))


def _hourly(found: re.Match[str]) -> _Cron:
    count = int(number(found["count"] or "1"))
    return _Cron(hours="*" if count == 1 else f"*/{count}")


def _fixed(**fields: str) -> _Read:
    return lambda _: _Cron(**fields)


_WEEKDAYS: Final = _fixed(weekdays="mon,tue,wed,thu,fri")
_WEEKENDS: Final = _fixed(weekdays="sat,sun")
_HOURS: Final = r"(?P<count>[2-9]|1[0-2]|two|three|four|six|eight|twelve|[两兩二三四六八])?"
_TO: Final = r"\s?(?:-|–|~|〜|to|through|thru|until|到|至|から)\s?"

_RULES: Final[tuple[tuple[re.Pattern[str], _Read], ...]] = (
    (
        re.compile(rf"\b(?:(?:every|each) {_HOURS} ?(?:hours?)|hourly)\b"),
        _hourly,
    ),
    (re.compile(rf"每隔?{_HOURS}一?[个個]?(?:小时|小時|钟头|鐘頭)"), _hourly),
    (re.compile(rf"毎時間?|{_HOURS}1?時間(?:ごと|おき|毎)に?"), _hourly),
    (
        re.compile(
            r"\b(?:on the |every )?(\d{1,2})(?:st|nd|rd|th) (?:day )?of (?:every|each|the) month\b"
            r"|\b(?:every|each) month on (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b"
            r"|\bmonthly on (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b"
        ),
        _monthly,
    ),
    (re.compile(rf"(?:每[个個]?月的?|毎月の?)({NUMBER})[号號日]"), _monthly),
    (re.compile(r"\b(?:(?:every|each|on) )?(?:weekdays?|working days?|workdays?)\b"), _WEEKDAYS),
    (re.compile(r"每?[个個]?(?:工作日|平日)(?:的?每天|は?毎日)?|毎平日"), _WEEKDAYS),
    (re.compile(r"\b(?:every|each) weekend\b|\b(?:on )?weekends\b"), _WEEKENDS),
    (re.compile(r"(?:每[个個]?|毎)(?:周末|週末)"), _WEEKENDS),
    (
        re.compile(rf"\b(?:(?:every|each|on|from) )?(?P<first>{_EN}){_TO}(?P<last>{_EN})\b"),
        _ranged,
    ),
    (re.compile(rf"[每从從]?{_ZH_WEEK}(?P<first>{_ZH}){_TO}{_ZH_WEEK}?(?P<last>{_ZH})"), _ranged),
    (re.compile(rf"(?:毎週の?)?(?P<first>{_JA}){_TO}(?P<last>{_JA})(?:まで)?"), _ranged),
    (
        re.compile(rf"\b(?:every|each) (?P<days>{_EN}(?:(?:,? and |, ?| & |/| ){_EN})*)\b"),
        _named,
    ),
    (
        re.compile(
            r"\b(?:on )?(?P<days>(?:mon|tues|wednes|thurs|fri|satur|sun)days"
            r"(?:(?:,? and |, ?| & )(?:mon|tues|wednes|thurs|fri|satur|sun)days)*)\b"
        ),
        _named,
    ),
    (
        re.compile(rf"每[个個]?{_ZH_WEEK}(?P<days>{_ZH}(?:[、,和及]?(?:{_ZH_WEEK})?{_ZH})*)"),
        _signed,
    ),
    (re.compile(rf"毎週の?(?P<days>{_JA}(?:[、,と・]?{_JA})*)"), _signed),
    (re.compile(r"\b(?:every|each) day\b|\bdaily\b"), _fixed()),
    (re.compile(r"\b(?:every|each) (?=morning|noon|afternoon|evening|night)"), _fixed()),
    (re.compile(r"每天|每日|毎日|[每毎](?=早|晚|朝|夜|夕)"), _fixed()),
)
