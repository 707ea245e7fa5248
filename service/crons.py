"""When a job with a cron comes again, by the clock of who asked for it."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from itertools import takewhile
from typing import Final, Protocol

from anima.zones import zone

_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: Final = 5
_MANY: Final = 1000
"""So many times missed are many enough."""


class _Trigger(Protocol):
    def get_next_fire_time(self, previous: datetime, now: datetime) -> datetime | None: ...


class NoCronError(ValueError):
    """Not a cron; the message says why, in English."""


def after(cron: str, clock: str, moment: datetime) -> datetime | None:
    """The first time after *moment* that *cron* means by the clock of that name; None: never.

    It is asked of a calendar without summer time: a time of day that a change of clocks leaves out
    comes an hour later, and one that it brings twice comes once. Raises `NoCronError`.
    """
    there = zone(clock)
    trigger = _trigger(cron)
    wall = moment.astimezone(there).replace(tzinfo=UTC)
    while True:
        found = trigger.get_next_fire_time(wall, wall)
        if found is None:
            return None
        due = found.replace(tzinfo=there).astimezone(UTC)
        if due > moment:
            return due
        wall = found


def times(cron: str, clock: str, first: datetime, until: datetime) -> tuple[datetime, ...]:
    """*first* and all times after it until then; of very many the first ones."""
    found, due = [first], after(cron, clock, first)
    while due is not None and due <= until and len(found) < _MANY:
        found.append(due)
        due = after(cron, clock, due)
    return tuple(takewhile(lambda one: one <= until, found))


def checked(cron: str) -> str:
    """*cron* with single gaps. Raises `NoCronError`."""
    text = " ".join(cron.split())
    _trigger(text)
    return text


def _trigger(cron: str) -> _Trigger:
    # nobody without a schedule shall wait for it to load, and it comes without types
    module = import_module("apscheduler.triggers.cron")
    made: Callable[..., _Trigger] = module.CronTrigger.from_crontab

    fields = cron.lower().split()
    if len(fields) != _FIELDS:
        raise NoCronError(f"it has {len(fields)} parts, not {_FIELDS}")
    try:
        fields[4] = _days(fields[4])
        return made(" ".join(fields), timezone=UTC)
    except ValueError as error:
        raise NoCronError(str(error)) from error


def _days(field: str) -> str:
    """The days of the week by name: a cron begins them on Sunday, the calendar on Monday."""
    if field in {"*", "?"}:
        return "*"
    days = [day for part in field.split(",") for day in _range(part)]
    return ",".join(dict.fromkeys(days))


def _range(part: str) -> list[str]:
    span, slash, step = part.partition("/")
    first, dash, last = span.partition("-")
    if first == "*":
        first, dash, last = "sun", "-", "sat"
    begin = _day(first)
    end = _day(last) if dash else (6 if slash else begin)
    if end < begin:
        end += 7
    stride = int(step) if step.isdecimal() else 0
    if slash and not stride:
        raise NoCronError(f"{part!r} has no step like */2")
    return [_DAYS[day % 7] for day in range(begin, end + 1, stride or 1)]


def _day(word: str) -> int:
    if word in _DAYS:
        return _DAYS.index(word)
    if word in {"0", "1", "2", "3", "4", "5", "6", "7"}:
        return int(word)
    raise NoCronError(f"{word!r} is no day of the week: 0 to 7, or mon to sun")
