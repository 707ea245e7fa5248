"""By whose clock somebody lives: `Europe/Berlin`, or so many hours from UTC."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

_OFFSET: Final = re.compile(r"UTC(?P<sign>[+-])(?P<hours>\d{2}):(?P<minutes>\d{2})")


def offset(minutes: int) -> str:
    """The name of the clock that is so many *minutes* ahead of UTC."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def zone(name: str) -> tzinfo:
    """The clock called *name*; UTC for one that this machine does not know."""
    if found := _OFFSET.fullmatch(name):
        ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        return timezone(-ahead if found["sign"] == "-" else ahead, name)
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, OSError, ValueError):  # a word that is none, or a folder of them
        return UTC
