"""How Chinese, in both scripts, and Japanese name days, weeks and months inside a sentence."""

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from persona.days import Stretch, in_week, month, month_end, named, one, week, weekend
from persona.numbers import number
from persona.times_rule import Rule, Today, Unit, counted, dated, numbered

_DAYS: Final[Mapping[str, tuple[int, str]]] = MappingProxyType(
    {
        "大后天|大後天|しあさって|明々後日": (3, ""),
        "后天|後天|明後日|あさって": (2, ""),
        "明天|明日|あした|翌日|明儿|明兒": (1, ""),
        "今天|今日|本日|今儿|きょう": (0, ""),
        "昨天|昨日|きのう": (-1, ""),
        "前天|一昨日|おととい": (-2, ""),
        "大前天": (-3, ""),
        "今晚|今晩|今夜|今天夜里": (0, "今夜"),
        "明晚|明晩": (1, "晚"),
        "昨晚|昨晩|昨夜|ゆうべ": (-1, "晚"),
        "今早|今朝|けさ": (0, "早"),
        "明早": (1, "早"),
    }
)
_BY_WORD: Final[Mapping[str, tuple[int, str]]] = MappingProxyType(
    {word: meant for words, meant in _DAYS.items() for word in words.split("|")}
)
_WORDS: Final = "|".join(sorted(_BY_WORD, key=len, reverse=True))
_ZH_WEEK: Final = "一二三四五六日"
_JA_WEEK: Final = "月火水木金土日"
_WHICH: Final[Mapping[str, int]] = MappingProxyType(
    {"上上": -2, "先々": -2, "上": -1, "先": -1, "这": 0, "這": 0, "本": 0, "今": 0, "": 0}
    | {"下": 1, "来": 1, "來": 1, "下下": 2, "再来": 2}
)
_ZH_WHICH: Final = "(?P<which>上上|上|下下|下|这|這|本)一?[个個]?"
_JA_WHICH: Final = "(?P<which>再来|来|今|先々|先)"
_COUNT: Final = "(?P<count>\\d{1,4}(?:\\.5)?|[一二两兩三四五六七八九十]{1,3}|[几幾数數半])"
_ZH_UNIT: Final = (
    "(?P<unit>分钟|分鐘|[个個]?小时|[个個]?小時|[个個]?钟头|[个個]?鐘頭|天|[个個]?星期|[个個]?礼拜"
    "|[个個]?禮拜|周|週|[个個]月|(?<=半)月)"
)
_JA_UNIT: Final = "(?P<unit>分間?|時間|日間?|週間|[ヶケかカヵ]月)"
_UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {
        "分": "minute", "小": "hour", "钟": "hour", "鐘": "hour", "時": "hour",
        "天": "day", "日": "day", "星": "week", "礼": "week", "禮": "week", "周": "week",
        "週": "week", "月": "month",
    }
)  # fmt: skip
_ROUGHLY: Final[Mapping[str, float]] = MappingProxyType(
    {"几": 3, "幾": 3, "数": 3, "數": 3, "半": 0.5}
)
_NUMBER: Final = r"(?P<number>\d{1,2}|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH: Final = (
    r"(?:(?P<year>\d{4})年)?"
    r"(?<![\d十])(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月"
)


def _by_word(found: re.Match[str], today: Today) -> Stretch:
    days, part = _BY_WORD[found["day"]]
    return one(today.day + timedelta(days=days), part)


def _by_weekday(found: re.Match[str], today: Today) -> Stretch:
    said = found.groupdict()
    week_of = _ZH_WEEK if said.get("zh") else _JA_WEEK
    wanted = week_of.index((said.get("zh") or said["ja"]).replace("天", "日"))
    if said.get("which"):
        return in_week(today.day, _WHICH[said["which"]], wanted)
    return named(today.day, wanted, past=today.past or bool(said.get("gone")))


def _by_week(found: re.Match[str], today: Today) -> Stretch:
    said = found.groupdict()
    weeks = _WHICH[said.get("which", "")]
    return weekend(today.day, weeks) if said["end"] else week(today.day, weeks)


def _by_month(found: re.Match[str], today: Today) -> Stretch:
    said = found.groupdict()
    months = _WHICH[said.get("which", "")]
    if said.get("number"):
        return numbered(int(number(said["number"])), months, today)
    return month_end(today.month(months)) if said["end"] else month(today.month(months))


def _by_amount(found: re.Match[str], today: Today) -> Stretch:
    said = found.groupdict()
    count = _ROUGHLY[said["count"]] if said["count"] in _ROUGHLY else number(said["count"])
    unit = _UNITS[said["unit"].lstrip("个個ヶケかカヵ")[0]]
    sign = -1 if said.get("ago") else 1
    return counted(sign * (count + bool(said.get("half")) / 2), unit, today)


def _by_date(found: re.Match[str], today: Today) -> Stretch:
    year, at = found["year"], int(number(found["month"]))
    day = int(number(found["number"])) if found["number"] else None
    told = dated(int(year) if year else None, at, day, today)
    return month_end(told.first) if found["end"] else told


def _by_number(found: re.Match[str], today: Today) -> Stretch:
    return numbered(int(number(found["number"])), None, today)


DENSE: Final = (
    Rule(re.compile(rf"(?<![以之然])(?P<day>{_WORDS})(?![香菜美])"), _by_word),
    Rule(
        re.compile(
            rf"(?<![每\d一两兩三几个個])(?:{_ZH_WHICH}(?:(?:周|週|星期)的)?)?"
            r"(?:周|週|星期|礼拜|禮拜)(?P<zh>[一二三四五六日天])(?![周週个個次年月])"
        ),
        _by_weekday,
    ),
    Rule(
        re.compile(
            rf"(?<!毎週)(?<!毎週の)(?:{_JA_WHICH}週の?|今度の|次の|(?P<gone>この前の))?"
            r"(?P<ja>[月火水木金土日])曜日?(?!大工)"
        ),
        _by_weekday,
    ),
    Rule(re.compile(rf"{_JA_WHICH}週の(?P<ja>[月火水木金土])(?=[にはもの、])"), _by_weekday),
    Rule(
        re.compile(
            rf"{_ZH_WHICH}(?:(?P<end>周末|週末)|星期|礼拜|禮拜|[周週](?![一二三四五六日天末]))"
        ),
        _by_week,
    ),
    Rule(re.compile(rf"{_JA_WHICH}週(?P<end>末|の?土日)?"), _by_week),
    Rule(re.compile(r"(?<![每个個毎])(?P<end>周末|週末|土日)"), _by_week),
    Rule(
        re.compile(rf"{_ZH_WHICH}月的?(?:{_NUMBER}[日号號]|(?P<end>底|末))?(?![球亮])"), _by_month
    ),
    Rule(re.compile(rf"{_JA_WHICH}月の?(?:{_NUMBER}日(?![間前後])|(?P<end>末))?"), _by_month),
    Rule(re.compile(r"(?<![\d个個今来先])月(?P<end>底|末)"), _by_month),
    Rule(
        re.compile(
            rf"{_COUNT}(?P<half>[个個]半)?\s*{_ZH_UNIT}(?P<half2>半)?"
            r"(?:之?[后後]|以[后後]|[之以]?[内內]|(?P<ago>[之以]?前))(?!天|台|门|門|面)"
        ),
        _by_amount,
    ),
    Rule(re.compile(rf"{_COUNT}\s*{_JA_UNIT}(?P<half>半)?(?:後|以内|(?P<ago>前))"), _by_amount),
    Rule(re.compile(rf"[过過]{_COUNT}{_ZH_UNIT}(?!前)"), _by_amount),
    Rule(re.compile(rf"あと{_COUNT}{_JA_UNIT}"), _by_amount),
    Rule(
        re.compile(
            rf"{_MONTH}份?(?:的|の)?(?:{_NUMBER}[日号號](?![間间前后後])|(?P<end>底|末))?(?![球亮饼])"
            r"(?:\([月火水木金土日一二三四五六]\))?"
        ),
        _by_date,
    ),
    Rule(
        re.compile(
            rf"(?<![第\d月年.十一二三四五六七八九]){_NUMBER}[号號]"
            "(?![线線楼樓门門厅廳机機房桌车車站台臺馆館院球位选選码碼人种種称稱店仓])"
        ),
        _by_number,
    ),
    Rule(
        re.compile(
            r"(?<![第\d月年.])(?P<number>[2-9]|[123]\d)日(?![間間本前後目以中]|ぶり|おき|連続|分|め|も)"
        ),
        _by_number,
    ),
)
"""Every way, by a pattern of its own; of those that begin at one place the longest is meant."""
