"""How English names days, weeks and months inside a sentence."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from persona.days import Stretch, in_week, month, month_end, named, one, week, weekend
from persona.numbers import number
from persona.times_rule import Rule, Today, Unit, counted, dated, numbered

_DAYS: Final[Mapping[str, tuple[int, str]]] = MappingProxyType(
    {
        "day after tomorrow": (2, ""),
        "day before yesterday": (-2, ""),
        "tomorrow": (1, ""),
        "tmrw": (1, ""),
        "tmr": (1, ""),
        "yesterday": (-1, ""),
        "today": (0, ""),
        "tonight": (0, "tonight"),
        "last night": (-1, "night"),
        "this morning": (0, "morning"),
        "this afternoon": (0, "afternoon"),
        "this evening": (0, "evening"),
    }
)
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL: Final = "(?P<full>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SHORT: Final = (  # sat and sun are words of their own, so these want one before them
    r"(?P<short>(?:(?<=on )|(?<=by )|(?<=next )|(?<=this )|(?<=last )|(?<=until )|(?<=week ))"
    r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun))"
)
_WHICH: Final[Mapping[str, int]] = MappingProxyType(
    {"next": 1, "last": -1, "past": -1, "this": 0, "coming": 0, "this coming": 0, "the": 0}
)
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR: Final = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_NUMBER: Final = r"(?P<number>\d{1,2})(?:st|nd|rd|th)?"
_AMOUNT: Final = (
    r"(?P<count>\d{1,3}(?:\.5)?|one|two|three|four|five|six|seven|eight|nine|ten|half an?"
    r"|an?(?: couple(?: of)?| few| half)?|few)"
    r" ?(?P<unit>min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|[mhd](?=\W|\Z))(?![a-z])"
    r"(?P<half> and a half)?"
)
_ROUGHLY: Final[Mapping[str, float]] = MappingProxyType({"couple": 2, "few": 3, "half": 0.5})
_UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {
        "mi": "minute", "m": "minute", "ho": "hour", "hr": "hour", "h": "hour",
        "da": "day", "d": "day", "we": "week", "mo": "month",
    }
)  # fmt: skip


def _by_word(found: re.Match[str], today: Today) -> Stretch:
    days, part = _DAYS[found["day"]]
    return one(today.day + timedelta(days=days), part)


def _by_weekday(found: re.Match[str], today: Today) -> Stretch:
    wanted = _WEEK.index((found["full"] or found["short"])[:3])
    week_of = found["week"] or found["of"]
    if week_of:
        return in_week(today.day, _WHICH[week_of], wanted)
    which = found["which"]
    return named(today.day, wanted, past=which in {"last", "past"} or (today.past and not which))


def _by_week(found: re.Match[str], today: Today) -> Stretch:
    weeks = _WHICH[found["which"]] + (" after " in found[0])
    return weekend(today.day, weeks) if found["end"] else week(today.day, weeks)


def _by_month(found: re.Match[str], today: Today) -> Stretch:
    first = today.month(_WHICH[found["which"]])
    return month_end(first) if found["end"] else month(first)


def _by_amount(found: re.Match[str], today: Today) -> Stretch:
    said = found["count"].split()
    rough = next((_ROUGHLY[word] for word in said if word in _ROUGHLY), None)
    count = (1 if said[0] in {"a", "an"} else number(said[0])) if rough is None else rough
    sign = -1 if found["ago"] else 1
    return counted(sign * (count + bool(found["half"]) / 2), _UNITS[found["unit"][:2]], today)


def _by_date(found: re.Match[str], today: Today) -> Stretch:
    year, at = found["year"], _MONTHS.index(found["month"][:3]) + 1
    return dated(int(year) if year else None, at, int(found["number"]), today)


def _by_name(found: re.Match[str], today: Today) -> Stretch:
    year, at = found["year"], _MONTHS.index(found["month"][:3]) + 1
    past = today.past or found["gone"] is not None
    return dated(int(year) if year else None, at, None, replace(today, past=past))


def _by_number(found: re.Match[str], today: Today) -> Stretch:
    which = found["which"]
    return numbered(int(found["number"]), _WHICH[which] if which else None, today)


ENGLISH: Final = (
    Rule(re.compile(rf"\b(?:the )?(?P<day>{'|'.join(_DAYS)})\b"), _by_word),
    Rule(
        re.compile(
            r"(?<!every )(?<!each )(?<!any )(?<!other )\b"
            r"(?:(?:on (?:the )?|by |until |till |since |before |from )?"
            r"(?:(?P<which>next|last|past|this coming|this|coming) )?"
            r"|(?P<week>next|last|this) week,? (?:on )?)"
            rf"(?:{_FULL}|{_SHORT})\b(?:,? (?:of )?(?P<of>next|last|this) week\b)?"
        ),
        _by_weekday,
    ),
    Rule(
        re.compile(
            r"(?<!the )\b(?P<which>next|last|past|this coming|this|coming"
            r"|(?:(?<=at )|(?<=over )|(?<=on ))the(?= weekend)) week(?P<end>end)?\b(?! of\b)"
        ),
        _by_week,
    ),
    Rule(re.compile(r"\b(?:the )?week(?P<end>end)? after (?P<which>next)\b"), _by_week),
    Rule(
        re.compile(
            r"(?<!the )(?<!end of )\b(?P<end>(?:the )?end of )?"
            r"(?P<which>next|last|past|this|coming|(?<=end of )the) month\b"
        ),
        _by_month,
    ),
    Rule(re.compile(rf"\b(?:with)?in {_AMOUNT}(?P<ago>(?!))?"), _by_amount),
    Rule(re.compile(rf"\b{_AMOUNT} (?:(?P<ago>ago)|from (?:now|today))\b"), _by_amount),
    Rule(re.compile(rf"\b(?:on )?(?:the )?{_NUMBER}(?: of)? {_MONTH}{_YEAR}"), _by_date),
    Rule(
        re.compile(rf"\b(?:on )?{_MONTH} (?:the )?{_NUMBER}\b(?![:.]\d| ?[ap]\.?m\b){_YEAR}"),
        _by_date,
    ),
    Rule(
        re.compile(
            r"\b(?:in|by|until|till|since|before|after|during|next|this|(?P<gone>last))"
            rf" (?:early |late |mid[ -])?{_MONTH}(?! (?:the )?\d{{1,2}}\b){_YEAR}"
        ),
        _by_name,
    ),
    Rule(
        re.compile(rf"\b(?:on |by )?the {_NUMBER} of (?P<which>this|next|last) month\b"), _by_number
    ),
    Rule(
        re.compile(
            r"\b(?:on|by|until|till|since|before|after|from|for) the (?P<number>\d{1,2})"
            r"(?:st|nd|rd|th)\b(?=\s*(?:[^\w\s]|\Z|(?:at|in|and|but|so|i|we|for|with|to)\b))"
            r"(?P<which>(?!))?"
        ),
        _by_number,
    ),
)
"""Every way, by a pattern of its own; of those that begin at one place the longest is meant."""
