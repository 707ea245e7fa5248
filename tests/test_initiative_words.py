"""What people say of being written to, and what they ask for, in three languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.initiative.quiet import USUAL, Forever, Off, Wanted, Window, wanted
from persona.initiative.wishes import greets_morning, rises, sleeps, wants_peace
from tests.persona_fakes import UNHURRIED

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    "text",
    [
        "don't write to me first",
        "Please don’t message me first.",
        "never text me first again",
        "stop messaging me",
        "only reply when I write",
        "don't reach out to me first",
        "别主动找我",
        "请不要主动给我发消息了",
        "以后别再主动联系我",
        "こっちから連絡しないで",
        "そっちから連絡してこないでください",
        "自分から話しかけないで",
        "先に連絡しないで",
    ],
)
def test_plain_words_ask_for_peace(text: str) -> None:
    """Nobody has to know a command for it."""
    assert wants_peace(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "don't write to my boss",
        "she told me: don't write to me first, and I cried",
        "stop writing code",
        "don't text me while I drive",
        "why don't you write to me first?",
        "别找我麻烦",
        "你为什么不主动找我",
        "もっと連絡して",
    ],
)
def test_other_words_do_not(text: str) -> None:
    """What is told, asked, or about something else is talk."""
    assert not wants_peace(text)


@pytest.mark.parametrize(
    "text", ["good night!", "gn", "I'm going to bed", "晚安~", "我去睡了", "おやすみ！", "寝るね"]
)
def test_good_night_is_understood(text: str) -> None:
    """In three languages."""
    assert sleeps(text)


@pytest.mark.parametrize(
    "text", ["did you say good night to mom?", "寝るの？", "i'm sleepy", "so " * 40 + "good night"]
)
def test_not_every_night_is_good_night(text: str) -> None:
    """Questions are none, and long texts are about more."""
    assert not sleeps(text)


@pytest.mark.parametrize("text", ["Good morning!", "mornin", "gm", "早上好呀", "早", "おはよう"])
def test_good_morning_is_understood(text: str) -> None:
    """In three languages."""
    assert greets_morning(text)


@pytest.mark.parametrize("text", ["早点睡", "in the morning I run", "gmail is down"])
def test_not_every_morning_is_good_morning(text: str) -> None:
    """It has to be what is said."""
    assert not greets_morning(text)


@pytest.mark.parametrize(
    ("to_bed", "up"),
    [
        ((4, 23, 0), (5, 8, 0)),
        ((5, 3, 30), (5, 10, 30)),
        ((4, 20, 0), (5, 8, 0)),
        ((4, 14, 0), (4, 21, 0)),
    ],
)
def test_who_goes_to_bed_sleeps_until_their_morning(
    to_bed: tuple[int, int, int], up: tuple[int, int, int]
) -> None:
    """Seven hours at least, and by night until their quiet hours end."""
    at = datetime(2026, 3, *to_bed, tzinfo=TOKYO)

    assert rises(at, TOKYO, USUAL) == datetime(2026, 3, *up, tzinfo=TOKYO)
    assert rises(at, TOKYO, USUAL).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22:00-08:00", Window(1320, 480)),
        ("22-8", Window(1320, 480)),
        ("２２：００～８：００", Window(1320, 480)),
        ("23:30 to 7", Window(1410, 420)),
        ("22:00から08:00まで", Window(1320, 480)),
        ("24-6", Window(0, 360)),
        ("3d", timedelta(days=3)),
        ("for 2 days", timedelta(days=2)),
        ("2 weeks", timedelta(days=14)),
        ("3天", timedelta(days=3)),
        ("10時間", timedelta(hours=10)),
        ("900 weeks", timedelta(days=366)),
        ("off", Off()),
        ("关", Off()),
        ("Forever", Forever()),
        ("永远", Forever()),
        ("ずっと", Forever()),
        ("25-8", None),
        ("8-8", None),
        ("10:75-8", None),
        ("0d", None),
        ("3x", None),
        ("hello", None),
    ],
)
def test_quiet_is_read(text: str, meant: Wanted | None) -> None:
    """Hours, a while, an end or no end; what is none of it is nothing."""
    assert wanted(text) == meant


def test_hours_are_written_as_they_are_read() -> None:
    """So that the answer to `/quiet` can be copied."""
    assert str(USUAL) == "22:00-08:00"
    assert wanted(str(USUAL)) == USUAL


@given(st.integers(0, 1439), st.integers(0, 1439), st.datetimes(timezones=st.just(ZoneInfo("UTC"))))
@UNHURRIED
def test_hours_end_and_begin_where_they_do(start: int, end: int, then: datetime) -> None:
    """Just when they end they are over, and just when they begin they hold."""
    window, at = Window(start, end), then.replace(year=2000 + 4 * (then.year % 9))

    over, begins = window.over(at, TOKYO), window.begins(at, TOKYO)

    assert at < over <= at + timedelta(days=1)
    assert not window.holds(over.astimezone(TOKYO))
    assert window.holds(begins.astimezone(TOKYO)) == (start != end)
