"""What lies ahead of people: opened by their words, closed by time or word, told in a line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.bonds import Thread
from persona.threads import LONGEST, hanging, opened
from persona.threads_over import KEPT, closed, kept
from persona.times_within import dates_in
from tests.persona_fakes import UNHURRIED

GOLDEN = Path(__file__).parent / "golden"
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def thread(text: str, due_in: float | None = 2, said_ago: float = 0) -> Thread:
    """Something ahead by so many days, said so many days ago."""
    due = None if due_in is None else WEDNESDAY + due_in * DAY
    return Thread(text, due, WEDNESDAY - said_ago * DAY)


def told(one: Thread) -> str:
    """When it is due, and in which words."""
    return f"{one.due:%a %d %b %H:%M}" if one.due else "someday"


def test_sentences_open_what_they_should() -> None:
    """A hundred sentences in three languages, each with what it opens as it is written down."""
    said = (GOLDEN / "threads_said.txt").read_text(encoding="utf-8").splitlines()[1:]

    lines = [
        f"{line} → {'; '.join(f'{told(one)}: {one.text}' for one in found) or '-'}"
        for line in said
        for found in [opened(line, WEDNESDAY, UTC)]
    ]

    assert (GOLDEN / "threads_opened.txt").read_text(encoding="utf-8").splitlines() == lines


@given(st.text(max_size=300))
@UNHURRIED
def test_any_text_opens_little(text: str) -> None:
    """Whatever is said: bounded lines, and nothing that is over already."""
    for one in opened(text, WEDNESDAY, UTC):
        assert len(one.text) <= LONGEST
        assert "\n" not in one.text
        assert one.due is None or one.due > WEDNESDAY


def test_days_are_those_of_who_speaks() -> None:
    """Tomorrow ends at the midnight of the person's own zone."""
    (here,) = opened("明日手術なんです", WEDNESDAY, ZoneInfo("Asia/Tokyo"))

    assert datetime(2026, 11, 26, 14, 59, tzinfo=UTC) == here.due


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("my exam got cancelled", True),
        ("I passed the exam!", False),
        ("so nervous", False),
        ("did she pass her exam?", False),
        ("they cancelled the concert", False),
    ],
)
def test_before_it_was_only_a_cancellation_ends_it(said: str, *, over: bool) -> None:
    """Two days before the exam nothing else can have ended it."""
    exam = thread("I have an exam on Friday")

    assert ((exam,) if over else ()) == closed([exam], said, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "said", "over"),
    [
        ("I have an exam on Friday", "the exam was hard", True),
        ("I have an exam on Friday", "I passed!", True),
        ("I have an exam on Friday", "my sister passed her exam", False),
        ("I have an exam on Friday", "what shall I cook?", False),
        ("下周三面试", "面试过了", True),
        ("下周三面试", "我过了！", True),
        ("金曜日に面接があります", "面接、うまくいった", True),
        ("金曜日に面接があります", "受かった！", True),
        ("waiting for the results", "the results came back", True),
    ],
)
def test_afterwards_a_word_of_it_ends_it(text: str, said: str, *, over: bool) -> None:
    """Spoken of again when it was due, or told how it went."""
    waits = text.startswith("waiting")
    past = thread(text, None if waits else -0.5, 3)

    assert ((past,) if over else ()) == closed([past], said, WEDNESDAY)


@pytest.mark.parametrize(
    ("one", "over"),
    [
        (thread("exam", -15, 20), True),
        (thread("exam", -13, 20), False),
        (thread("waiting", None, 31), True),
        (thread("waiting", None, 29), False),
    ],
)
def test_time_ends_everything(one: Thread, *, over: bool) -> None:
    """Two weeks after it was due, or a month without a date."""
    assert ((one,) if over else ()) == closed([one], "hello", WEDNESDAY)


def test_a_few_are_kept() -> None:
    """The soonest due first; what is past gives way, and what is told again is one."""
    many = [thread(f"{word} exam", days) for days, word in enumerate("abcdefg", 1)]
    again = Thread("a exam", many[0].due, WEDNESDAY + DAY)
    past = thread("the big concert", -1, 5)

    left = kept([past, *many[:2]], [again, thread("waiting", None)], WEDNESDAY)
    few = kept([past, *many], [], WEDNESDAY)

    assert [again.at, many[1].at] == [one.at for one in left if "exam" in one.text]
    assert left[-1].due is None
    assert KEPT == len(few)
    assert past not in few


def test_the_same_wait_is_one() -> None:
    """Of two that wait for the same thing the newer words stay."""
    old, new = thread("waiting for the results", None, 3), thread("still no results", None)

    assert (new,) == kept([old], [new], WEDNESDAY)


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (thread("exam", 2), "“exam” (in two days)"),
        (thread("exam", 0.2), "“exam” (today)"),
        (thread("exam", 1), "“exam” (tomorrow)"),
        (thread("exam", -0.2, 3), "“exam” (was earlier today: ask how it went)"),
        (thread("exam", -1, 3), "“exam” (was yesterday: ask how it went)"),
        (thread("exam", -2, 3), "“exam” (was two days ago: ask how it went)"),
        (thread("exam", -12, 20), ""),
        (thread("wait", None), "“wait” (said today)"),
        (thread("wait", None, 9), "“wait” (said a week ago)"),
        (thread("trip", 20), "“trip” (in three weeks)"),
    ],
)
def test_what_hangs_is_told_in_a_line(one: Thread, line: str) -> None:
    """How near it is, in words; what is too long ago is not asked after."""
    assert line == hanging([one], WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "moment", "until"),
    [
        ("last Monday", (23, 0), (24, 0)),
        ("昨天", (24, 0), (25, 0)),
        ("三天前", (22, 0), (23, 0)),
        ("先週の土日", (21, 0), (23, 0)),
        ("ten minutes ago", (25, 9), (25, 9)),
        ("两小时后", (25, 12), (25, 12)),
        ("on the 27th at 8", (27, 8), (27, 8)),
        ("明晚8点", (26, 20), (26, 20)),
        ("あと2日", (27, 0), (28, 0)),
        ("before last night", (24, 20), (25, 0)),
        ("Monday of next week", (30, 0), (31, 0)),
        ("on Thursday, 26 November", (26, 0), (27, 0)),
        ("on 2026-11-27", (27, 0), (28, 0)),
        ("下个月3号", (33, 0), (34, 0)),
        ("我本月28号", (28, 0), (29, 0)),
        ("at 5pm", (25, 17), (25, 17)),
        ("since last December", (-334, 0), (-303, 0)),
        ("in two months", (86, 0), (117, 0)),
        ("in 0.5 weeks", (29, 0), (36, 0)),
        ("in December 2026", (31, 0), (62, 0)),
    ],
)
def test_times_are_found_and_grounded(
    text: str, moment: tuple[int, int], until: tuple[int, int]
) -> None:
    """Past and coming ones, by day and by hour."""
    (found,) = dates_in(f"{text}", WEDNESDAY, UTC)

    first = datetime(2026, 11, 1, tzinfo=UTC)
    hours = [first + timedelta(days=day - 1, hours=hour) for day, hour in (moment, until)]
    assert hours == [found.moment.replace(minute=0), found.until.replace(minute=0)]


@pytest.mark.parametrize(
    "text",
    [
        "on the 30th of February",
        "at 30:75",
        "2026-13-45",
        "nothing at 8",
        "I saw 一点 of it",
        "13月40日",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """Days that no calendar has, and numbers that are no hours."""
    assert () == dates_in(text, WEDNESDAY, UTC)


def test_two_days_side_by_side_are_two() -> None:
    """Friday and Saturday are no one day, and two hours no one hour."""
    found = dates_in("Friday Saturday, at 8:30 9:30", WEDNESDAY, UTC)

    assert [27, 28, 26] == [one.moment.day for one in found]
