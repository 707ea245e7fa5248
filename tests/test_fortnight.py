"""A fortnight of five people: nobody is disturbed, nothing is said twice, whatever crashes."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from persona.initiative.quiet import USUAL, Window
from scripts.fortnight import MOMENTS, MONDAY, PEOPLE, Entry, Story, play

ZONES = {one.speaker.name: one.zone for one in PEOPLE}
HOURS = {"Tom": Window(20 * 60, 11 * 60)}
KILLED_DAYS = 8


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The whole of it, played once."""
    return asyncio.run(play(tmp_path_factory.mktemp("fortnight")))


def sent(story: Story, who: str = "") -> Sequence[Entry]:
    """What was sent, to everybody or to one."""
    return [one for one in story.calendar if one.what == "SENT" and who in {"", one.who}]


def reasons(story: Story, who: str) -> set[str]:
    """Why something was held back from somebody."""
    return {one.words for one in story.calendar if one.who == who and one.what == "held"}


@pytest.mark.slow
def test_everybody_was_written_to(story: Story) -> None:
    """And the calendar tells each message and each that was held back."""
    assert set(ZONES) == {one.who for one in sent(story)}
    assert {"SENT", "held", "declined", "expired"} == {one.what for one in story.calendar}
    assert all(str(one) for one in story.calendar)


@pytest.mark.slow
def test_nobody_is_written_to_in_their_quiet_hours(story: Story) -> None:
    """By their own clock, over midnight."""
    for one in sent(story):
        window = HOURS.get(one.who, USUAL)
        assert not window.holds(one.at.astimezone(ZONES[one.who])), str(one)


@pytest.mark.slow
def test_nobody_gets_too_many(story: Story) -> None:
    """Three a day by their calendar, two hours apart."""
    days = Counter((one.who, one.at.astimezone(ZONES[one.who]).date()) for one in sent(story))
    assert max(days.values()) <= 3
    for who in ZONES:
        times = [one.at for one in sent(story, who)]
        gaps = [after - at for at, after in pairwise(times)]
        assert min(gaps, default=timedelta(days=1)) >= timedelta(hours=2)


@pytest.mark.slow
def test_who_wants_none_gets_none(story: Story) -> None:
    """Ken in plain words for ever, Tom for three days."""
    ken = MONDAY + timedelta(days=3, hours=11)
    tom = MONDAY + timedelta(days=4, hours=12)

    assert "opted out" in reasons(story, "Ken")
    assert [] == [str(one) for one in sent(story, "Ken") if one.at > ken]
    assert "quiet" in reasons(story, "Tom")
    assert [] == [one for one in sent(story, "Tom") if tom <= one.at < tom + timedelta(days=3)]


@pytest.mark.slow
def test_nothing_is_said_twice(story: Story) -> None:
    """Each reason once, and a group that nobody allowed gets nothing."""
    times = Counter((one.who, one.at) for one in sent(story))

    assert set(times.values()) == {1}
    assert "My thesis" not in " ".join(one.words for one in story.calendar)


@pytest.mark.slow
def test_who_has_not_said_where_they_live_is_asked_once(story: Story) -> None:
    """In the afternoon of the guess, and by their own clock from then on."""
    (question,) = [one for one in story.calendar if one.kind == "zone" and one.what == "SENT"]

    assert "Zoe" == question.who
    assert 12 <= question.at.astimezone(ZONES["Zoe"]).hour < 22


@pytest.mark.slow
def test_what_would_leak_is_declined(story: Story) -> None:
    """As is what the model has nothing to say of."""
    assert not [one for one in sent(story) if "asked me to" in one.words]
    assert 2 <= sum(one.what == "declined" for one in story.calendar)


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_in_the_middle_changes_nothing(tmp_path: Path, story: Story, moment: str) -> None:
    """The same messages at the same minutes, each once."""
    killed = asyncio.run(play(tmp_path, moment, KILLED_DAYS))
    end = MONDAY + timedelta(days=KILLED_DAYS)

    assert 1 == killed.kills
    assert [str(one) for one in sent(story) if one.at < end] == list(map(str, sent(killed)))
