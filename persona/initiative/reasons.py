"""Reasons to write first, found in what was said; each with its time and how long it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from statistics import median
from types import MappingProxyType
from typing import Final

from anima.bonds import Relation
from anima.impulse import ImpulseKind
from persona.closeness import faded, stage
from persona.initiative.occasions import next_day, occasions
from persona.initiative.promises import promised
from persona.threads import opened

AHEAD: Final = timedelta(days=400)
"""Nothing farther away is kept: a day of the year comes again sooner."""

_AFTER: Final = timedelta(minutes=30)  # nobody asks in the minute in which it is over
_HOLDS: Final[Mapping[ImpulseKind, timedelta]] = MappingProxyType(
    {
        "thread": timedelta(days=2),
        "promise": timedelta(days=1),
        "occasion": timedelta(hours=14),
        "silence": timedelta(days=5),
        "morning": timedelta(hours=2),
    }
)
_HOUR_OF_DAYS: Final = time(9, 30)
_SILENCES: Final[Mapping[str, timedelta]] = MappingProxyType(
    {"friend": timedelta(days=5), "close": timedelta(days=3)}
)
_HABIT_DAYS: Final = 3
"""On so many days of the last two weeks they said good morning."""
_HABIT: Final = timedelta(days=14)
_LED: Final = timedelta(hours=6)
"""What they say so soon after our good morning is an answer to it."""
_FIRST: Final = timedelta(minutes=10)  # after their usual time, or they would be the first


@dataclass(frozen=True, slots=True)
class Reason:
    """One of *kind*, due then and worth nothing after *until*. *key*: the same reason, told again.

    *occasion* is the day of the year with its name, of those that come again.
    """

    kind: ImpulseKind
    key: str
    due: datetime
    until: datetime
    occasion: str = ""


RANKS: Final[tuple[ImpulseKind, ...]] = ("occasion", "promise", "thread", "morning", "silence")
"""Which goes first where several are due at once."""


def theirs(text: str, at: datetime, zone: tzinfo) -> Iterator[Reason]:
    """The reasons in what somebody in *zone* says *at* that time."""
    days = [yearly(name, day, at, zone) for name, day in occasions(text, at, zone)]
    yield from days
    for thread in () if days else opened(text, at, zone):
        if thread.due:
            yield _reason("thread", thread.text, thread.due + _AFTER)


def ours(text: str, at: datetime, zone: tzinfo) -> Iterator[Reason]:
    """What we promise with *text*, said *at* that time to somebody in *zone*."""
    for due in promised(text, at, zone):
        yield _reason("promise", f"{due:%Y-%m-%d}", due)


def yearly(name: str, day: str, after: datetime, zone: tzinfo) -> Reason:
    """The next *day* of the year, `05-12` or `1990-05-12`, by the clocks of *zone*."""
    local = after.astimezone(zone)
    found = next_day(day[-5:], local.date())
    due = datetime.combine(found, _HOUR_OF_DAYS, tzinfo=zone).astimezone(UTC)
    if due <= after:
        found = next_day(day[-5:], local.date() + timedelta(days=1))
        due = datetime.combine(found, _HOUR_OF_DAYS, tzinfo=zone).astimezone(UTC)
    return _reason("occasion", f"{name} {found:%Y-%m-%d}", due, f"{day[-5:]} {name}")


def silence(relation: Relation | None, last: datetime) -> Reason | None:
    """The one that a long silence after *last* will be; only between those who are close."""
    near = stage(faded(relation, last)) if relation else "stranger"
    after = _SILENCES.get(near)
    return _reason("silence", f"{last:%Y-%m-%d %H:%M}", last + after) if after else None


def unled(greeted: Sequence[datetime], ours: Sequence[datetime]) -> Sequence[datetime]:
    """When they *greeted*, as if we had not been first: or each morning would be a little later.

    *ours* are the times of our good mornings.
    """
    return [
        next((first - _FIRST for first in ours if first <= at < first + _LED), at) for at in greeted
    ]


def morning(greeted: Sequence[datetime], now: datetime, zone: tzinfo) -> Reason | None:
    """Tomorrow's good morning, where somebody *greeted* us so on several of the last days."""
    recent = [at.astimezone(zone) for at in greeted if now - at <= _HABIT]
    if len({at.date() for at in recent}) < _HABIT_DAYS:
        return None
    usual = timedelta(minutes=round(median(at.hour * 60 + at.minute for at in recent)))
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), tzinfo=zone)
    return _reason("morning", f"{tomorrow}", (midnight + usual + _FIRST).astimezone(UTC))


def _reason(kind: ImpulseKind, key: str, due: datetime, occasion: str = "") -> Reason:
    return Reason(kind, key, due, due + _HOLDS[kind], occasion)
