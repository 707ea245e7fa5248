"""Whether somebody may be written to: every reason against it, and what outweighs what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.initiative.manners import (
    GRACE,
    RUNNING,
    WEEK,
    Limits,
    No,
    Person,
    Yes,
    hours,
    may_write,
)
from persona.initiative.quiet import UNKNOWN, USUAL, Window
from tests.persona_fakes import UNHURRIED

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TOKYO = ZoneInfo("Asia/Tokyo")
ANYBODY = Person()
LIMITS = Limits()


def why(now: datetime = NOON, limits: Limits = LIMITS, /, **facts: Any) -> tuple[str, object]:
    """What holds back a message to somebody of whom these *facts* are known, and until when."""
    answer = may_write(now, replace(ANYBODY, **facts), limits)
    return ("yes", answer.until) if isinstance(answer, Yes) else (answer.reason, answer.until)


def test_somebody_of_whom_nothing_is_known_against_it_may_be_written_to() -> None:
    """By day, and what is written has to leave within a quarter of an hour."""
    assert why() == ("yes", NOON + GRACE)


def test_what_is_written_just_before_the_night_leaves_before_the_night() -> None:
    """Nothing that was begun at five to ten arrives at five past."""
    late = datetime(2026, 3, 4, 21, 55, tzinfo=UTC)

    assert why(late) == ("yes", datetime(2026, 3, 4, 22, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"place": "guest"}, "guest"),
        ({"place": "borrowed"}, "borrowed"),
        ({"place": "borrowed", "allowed": True}, "borrowed"),
        ({"closed": True}, "closed"),
        ({"admitted": False}, "stranger"),
        ({"place": "group"}, "group"),
        ({"opted_out": True}, "opted out"),
        ({"unanswered": 1, "written": (NOON - DAY,)}, "unanswered"),
    ],
)
def test_some_are_never_written_to(facts: dict[str, object], reason: str) -> None:
    """Not until something happens: no time is told."""
    assert why(**facts) == (reason, None)


def test_a_group_is_written_to_where_an_admin_wants_it() -> None:
    """And nowhere else."""
    assert why(place="group", allowed=True)[0] == "yes"


@pytest.mark.parametrize("limits", [Limits(enabled=False), Limits(per_day=0)])
def test_an_owner_may_turn_it_off(limits: Limits) -> None:
    """By the switch, or by none a day."""
    assert why(NOON, limits) == ("off", None)


@pytest.mark.parametrize("fact", ["quiet_until", "asleep_until"])
def test_quiet_and_sleep_end(fact: str) -> None:
    """To the second."""
    reason = "quiet" if fact == "quiet_until" else "asleep"
    until = NOON + HOUR

    assert why(**{fact: until}) == (reason, until)
    assert why(until, **{fact: until})[0] == "yes"


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(0, True), (7, True), (8, False), (12, False), (21, False), (22, True), (23, True)],
)
def test_quiet_hours_go_over_midnight(hour: int, *, quiet: bool) -> None:
    """From ten in the evening to eight in the morning, on both sides of the day's end."""
    now = datetime(2026, 3, 4, hour, tzinfo=UTC)
    morning = datetime(2026, 3, 5 if hour >= 22 else 4, 8, tzinfo=UTC)

    assert why(now) == (("quiet hours", morning) if quiet else ("yes", now + GRACE))


def test_quiet_hours_are_those_of_the_person() -> None:
    """At noon in London it is nine in the evening in Tokyo; two hours later it is too late."""
    assert why(NOON, zone=TOKYO)[0] == "yes"
    assert why(NOON + 2 * HOUR, zone=TOKYO) == ("quiet hours", datetime(2026, 3, 4, 23, tzinfo=UTC))


def test_hours_of_ones_own_are_kept() -> None:
    """Also such as lie within one day."""
    siesta = Window(11 * 60, 15 * 60)

    assert why(hours=siesta) == ("quiet hours", NOON + 3 * HOUR)
    assert why(NOON + 11 * HOUR, hours=siesta)[0] == "yes"


@pytest.mark.parametrize(
    ("day", "ends"), [((2026, 3, 28), 6), ((2026, 3, 29), 6), ((2026, 10, 24), 7)]
)
def test_the_morning_is_that_of_the_clock_on_the_wall(day: tuple[int, int, int], ends: int) -> None:
    """In the nights in which Berlin moves its clocks, eight is still eight."""
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(*day, 23, tzinfo=berlin) - (DAY if day[2] == 29 else timedelta())

    _, until = why(evening.astimezone(UTC), zone=berlin)

    assert isinstance(until, datetime)
    assert until.astimezone(berlin).hour == 8
    assert until.hour == ends


def test_where_the_zone_is_a_guess_it_writes_in_the_afternoon_only() -> None:
    """Whatever hours they named: they named them by a clock that we do not know."""
    guess = Person(zone=TOKYO, sure=False, hours=Window(0, 60))

    assert hours(guess) == UNKNOWN
    assert hours(ANYBODY) == USUAL
    assert may_write(NOON, guess, LIMITS) == No("quiet hours", datetime(2026, 3, 5, 3, tzinfo=UTC))


@pytest.mark.parametrize("fact", ["heard_at", "place_at"])
def test_it_writes_into_no_running_talk(fact: str) -> None:
    """Neither theirs nor that of the place."""
    assert why(**{fact: NOON - HOUR / 12}) == ("talking", NOON - HOUR / 12 + RUNNING)
    assert why(**{fact: NOON - RUNNING})[0] == "yes"


def test_an_open_turn_is_a_running_talk() -> None:
    """However long it has been open."""
    assert why(open_turn=True)[0] == "talking"


def test_one_at_a_time_is_on_its_way() -> None:
    """The other one waits, whichever place it is for."""
    assert why(on_its_way=True)[0] == "on its way"


def test_who_ignores_it_hears_of_it_ever_more_seldom() -> None:
    """A day, two, four, and a week at most."""
    last = NOON - timedelta(minutes=1)
    waits = [why(written=(last,), ignored=ignored)[1] for ignored in (1, 2, 3, 4, 5, 40)]

    assert waits == [last + n * DAY for n in (1, 2, 4, 7, 7, 7)]
    assert why(last + WEEK, written=(last,), ignored=40)[0] == "yes"


def test_between_two_of_them_there_is_a_gap() -> None:
    """As long as the owner has set."""
    assert why(written=(NOON - HOUR,)) == ("too soon", NOON + HOUR)
    assert why(written=(NOON - 2 * HOUR,))[0] == "yes"


def test_a_day_has_room_for_so_many() -> None:
    """By the calendar of the person: what was written before their midnight counts no more."""
    now = datetime(2026, 3, 4, 3, tzinfo=UTC)  # noon in Tokyo, whose day began at 15:00 UTC
    three = tuple(now - n * 2.5 * HOUR for n in (3, 2, 1))

    assert why(now, zone=TOKYO, written=three) == (
        "enough today",
        datetime(2026, 3, 4, 15, tzinfo=UTC),
    )
    assert why(now, zone=TOKYO, written=(now - 13 * HOUR, *three[1:]))[0] == "yes"


def test_models_are_asked_so_often_a_day() -> None:
    """The budget is of the day in UTC."""
    assert why(calls=60) == ("budget", datetime(2026, 3, 5, tzinfo=UTC))


def test_the_gravest_reason_is_told() -> None:
    """Each alone, and any two together: the one that lasts longest is named first."""
    facts: list[dict[str, object]] = [
        {"closed": True},
        {"opted_out": True},
        {"quiet_until": NOON + HOUR},
        {"asleep_until": NOON + HOUR},
        {"hours": Window(0, 13 * 60)},
        {"heard_at": NOON},
        {"on_its_way": True},
        {"unanswered": 1},
        {"written": (NOON,)},
        {"calls": 99},
    ]
    alone = [why(**one)[0] for one in facts]

    pairs = [
        why(**one, **other)[0] for one, other in product(facts, facts) if one.keys() != other.keys()
    ]
    wanted = [
        alone[min(n, m)]
        for (n, one), (m, other) in product(enumerate(facts), enumerate(facts))
        if one.keys() != other.keys()
    ]

    assert pairs == wanted


people = st.builds(
    Person,
    zone=st.sampled_from((UTC, TOKYO, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"))),
    sure=st.booleans(),
    hours=st.builds(Window, st.integers(0, 1439), st.integers(0, 1439)),
    place=st.sampled_from(("private", "group", "borrowed", "guest")),
    allowed=st.booleans(),
    opted_out=st.booleans(),
    written=st.lists(st.timedeltas(-9 * DAY, timedelta()).map(lambda ago: NOON + ago)).map(sorted),
    unanswered=st.integers(0, 2),
    ignored=st.integers(0, 60),
    calls=st.integers(0, 80),
)


@pytest.mark.slow
@given(people, st.timedeltas(timedelta(), 400 * DAY))
@UNHURRIED
def test_whoever_it_is_a_yes_is_never_rude(person: Person, later: timedelta) -> None:
    """A yes is outside their hours and within all bounds; a no ends later than now."""
    now = NOON + later
    answer = may_write(now, person, LIMITS)

    if isinstance(answer, Yes):
        assert not hours(person).holds(now.astimezone(person.zone))
        assert not person.opted_out
        assert not person.unanswered
        assert person.place == "private" or (person.place == "group" and person.allowed)
        assert now < answer.until <= now + GRACE
    else:
        assert answer.until is None or answer.until > now
