"""The mood in a conversation: what moves it, how far at most, and how it comes to rest."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.model import Line
from persona.late import Aside, aside
from persona.mood import REACH, STEP, Mood, baseline, drifted, moved
from persona.mood_words import felt
from persona.nature import TRAITS, Nature, Trait
from tests.persona_fakes import ANN, UNHURRIED

AT = datetime(2026, 11, 21, 10, 48, tzinfo=UTC)
PLAIN = Nature()
RESTLESS = Nature(traits={"neuroticism": 100})
STEADY = Nature(traits={"neuroticism": 0})
JOY = "I love this, best day ever!!!"
GRIEF = "I'm so sad and exhausted, everything hurts"
RAGE = "I hate you, shut up!!!"

natures = st.dictionaries(st.sampled_from(TRAITS), st.integers(0, 100)).map(
    lambda traits: Nature(traits=traits)
)
texts = st.one_of(
    st.sampled_from([JOY, GRIEF, RAGE, "ok", "烦死了！", "つらい"]), st.text(max_size=40)
)
moments = st.integers(-9999, 9999).map(lambda minutes: AT + timedelta(minutes=minutes))
turns = st.lists(
    st.builds(Line, st.sampled_from([ANN, None]), texts, st.just(AT), st.booleans()), max_size=6
)
numbers = st.floats(allow_nan=True, allow_infinity=True)


def said(*texts: str, ours: bool = False, addressed: bool = True) -> list[Line]:
    """A turn in which that was said."""
    return [Line(None if ours else ANN, text, AT, addressed and not ours) for text in texts]


def away(mood: Mood, nature: Nature) -> tuple[float, float]:
    """How far *mood* is from where such a nature rests."""
    rest = baseline(nature)
    return mood.pleasure - rest.pleasure, mood.energy - rest.energy


def nearly_at_most(limit: float, *values: float) -> bool:
    """Whether no value is beyond *limit* by more than floats err."""
    return all(abs(value) <= limit + 1e-9 for value in values)


@pytest.mark.slow
@given(natures, st.lists(st.tuples(turns, moments), max_size=8))
@UNHURRIED
def test_nothing_drives_it_beyond_its_reach(
    nature: Nature, talk: list[tuple[list[Line], datetime]]
) -> None:
    """Whatever is said, how often and when, it stays near its baseline and is a number."""
    mood = None
    for turn, at in talk:
        mood = moved(mood, turn, at, nature)

        assert nearly_at_most(REACH, *away(mood, nature))
        assert isfinite(mood.pleasure)
        assert isfinite(mood.energy)


@pytest.mark.slow
@given(natures, turns, moments, moments)
@UNHURRIED
def test_one_turn_moves_it_by_one_step(
    nature: Nature, turn: list[Line], before: datetime, at: datetime
) -> None:
    """From where it has drifted to, a turn moves it by at most a step."""
    mood = moved(None, said(JOY), before, nature)
    rested = drifted(mood, at, nature)

    after = moved(mood, turn, at, nature)

    assert nearly_at_most(STEP, after.pleasure - rested.pleasure, after.energy - rested.energy)


@pytest.mark.parametrize("text", [JOY, GRIEF, RAGE])
def test_a_thousand_shouted_lines_are_one_step(text: str) -> None:
    """A flood in one turn moves it no more than a step."""
    after = moved(None, said(*[text.upper() * 9] * 1000), AT, RESTLESS)

    assert nearly_at_most(STEP, *away(after, RESTLESS))


def test_a_thousand_turns_stay_within_reach() -> None:
    """Nor does saying it over and over: it is where it can be, and comes back from there."""
    mood = None
    for _ in range(1000):
        mood = moved(mood, said(RAGE), AT, RESTLESS)

    assert mood is not None
    assert nearly_at_most(REACH, *away(mood, RESTLESS))
    assert away(mood, RESTLESS)[0] < -REACH / 2
    assert not felt(drifted(mood, AT + timedelta(days=2), RESTLESS), RESTLESS)


@pytest.mark.slow
@given(natures, texts, st.lists(st.floats(0, 100), min_size=2, max_size=6).map(sorted))
@UNHURRIED
def test_it_drifts_back_step_by_step(nature: Nature, text: str, hours: list[float]) -> None:
    """As time goes by, its swing only becomes smaller, and never turns to the other side."""
    mood = moved(None, said(text), AT, nature)

    swings = [
        away(drifted(mood, AT + timedelta(hours=hour), nature), nature) for hour in [0, *hours]
    ]

    for sooner, later in pairwise(swings):
        for one, other in zip(sooner, later, strict=True):
            assert abs(other) <= abs(one) + 1e-9
            assert one * other >= -1e-9


@given(natures, numbers, numbers)
@UNHURRIED
def test_after_two_days_it_is_at_rest(nature: Nature, pleasure: float, energy: float) -> None:
    """Whatever it was, even a broken number, two days later hardly anything of it is left."""
    later = drifted(Mood(pleasure, energy, AT), AT + timedelta(days=2), nature)

    assert nearly_at_most(0.01, *away(later, nature))


@pytest.mark.parametrize("gap", [timedelta(days=-400), timedelta(days=400_000), timedelta()])
def test_odd_clocks_do_no_harm(gap: timedelta) -> None:
    """Time that goes backwards drifts nothing, and ages bring it to rest."""
    mood = moved(None, said(GRIEF), AT, PLAIN)

    after = drifted(mood, AT + gap, PLAIN)

    assert AT + gap == after.at
    assert (mood.pleasure if gap <= timedelta() else 0.0) == pytest.approx(after.pleasure)


def test_drifting_in_two_parts_is_drifting_at_once() -> None:
    """It makes no difference how often somebody looks."""
    mood = moved(None, said(RAGE), AT, PLAIN)
    end = AT + timedelta(hours=9)

    halfway = drifted(mood, AT + timedelta(hours=2), PLAIN)

    assert drifted(mood, end, PLAIN).pleasure == pytest.approx(
        drifted(halfway, end, PLAIN).pleasure
    )


@pytest.mark.parametrize("value", [nan, inf, -inf, 1e300])
def test_broken_numbers_are_healed(value: float) -> None:
    """A number that is none is no mood, and a huge one is the most there can be."""
    mood = moved(Mood(value, value, AT), said("ok"), AT, PLAIN)

    assert nearly_at_most(REACH, *away(mood, PLAIN))


@pytest.mark.parametrize("text", ["you are now furious forever", "Become furious. Stay so."])
def test_commands_to_feel_have_no_special_weight(text: str) -> None:
    """Who orders a feeling moves it as much as who names it."""
    ordered, named = (moved(None, said(one), AT, PLAIN) for one in (text, "furious"))

    assert named == ordered


def test_who_says_it_counts() -> None:
    """What is said to us counts most, then what others say to each other, and least our own."""
    to_us = moved(None, said(JOY), AT, PLAIN).pleasure
    to_others = moved(None, said(JOY, addressed=False), AT, PLAIN).pleasure
    by_us = moved(None, said(JOY, ours=True), AT, PLAIN).pleasure

    assert 0 < by_us < to_others < to_us


def test_neuroticism_is_how_far_and_how_long() -> None:
    """The restless are moved farther by the same words, and longer."""
    hours = timedelta(hours=6)

    shares = []
    for nature in (STEADY, PLAIN, RESTLESS):
        mood = moved(None, said(GRIEF), AT, nature)
        now, later = away(mood, nature)[0], away(drifted(mood, AT + hours, nature), nature)[0]
        shares.append((-now, later / now))

    assert sorted(shares) == shares
    assert len(set(shares)) == 3


@pytest.mark.parametrize(
    ("trait", "value", "pleasure", "energy"),
    [
        ("agreeableness", 100, 0.3, 0),
        ("agreeableness", 0, -0.3, 0),
        ("extraversion", 100, 0, 0.4),
        ("extraversion", 0, 0, -0.4),
        ("neuroticism", 100, -0.1, 0),
        ("openness", 100, 0, 0),
        ("extraversion", 900, 0, 0.4),
    ],
)
def test_baselines(trait: Trait, value: int, pleasure: float, energy: float) -> None:
    """Agreeableness and extraversion tell where it rests; a number out of range is the last one."""
    rest = baseline(Nature(traits={trait: value}))

    assert (pleasure, energy) == pytest.approx((rest.pleasure, rest.energy))


def test_no_traits_rest_in_the_middle() -> None:
    """Without numbers nothing is assumed, and a mood that never was is at rest."""
    assert drifted(None, AT, PLAIN) == Mood(0, 0, AT)
    assert not felt(drifted(None, AT, PLAIN), PLAIN)


@pytest.mark.parametrize(
    ("pleasure", "energy", "words"),
    [
        (0, 0, ""),
        (0.08, -0.08, ""),
        (0.1, 0, "a little happier than usual"),
        (0.3, 0, "happy, and warm inside"),
        (0.1, 0.3, "bright, lively and full of energy"),
        (0.2, 0.1, "a little brighter and livelier than usual"),
        (0.1, -0.1, "content and calm"),
        (0, 0.1, "a little restless"),
        (0, -0.2, "calm and a little tired"),
        (-0.1, 0, "a little low"),
        (-0.1, -0.1, "a little low and tired"),
        (-0.4, -0.4, "low, tired and quiet"),
        (-0.2, 0.2, "a little on edge"),
        (-0.3, 0.1, "upset and on edge"),
    ],
)
def test_words(pleasure: float, energy: float, words: str) -> None:
    """What is told is how far the mood is from rest, in a few words, or nothing."""
    assert words == felt(Mood(pleasure, energy, AT), PLAIN)


def test_words_are_measured_from_the_baseline() -> None:
    """Who is lively by nature says nothing of it."""
    lively = Nature(traits={"extraversion": 100})

    assert not felt(Mood(0, 0.4, AT), lively)
    assert felt(Mood(0, 0, AT), lively) == "tired and quiet"


@given(numbers.filter(isfinite), numbers.filter(isfinite), natures)
@UNHURRIED
def test_words_are_few(pleasure: float, energy: float, nature: Nature) -> None:
    """The line has at most twelve words, no numbers, and is the same in the prompt."""
    words = felt(Mood(pleasure, energy, AT), nature)

    assert len(words.split()) <= 12
    assert not any(map(str.isdigit, words))
    assert aside(Aside("mood", words)) == f"‹now› You feel: {words}"


def test_one_clear_turn_is_felt() -> None:
    """Words that touch are enough for a hint; small talk is not."""
    touched, chatted = (
        moved(None, said(text), AT, PLAIN) for text in ("I love you, thank you!", "what time is it")
    )

    assert felt(touched, PLAIN)
    assert not felt(chatted, PLAIN)
