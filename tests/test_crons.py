"""When what comes again is due, by people's own clocks."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from service.crons import NoCronError, after, checked, times

BERLIN: Final = "Europe/Berlin"
FRIDAY: Final = datetime(2026, 11, 27, 12, tzinfo=UTC)


def due(cron: str, clock: str, moment: datetime, count: int) -> list[str]:
    """The next times, in UTC."""
    found: list[str] = []
    for _ in range(count):
        following = after(cron, clock, moment)
        if following is None:
            break
        found.append(f"{following:%m-%d %H:%M}")
        moment = following
    return found


@pytest.mark.parametrize(
    ("cron", "clock", "expected"),
    [
        ("30 9 * * *", "Asia/Shanghai", ["11-28 01:30", "11-29 01:30"]),
        ("30 9 * * *", "UTC+08:00", ["11-28 01:30", "11-29 01:30"]),
        ("30 9 * * *", "", ["11-28 09:30", "11-29 09:30"]),
        ("0 18 * * *", "America/New_York", ["11-27 23:00", "11-28 23:00"]),
        ("30 9 * * 1-5", BERLIN, ["11-30 08:30", "12-01 08:30"]),
        ("0 9 * * 0", BERLIN, ["11-29 08:00", "12-06 08:00"]),
        ("0 9 * * 7", BERLIN, ["11-29 08:00", "12-06 08:00"]),
        ("0 9 * * 5-7", BERLIN, ["11-28 08:00", "11-29 08:00"]),
        ("0 9 * * sat-mon", BERLIN, ["11-28 08:00", "11-29 08:00", "11-30 08:00", "12-05 08:00"]),
        ("0 9 * * MON,Wed", BERLIN, ["11-30 08:00", "12-02 08:00"]),
        ("0 9 * * */2", BERLIN, ["11-28 08:00", "11-29 08:00", "12-01 08:00"]),
        ("0 9 * * 1-5/2", BERLIN, ["11-30 08:00", "12-02 08:00"]),
        ("0 9 * * 5/1", BERLIN, ["11-28 08:00", "12-04 08:00"]),
        ("0 9 1 * ?", BERLIN, ["12-01 08:00", "01-01 08:00"]),
        ("0 0 31 2 *", BERLIN, []),
    ],
)
def test_the_next_times(cron: str, clock: str, expected: list[str]) -> None:
    """As a cron says it, where the week begins on Sunday; never, if no calendar shows it."""
    assert expected == due(cron, clock, FRIDAY, len(expected) or 1)


def test_an_hour_that_is_left_out() -> None:
    """In spring half past two comes an hour later, once, and the next day at its time."""
    spring = datetime(2026, 3, 27, 12, tzinfo=UTC)

    found = due("30 2 * * *", BERLIN, spring, 3)

    assert ["03-28 01:30", "03-29 01:30", "03-30 00:30"] == found


def test_an_hour_that_comes_twice() -> None:
    """In autumn half past two comes once; also for who asks between the two."""
    autumn = datetime(2026, 10, 23, 12, tzinfo=UTC)
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)

    assert ["10-24 00:30", "10-25 00:30", "10-26 01:30"] == due("30 2 * * *", BERLIN, autumn, 3)
    assert ["10-26 01:30"] == due("30 2 * * *", BERLIN, between, 1)


def test_what_comes_often_goes_on_through_both() -> None:
    """It neither stops nor comes twice for one time."""
    spring = due("*/20 * * * *", BERLIN, datetime(2026, 3, 29, 0, 30, tzinfo=UTC), 5)
    autumn = due("*/20 * * * *", BERLIN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 3)

    assert ["03-29 00:40", "03-29 01:00", "03-29 01:20", "03-29 01:40", "03-29 02:00"] == spring
    assert ["10-25 00:40", "10-25 02:00", "10-25 02:20"] == autumn


@pytest.mark.parametrize(
    ("cron", "wrong"),
    [
        ("61 * * * *", "61"),
        ("0 9 * *", "it has 4 parts, not 5"),
        ("tomorrow", "it has 1 parts, not 5"),
        ("0 9 * * 8", "'8' is no day of the week: 0 to 7, or mon to sun"),
        ("0 9 * * mon-fry", "'fry' is no day of the week"),
        ("0 9 * * */0", "'*/0' has no step like */2"),
        ("x 9 * * *", "x"),
        ("5-1 * * * *", "minimum"),
    ],
)
def test_what_is_no_cron(cron: str, wrong: str) -> None:
    """It says what is wrong with it."""
    with pytest.raises(NoCronError) as error:
        checked(cron)

    assert wrong in str(error.value)


def test_a_cron_is_kept_in_one_form() -> None:
    """Gaps are of no importance."""
    assert "30 9 * * 1-5" == checked("  30  9 * *\t1-5 ")


@pytest.mark.slow
def test_times_that_have_gone_by() -> None:
    """The first and those after it until now; of very many the first thousand."""
    until = FRIDAY + timedelta(days=2, hours=1)

    found = times("0 12 * * *", "", FRIDAY, until)
    many = times("* * * * *", "", FRIDAY, until)

    assert [FRIDAY, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)] == list(found)
    assert 1000 == len(many)
    assert (FRIDAY,) == times("0 0 31 2 *", "", FRIDAY, until)
