"""Finds what is written in digits and has a language's reader say it."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from voice.reading.reader import Reader

UNITS: Final = ("km/h", "kph", "mph", "m/s", "km", "cm", "mm", "kg", "mg", "ml", "kWh", "kW")
UNITS_MORE: Final = (
    "GB",
    "MB",
    "KB",
    "TB",
    "Hz",
    "°C",
    "°F",
    "℃",
    "℉",
    "°",
    "m²",
    "m",
    "g",
    "l",
    "L",
)

_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_UNIT: Final = "|".join(map(re.escape, (*UNITS, *UNITS_MORE)))
_HALF: Final = r"[aApP]\.?[mM]\b\.?"
_KINDS: Final[Mapping[str, str]] = {
    "date": r"(?P<y>\d{4})(?P<sep>[-/.])(?P<mo>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d.]\d)",
    "written": r"(?P<yw>\d{4})年(?P<mow>\d{1,2})月(?P<dw>\d{1,2})[日号]",
    "mixed": r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<yx>\d{4})",
    "clock": (
        r"(?P<h>[01]?\d|2[0-4])[:：](?P<mi>[0-5]\d)(?:[:：][0-5]\d)?"
        rf"(?:\s?(?P<half>{_HALF}))?"
    ),
    "hour": rf"(?P<h2>1[0-2]|0?[1-9])\s?(?P<half2>{_HALF})",
    "phone": (
        r"\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}|\(\d{2,4}\)[ -]?\d{3,4}-\d{3,4}"
        r"|0\d{1,4}(?:-\d{2,4}){1,3}|\d{3}-\d{4}(?!\d|-)|\d{2,4}(?:[- ]\d{3,4}){2,3}"
        r"|\d{7,}(?![\d.,]\d)"
    ),
    "money": rf"(?P<sign>US\$|[$€£¥￥])\s?(?P<amount>{_NUMBER})",
    "percent": rf"(?P<percentage>-?{_NUMBER})\s?[%％]",
    "nian": r"(?P<ny>\d{4})(?=年)",
    "year": (
        r"(?P<before>\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Yy]ear|[Aa]round|[Bb]efore"
        r"|[Aa]fter)\s)(?P<ay>1[1-9]\d\d|20\d\d)(?![\d,.:%/-]\d|\d)"
    ),
    "fraction": r"(?P<up>\d{1,2})/(?P<low>\d{1,2})(?![\d/])",
    "span": (
        rf"(?P<a>{_NUMBER})\s?[-–—~〜～]\s?(?P<b>{_NUMBER})"
        rf"(?:\s?(?P<spanned>{_UNIT})(?![A-Za-z]))?"
    ),
    "measure": rf"(?P<measured>[-−]?{_NUMBER})\s?(?P<unit>{_UNIT})(?![A-Za-z])",
    "ordinal": r"(?P<nth>\d+)(?:st|nd|rd|th)\b",
    "number": rf"(?:(?<![\w.])[-−])?{_NUMBER}(?:\.\d+)*",
}
_WRITTEN: Final = re.compile("|".join(rf"(?P<{kind}>{form})" for kind, form in _KINDS.items()))
_MONTHS: Final = 12
_DAYS: Final = 31


def read(text: str, reader: Reader) -> str:
    """*text* with all that stands in digits in the words of *reader*."""

    def said(found: re.Match[str]) -> str:
        words = _SAID[_kind(found)](reader, found)
        return _apart(words, text[: found.start()][-1:], text[found.end() :][:1])

    return _WRITTEN.sub(said, text)


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if found[kind] is not None)


def _apart(words: str, before: str, after: str) -> str:
    """Latin letters and the words for a number do not run into each other."""
    ours = words[:1].isascii() and words[-1:].isascii()
    left = " " if ours and before.isascii() and before.isalpha() else ""
    right = " " if ours and after.isascii() and after.isalpha() else ""
    return f"{left}{words}{right}"


def _bare(number: str) -> str:
    return number.replace(",", "").replace("−", "-")


def _number(reader: Reader, found: re.Match[str]) -> str:
    return reader.number(_bare(found[0]), found.string[found.end() :])


def _dated(reader: Reader, found: re.Match[str], year: str, month: str, day: str) -> str:
    if 1 <= int(month) <= _MONTHS and 1 <= int(day) <= _DAYS:
        return reader.date(int(year), int(month), int(day))
    return reader.digits(re.findall(r"\d+", found[0]))


def _mixed(reader: Reader, found: re.Match[str]) -> str:
    """The month stands first unless it cannot."""
    one, two = found["one"], found["two"]
    month, day = (two, one) if int(one) > _MONTHS else (one, two)
    return _dated(reader, found, found["yx"], month, day)


def _half(text: str | None) -> str:
    return (text or "").replace(".", "").lower()


def _clock(reader: Reader, found: re.Match[str]) -> str:
    return reader.clock(int(found["h"]), int(found["mi"]), _half(found["half"]))


def _hour(reader: Reader, found: re.Match[str]) -> str:
    return reader.clock(int(found["h2"]), 0, _half(found["half2"]))


def _span(reader: Reader, found: re.Match[str]) -> str:
    first, last = reader.number(_bare(found["a"]), ""), reader.number(_bare(found["b"]), "")
    if found["spanned"]:
        last = reader.measure(_bare(found["b"]), found["spanned"])
    return reader.span(first, last)


_SAID: Final[Mapping[str, Callable[[Reader, re.Match[str]], str]]] = {
    "date": lambda r, m: _dated(r, m, m["y"], m["mo"], m["d"]),
    "written": lambda r, m: _dated(r, m, m["yw"], m["mow"], m["dw"]),
    "mixed": _mixed,
    "clock": _clock,
    "hour": _hour,
    "phone": lambda r, m: r.digits(re.findall(r"\d+", m[0])),
    "money": lambda r, m: r.money(_bare(m["amount"]), m["sign"]),
    "percent": lambda r, m: r.percent(_bare(m["percentage"])),
    "nian": lambda r, m: r.year(m["ny"]),
    "year": lambda r, m: m["before"] + r.year(m["ay"]),
    "fraction": lambda r, m: r.fraction(int(m["up"]), int(m["low"])),
    "span": _span,
    "measure": lambda r, m: r.measure(_bare(m["measured"]), m["unit"]),
    "ordinal": lambda r, m: r.ordinal(int(m["nth"])),
    "number": _number,
}
