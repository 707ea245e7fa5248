"""Whether somebody may be written to now that they did not ask for it: one pure decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal

from persona.initiative.quiet import UNKNOWN, USUAL, Window

Why = Literal[
    "off",
    "guest",
    "borrowed",
    "closed",
    "stranger",
    "group",
    "opted out",
    "quiet",
    "asleep",
    "quiet hours",
    "talking",
    "on its way",
    "unanswered",
    "ignored",
    "too soon",
    "enough today",
    "budget",
]
"""What holds a message back."""

RUNNING: Final = timedelta(minutes=10)
"""So long after the last word a talk is still running."""
WEEK: Final = timedelta(days=7)
"""Who ignores us hears of us no more seldom than this."""
GRACE: Final = timedelta(minutes=15)
"""For what is written now there is so much time until it has left."""

_IGNORED: Final = timedelta(hours=12)  # doubled for each message in a row that nobody answered
_DAY: Final = timedelta(days=1)
_A_LITTLE: Final = timedelta(minutes=5)

Place = Literal["private", "group", "borrowed", "guest"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the owner set: *per_day* and *min_gap* for messages, *calls_per_day* for models."""

    enabled: bool = True
    per_day: int = 3
    min_gap: timedelta = timedelta(hours=2)
    calls_per_day: int = 60


@dataclass(frozen=True, slots=True)
class Person:
    """How it stands with somebody, where we would write to them.

    *zone* is where their clocks are; *sure*: they said so, else it is a guess or none. *heard_at*
    is when they last wrote anywhere, *place_at* when anybody last did there. *written* are the
    times of what we wrote unasked, by age; *unanswered* of these nobody has answered since, and
    *ignored* of the last ones in a row were not answered in good time. *calls*: to models for their
    sake today. *allowed*: an admin of the group wants it.
    """

    zone: tzinfo = UTC
    sure: bool = True
    hours: Window = USUAL
    place: Place = "private"
    allowed: bool = False
    closed: bool = False
    admitted: bool = True
    opted_out: bool = False
    quiet_until: datetime | None = None
    asleep_until: datetime | None = None
    heard_at: datetime | None = None
    place_at: datetime | None = None
    open_turn: bool = False
    on_its_way: bool = False
    written: Sequence[datetime] = field(default=())
    unanswered: int = 0
    ignored: int = 0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Yes:
    """It may be written, and has to have left by *until*."""

    until: datetime


@dataclass(frozen=True, slots=True)
class No:
    """Not now, for this *reason*; *until* then it is, or until something happens."""

    reason: Why
    until: datetime | None = None


def may_write(now: datetime, person: Person, limits: Limits) -> Yes | No:
    """Whether to write to *person* at *now*; of several reasons against it the gravest is told."""
    against = next(_against(now, person, limits), None)
    if against:
        return against
    return Yes(min(now + GRACE, hours(person).begins(now, person.zone)))


def hours(person: Person) -> Window:
    """The hours in which *person* is left alone."""
    return person.hours if person.sure else UNKNOWN


def _against(now: datetime, person: Person, limits: Limits) -> Iterator[No]:
    yield from _never(person, limits)
    yield from _wished(now, person)
    yield from _night(now, person)
    yield from _talk(now, person)
    yield from _measure(now, person, limits)


def _never(person: Person, limits: Limits) -> Iterator[No]:
    if not limits.enabled or not limits.per_day:
        yield No("off")
    if person.place in {"guest", "borrowed"}:
        yield No("guest" if person.place == "guest" else "borrowed")
    if person.closed:
        yield No("closed")
    if not person.admitted:
        yield No("stranger")
    if person.place == "group" and not person.allowed:
        yield No("group")


def _wished(now: datetime, person: Person) -> Iterator[No]:
    if person.opted_out:
        yield No("opted out")
    if person.quiet_until and now < person.quiet_until:
        yield No("quiet", person.quiet_until)
    if person.asleep_until and now < person.asleep_until:
        yield No("asleep", person.asleep_until)


def _night(now: datetime, person: Person) -> Iterator[No]:
    window = hours(person)
    if window.holds(now.astimezone(person.zone)):
        yield No("quiet hours", window.over(now, person.zone))


def _talk(now: datetime, person: Person) -> Iterator[No]:
    if person.open_turn:
        yield No("talking", now + _A_LITTLE)
    for last in (person.heard_at, person.place_at):
        if last and now < last + RUNNING:
            yield No("talking", last + RUNNING)
    if person.on_its_way:
        yield No("on its way", now + _A_LITTLE)


def _measure(now: datetime, person: Person, limits: Limits) -> Iterator[No]:
    if person.unanswered:
        yield No("unanswered")
    last = max(person.written, default=None)
    if last and person.ignored and now < last + _patience(person.ignored):
        yield No("ignored", last + _patience(person.ignored))
    if last and now < last + limits.min_gap:
        yield No("too soon", last + limits.min_gap)
    midnight = _midnight(now, person.zone)
    if sum(at >= midnight for at in person.written) >= limits.per_day:
        yield No("enough today", _midnight(now + _DAY, person.zone))
    if person.calls >= limits.calls_per_day:
        yield No("budget", datetime.combine(now.date() + _DAY, datetime.min.time(), UTC))


def _patience(ignored: int) -> timedelta:
    """A day after one that was ignored, then two, then four, then a week."""
    doublings: int = 2 ** min(ignored, 8)
    return min(_IGNORED * doublings, WEEK)


def _midnight(now: datetime, zone: tzinfo) -> datetime:
    """The beginning of the day of *now* in *zone*."""
    local = now.astimezone(zone)
    return datetime.combine(local.date(), datetime.min.time(), tzinfo=zone).astimezone(UTC)
