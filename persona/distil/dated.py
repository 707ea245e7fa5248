"""Whether a time that a model wrote down is one that the line speaks of, by our own reading."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from persona.days import months_on
from persona.distil.told import Told
from persona.facts.kinds import Precision
from persona.times_within import dates_in

_WRITTEN: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ](?P<clock>\d\d:\d\d)\S*)?)?)?"
)
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Grounded:
    """The time from *start* until *end*, told as exactly as *precision* says."""

    start: datetime
    end: datetime
    precision: Precision


def grounded(written: str, line: Told, *, now: bool = False) -> Grounded | None:
    """The time of *line* that *written* means; None: the line speaks of no such time.

    *now*: the moment at which it was said is meant where the day of it is written.
    """
    meant = _read(written.strip(), line)
    if meant is None:
        return None
    for one in dates_in(line.text, line.at, line.at.tzinfo or UTC):
        told = Grounded(one.moment, max(one.until, one.moment + _MINUTE), one.precision)
        if meant.start < told.end and told.start < meant.end:
            return told
    if now and meant.precision != "year" and meant.start <= line.at < meant.end:
        return Grounded(line.at, line.at, "day")
    year = re.search(rf"(?<!\d){meant.start.year}(?!\d)", line.text)
    return meant if meant.precision == "year" and year else None


_MINUTE: Final = timedelta(minutes=1)


def _read(written: str, line: Told) -> Grounded | None:
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    clock, day, month = found["clock"], found["day"], found["month"]
    try:
        start = datetime.fromisoformat(
            f"{found['year']}-{month or '01'}-{day or '01'}T{clock or '00:00'}"
        ).replace(tzinfo=line.at.tzinfo)
        if clock:
            return Grounded(start, start + _MINUTE, "minute")
        if day:
            return Grounded(start, start + timedelta(days=1), "day")
        end = months_on(start.date(), 1 if month else _YEAR)
        until = datetime.combine(end, start.timetz())
    except (ValueError, OverflowError):  # the thirtieth of February, or beyond all calendars
        return None
    return Grounded(start, until, "month" if month else "year")
