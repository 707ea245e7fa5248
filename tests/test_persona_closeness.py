"""How near a person comes, how slowly, and what the persona is told of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import nan
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.bonds import Relation
from persona.closeness import DAY, DAY_LOST, STEP, Stage, faded, met, stands
from persona.closeness import stage as stage_of
from persona.late import Aside, aside
from persona.spans import days_until, span
from tests.persona_fakes import UNHURRIED

AT = datetime(2026, 11, 21, 10, 48, tzinfo=UTC)
DAYS = timedelta(days=1)
CHAT = ["what did you do today"]
WARM = ["thank you, I love you <3"]
HOSTILE = ["I hate you, shut up"]

relations = st.builds(
    Relation,
    st.floats(0, 1),
    st.integers(1, 9999),
    st.just(AT - 100 * DAYS),
    st.integers(0, 99).map(lambda days: AT - days * DAYS),
    st.floats(-DAY_LOST, DAY),
)
texts = st.lists(st.sampled_from([*CHAT, *WARM, *HOSTILE, "ok", "谢谢", "死ね"]), max_size=5)


def after(days: int, turns: int, said: Sequence[str], relation: Relation | None = None) -> Relation:
    """What is between them after so many *turns* on each of so many *days*."""
    for day in range(days):
        for turn in range(turns):
            at = AT + day * DAYS + timedelta(seconds=turn)
            relation = met(relation, said, at, addressed=True)
    assert relation
    return relation


def known(closeness: float, since: int, last: int) -> Relation:
    """Somebody met first and last so many days ago."""
    return Relation(closeness, 9, AT - since * DAYS, AT - last * DAYS)


def test_the_first_words() -> None:
    """A first turn begins a relation: near nothing, and dated."""
    relation = met(None, CHAT, AT, addressed=True)

    assert (1, AT, AT, "stranger") == (
        relation.turns,
        relation.first_at,
        relation.last_at,
        stage_of(relation),
    )
    assert 0 < relation.closeness <= STEP


@pytest.mark.slow
@given(relations, texts, st.integers(-5000, 50000), st.booleans())
@UNHURRIED
def test_no_turn_changes_much(
    relation: Relation, said: list[str], hours: int, addressed: bool
) -> None:
    """A turn changes what the silence has left by at most a step, and never out of range."""
    at = AT + timedelta(hours=hours)

    now = met(relation, said, at, addressed=addressed)

    assert 0 <= now.closeness <= 1
    assert abs(now.closeness - faded(relation, at).closeness) <= STEP + 1e-9
    assert relation.turns + 1 == now.turns


@pytest.mark.slow
@pytest.mark.parametrize("said", [CHAT, WARM, WARM * 20])
def test_a_thousand_messages_of_one_evening_make_no_friend(said: list[str]) -> None:
    """However much is said and how warmly, an evening brings no more than a day can."""
    relation = None
    for turn in range(1000):  # over midnight, wherever that is
        relation = met(relation, said, AT + timedelta(seconds=20 * turn), addressed=True)

    assert relation
    assert relation.closeness <= DAY * (1 + 6 / 24)
    assert stage_of(relation) == "stranger"


def test_a_quarrel_of_one_day_ends_no_friendship() -> None:
    """A thousand insults in a day cost what a day can cost."""
    friend = known(0.7, 300, 1)

    quarrelled = after(1, 1000, HOSTILE, friend)

    assert friend.closeness - DAY_LOST * 1.02 <= quarrelled.closeness  # a quarter of an hour
    assert quarrelled.closeness < friend.closeness
    assert stage_of(quarrelled) == "friend"


@pytest.mark.slow
@given(relations, st.lists(texts, min_size=1, max_size=30), st.integers(0, 90))
@UNHURRIED
def test_bounds_hold_for_any_talk(relation: Relation, talk: list[list[str]], minutes: int) -> None:
    """Whatever is said in which order, over hours it changes by what those hours allow."""
    day = AT + 3 * DAYS
    before = faded(relation, day).closeness
    for turn, said in enumerate(talk):
        relation = met(relation, said, day + timedelta(minutes=minutes * turn), addressed=True)

    days = minutes * len(talk) / 1440
    assert relation.closeness <= before + DAY * (1 + days) + DAY_LOST * days + 1e-9
    assert relation.closeness >= before - DAY_LOST * (1 + days) - DAY * days - 1e-9


@pytest.mark.parametrize(
    ("days", "turns", "said", "stage"),
    [
        (1, 20, CHAT, "stranger"),
        (3, 20, CHAT, "acquaintance"),
        (14, 10, CHAT, "friend"),
        (45, 10, CHAT, "close"),
        (31, 1, CHAT, "friend"),
        (31, 10, WARM, "close"),
        (60, 10, HOSTILE, "stranger"),
    ],
)
def test_stages_come_with_days(days: int, turns: int, said: list[str], stage: Stage) -> None:
    """It takes days to be known, weeks to be a friend, and hostility leads nowhere."""
    assert stage == stage_of(after(days, turns, said))


def test_warmth_brings_people_nearer_than_small_talk() -> None:
    """On the same days warm words are worth more, and hostile ones less than none."""
    chatted, warm, hostile = (after(5, 1, said).closeness for said in (CHAT, WARM, HOSTILE))

    assert hostile == 0 < chatted < warm


def test_confiding_is_no_hostility() -> None:
    """Who is sad or angry about the world comes nearer by telling."""
    confided = after(5, 1, ["I'm so sad, and I hate my boss"])

    assert after(5, 1, CHAT).closeness == confided.closeness


def test_nearness_grows_ever_more_slowly() -> None:
    """The nearer somebody is, the less one more day brings."""
    near, far = known(0.9, 300, 1), known(0.1, 300, 1)

    assert (
        met(near, CHAT, AT, addressed=True).closeness - near.closeness
        < met(far, CHAT, AT, addressed=True).closeness - far.closeness
    )


def test_what_is_said_to_others_hardly_counts() -> None:
    """In a group, words that were not for us bring little, warm or not, and cost nothing."""
    aside_of = [met(None, said, AT, addressed=False).closeness for said in (CHAT, WARM, HOSTILE)]

    assert len(set(aside_of)) == 1
    assert 0 < aside_of[0] < met(None, CHAT, AT, addressed=True).closeness / 5


@pytest.mark.parametrize(
    ("days", "least", "most"),
    [(0, 0.8, 0.8), (29, 0.8, 0.8), (120, 0.7, 0.79), (400, 0.6, 0.7), (9999, 0.4, 0.41)],
)
def test_silence_leads_apart_slowly(days: int, least: float, most: float) -> None:
    """A month costs nothing, a year some, and no silence takes all of it."""
    left = faded(known(0.8, 400, 0), AT + days * DAYS).closeness

    assert least - 1e-9 <= left <= most + 1e-9


def test_time_that_goes_backwards_gives_nothing_away() -> None:
    """A late message belongs to the day that is known, whose bounds hold."""
    relation = after(1, 1000, WARM)

    late = relation
    for turn in range(100):
        late = met(late, WARM, AT - (turn % 2) * 5 * DAYS, addressed=True)

    assert relation.last_at == late.last_at
    assert late.closeness <= DAY * 1.02


def test_broken_numbers_are_healed() -> None:
    """What is no number counts as nothing."""
    relation = met(Relation(nan, 3, AT, AT, nan), CHAT, AT, addressed=True)

    assert 0 <= relation.closeness <= STEP


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        (None, "a stranger; these are their first words to you"),
        (known(0.01, 0, 0), "still a stranger; you met today"),
        (known(0.01, 4, 4), "still a stranger; you meet again after four days"),
        (
            known(0.1, 2, 1),
            "an acquaintance; you have known each other for two days; last met yesterday",
        ),
        (
            known(0.4, 21, 1),
            "a friend; you have known each other for three weeks; last met yesterday",
        ),
        (known(0.4, 21, 0), "a friend; you have known each other for three weeks"),
        (
            known(0.9, 400, 4),
            "close to you; you have known each other for a year; you meet again after four days",
        ),
        (
            known(0.9, 400, 90),
            "close to you; you have known each other for a year; you meet again after three months",
        ),
    ],
)
def test_lines(relation: Relation | None, line: str) -> None:
    """The line tells the stage, since when they know each other, and a gap worth telling."""
    assert line == stands(relation, AT, owner=False)


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        (None, "the one you belong to; these are their first words to you"),
        (known(0.01, 0, 0), "the one you belong to; you met today"),
        (known(0.1, 9, 0), "the one you belong to; you have known each other for a week"),
        (
            known(0.9, 60, 0),
            "the one you belong to; close to you; you have known each other for two months",
        ),
    ],
)
def test_the_owner_is_told_as_such(relation: Relation | None, line: str) -> None:
    """The one it belongs to is never called a stranger."""
    assert line == stands(relation, AT, owner=True)


def test_a_talk_over_midnight_is_no_reunion() -> None:
    """A quarter of an hour is no gap, though a day has ended; a night is one."""
    midnight = datetime(2026, 11, 22, 0, 5, tzinfo=UTC)
    relation = Relation(0.4, 9, AT - 9 * DAYS, midnight - timedelta(minutes=15))

    assert "yesterday" not in stands(relation, midnight, owner=False)
    assert "yesterday" in stands(relation, midnight + timedelta(hours=9), owner=False)


def test_days_are_those_of_the_place_where_one_is() -> None:
    """Whether it was yesterday depends on the zone of *now*."""
    relation = Relation(0.4, 9, AT - 9 * DAYS, datetime(2026, 11, 20, 14, 0, tzinfo=UTC))
    now = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)

    assert "last met" not in stands(relation, now, owner=False)
    assert "last met yesterday" in stands(
        relation, now.astimezone(ZoneInfo("Asia/Tokyo")), owner=False
    )


def test_the_line_is_the_same_in_the_prompt() -> None:
    """Nothing in it needs escaping."""
    line = stands(known(0.9, 400, 90), AT, owner=True)

    assert aside(Aside("note", line)) == f"‹now› Keep in mind: {line}"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "a day"),
        (6, "six days"),
        (7, "a week"),
        (10, "a week"),
        (11, "two weeks"),
        (29, "four weeks"),
        (30, "a month"),
        (61, "two months"),
        (364, "twelve months"),
        (365, "a year"),
        (800, "two years"),
        (9999, "27 years"),
    ],
)
def test_spans(days: int, words: str) -> None:
    """A number of days is told in the unit that people would take."""
    assert words == span(days)


def test_days_until() -> None:
    """Days are counted by the calendar, not by hours, and backwards below zero."""
    late, early = AT.replace(hour=23), AT.replace(hour=1)

    assert days_until(early + DAYS, late) == 1
    assert days_until(early, late) == 0
    assert days_until(late - 2 * DAYS, early) == -2
