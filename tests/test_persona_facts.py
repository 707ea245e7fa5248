"""What people tell of themselves in passing: found by rules, in three languages, or left alone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.facts.birthdays import birthday
from persona.facts.extract import extract
from persona.facts.kinds import SINGLE, Fact, Wish, aspect, normal
from tests.facts_scored import ZONES, lines, score, spoken_at
from tests.persona_fakes import UNHURRIED

TOKYO = ZoneInfo("Asia/Tokyo")
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)


def facts(line: str, language: str = "en", at: datetime = WEDNESDAY) -> list[Fact]:
    """The facts in *line*, without wishes."""
    return [one for one in extract(line, at, language) if isinstance(one, Fact)]


def told(line: str, language: str = "en") -> list[str]:
    """What is known after *line*, in short."""
    return [
        f"{'not ' if one.negated else ''}{one.slot}"
        f"{f' of {one.subject}' if one.subject else ''}: {one.norm}"
        for one in facts(line, language)
    ]


@pytest.mark.parametrize(
    ("language", "held_out", "precision", "recall"),
    [
        ("en", False, 0.97, 0.95),
        ("en", True, 0.95, 0.90),
        ("zh", False, 0.97, 0.93),
        ("zh", True, 0.94, 0.93),
        ("ja", False, 0.97, 0.95),
        ("ja", True, 0.92, 0.86),
    ],
)
def test_the_rules_find_what_a_careful_person_would(
    language: str, *, held_out: bool, precision: float, recall: float
) -> None:
    """Of over 300 written lines a language nearly all is right, and little is missed."""
    tally = score(language, held_out=held_out)

    assert tally.precision() >= precision, "\n".join(tally.slips)
    assert tally.recall() >= recall, "\n".join(tally.slips)


@pytest.mark.parametrize("language", ZONES)
def test_the_corpora_have_traps(language: str) -> None:
    """At least 300 lines, and at least 90 of them tell nothing."""
    all_lines = [row for part in (False, True) for row in lines(language, held_out=part)]

    assert len(all_lines) >= 300
    assert sum(not wanted for _, wanted in all_lines) >= 90


@pytest.mark.parametrize("language", ZONES)
def test_a_quote_is_a_part_of_the_line(language: str) -> None:
    """Letter for letter, and the value is a part of the line too."""
    for part in (False, True):
        for line, _ in lines(language, held_out=part):
            for one in facts(line, language, spoken_at(language)):
                assert one.quote
                assert one.quote in line
                assert one.value in line
                assert one.text in line


@given(st.text(max_size=200), st.sampled_from(["en", "zh", "ja", None]))
@UNHURRIED
def test_any_text_can_be_read(text: str, language: str | None) -> None:
    """Whatever is said: quotes are its own, and of single slots there is one value an aspect."""
    found = [one for one in extract(text, WEDNESDAY, language) if isinstance(one, Fact)]

    single = [
        (one.subject, one.slot, aspect(one.norm), one.negated)
        for one in found
        if one.slot in SINGLE
    ]
    assert all(one.quote in text for one in found)
    assert len(single) == len(set(single))


@pytest.mark.parametrize(
    ("line", "language", "known"),
    [
        ("my cat's called Miso and my dog's name is Rex", "en", ["pet: cat:miso", "pet: dog:rex"]),
        ("My dog Rex died", "en", ["not pet: dog:"]),
        ("we adopted a cat, Tofu", "en", ["pet: cat:tofu"]),
        (
            "my mum is a nurse and she's 61",
            "en",
            ["job of my mum: nurse", "other of my mum: age:61"],
        ),
        ("she's 61", "en", []),
        ("Kim works at Google", "en", ["job of Kim: at:google"]),
        ("I'm a nurse at Mercy Hospital", "en", ["job: nurse", "job: at:mercy hospital"]),
        ("我叫林小雨。我養了一隻貓叫麻糬", "zh", ["name: 林小雨", "pet: 猫:麻糬"]),
        ("养了只猫。名字叫汤圆", "zh", ["pet: 猫:猫"]),
        ("猫飼ってる!私の名前はモカ", "ja", ["pet: 猫:猫", "name: モカ"]),
        ("I'm Kevin。我是北京人", "zh", ["name: kevin", "from: 北京"]),
        ("京都出身、東京住み。", "ja", ["from: 京都", "lives_in: 東京"]),
        ("I no longer work at Lidl", "en", ["not job: at:lidl"]),
    ],
)
def test_values_are_normal(line: str, language: str, known: list[str]) -> None:
    """Aspects stand first, names of animals last, and the script does not matter."""
    assert known == told(line, language)


@pytest.mark.parametrize(
    "line",
    [
        "Do you like cats?",
        "if I lived in Paris",
        "I live in Paris? no",
        'she said "I live in Rome and I love it"',
        "see https://example.org/i-live-in-rome",
        "> I live in Rome",
        "your name is Bob",
        "如果我住在巴黎",
        "もし東京に住んでたら",
        "I'm kidding, I live in Rome",
        "they live in Rome, love it",
    ],
)
def test_what_is_not_said_of_oneself_is_left_alone(line: str) -> None:
    """Asked, unreal, quoted, linked, about us or others: no fact."""
    assert [] == told(line)


def test_only_what_is_meant_of_a_line_is_read() -> None:
    """What stands before a condition or a question is told all the same."""
    assert ["other: scorpio"] == told("I'm a Scorpio if you believe in that")
    assert ["lives_in: leeds"] == told("I live in Leeds, do you?")


def test_hearsay_is_marked() -> None:
    """A named person could tell it themself; one's mother is one's own to tell of."""
    (named,) = facts("my best friend Kim lives in Oslo")
    (kin,) = facts("My mum lives in Oslo")

    assert ("Kim", True) == (named.subject, named.hearsay)
    assert ("my mum", False) == (kin.subject, kin.hearsay)


def test_times_are_those_of_who_speaks() -> None:
    """A plan lasts until it is over; what began at a past time has it, in the person's zone."""
    at = datetime(2026, 11, 25, 10, tzinfo=TOKYO)

    (plan,) = facts("明日8時に面接です", "ja", at)
    (moved,) = facts("we moved to Kyoto last month", "en", at)
    (lives,) = facts("I live in Kyoto", "en", at)

    assert datetime(2026, 11, 26, 8, tzinfo=TOKYO) == plan.valid_from
    assert plan.valid_to == datetime(2026, 11, 26, 10, tzinfo=TOKYO)
    assert (datetime(2026, 10, 1, tzinfo=TOKYO), "month") == (moved.valid_from, moved.precision)
    assert lives.valid_from is None


def test_a_plan_is_known_by_its_event() -> None:
    """Told in other words it is the same plan; one of no known kind is known by its words."""
    (exam,) = facts("my exam is tomorrow")
    (again,) = facts("I have an exam tomorrow")
    (other,) = facts("I'm flying to Rome next Tuesday")

    assert exam.norm == again.norm == "exam"
    assert other.norm == "i'm flying to rome"


def test_a_time_without_a_zone_is_read_as_utc() -> None:
    """Nothing is lost when a clock tells no zone."""
    naive = WEDNESDAY.replace(tzinfo=None)

    (one,) = extract("I live in Leeds", naive)

    assert isinstance(one, Fact)
    assert one.value == "Leeds"


def test_of_ours_only_promises_are_taken() -> None:
    """What the persona says of herself is her card's to tell."""
    line = "I live in Rome! I promise I'll send you a postcard"

    (one,) = extract(line, WEDNESDAY, ours=True)

    assert isinstance(one, Fact)
    assert ("promise", "send you a postcard") == (one.slot, one.value)


@pytest.mark.parametrize("line", ["do you promise to call?", "I promise to call, ok?"])
def test_a_promise_is_not_asked_for(line: str) -> None:
    """A question promises nothing."""
    assert [] == told(line)


@pytest.mark.parametrize(
    ("line", "language", "wish"),
    [
        (
            "please remember my locker code is 4471",
            "en",
            Wish("remember", "my locker code is 4471"),
        ),
        ("forget that", "en", Wish("forget", "")),
        ("please forget everything I told you about my job", "en", None),
        ("別記住這件事", "zh", Wish("forget", "")),
        ("今の忘れて!", "ja", Wish("forget", "")),
        ("私の住所のことは忘れてください", "ja", Wish("forget", "私の住所")),
    ],
)
def test_wishes_are_found(line: str, language: str, wish: Wish | None) -> None:
    """What is to be remembered or forgotten; where the word only points, what was said before."""
    (found,) = extract(line, WEDNESDAY, language)

    expected = wish or Wish("forget", "everything I told you about my job")
    assert expected == found


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("forget it, never mind", "en"),
        ("do you remember my name?", "en"),
        ("remember when we met?", "en"),
        ("记得早点睡", "zh"),
        ("薬飲むの忘れないでね", "ja"),
    ],
)
def test_what_only_sounds_like_a_wish_is_none(line: str, language: str) -> None:
    """Phrases, questions, and reminders to us."""
    assert () == extract(line, WEDNESDAY, language)


def test_what_is_to_be_remembered_is_pinned() -> None:
    """The fact in a wish stays."""
    wish, fact = extract("remember that I'm allergic to nuts", WEDNESDAY)

    assert Wish("remember", "I'm allergic to nuts") == wish
    assert isinstance(fact, Fact)
    assert fact.pinned


def test_a_long_line_is_shown_in_part() -> None:
    """Of a long sentence the quote is shown, and no more than its beginning is read."""
    tail = " and the sky was as grey as it is in every story" * 5
    (one,) = facts("I'm allergic to latex" + tail)

    assert one.text == one.quote == "I'm allergic to latex"
    assert [] == told("blah " * 500 + ". I live in Leeds")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12 May 1990", "1990-05-12"),
        ("May 12", "05-12"),
        ("5/12", "05-12"),
        ("25/12", "12-25"),
        ("2/14/2001", "2001-02-14"),
        ("2/14/01", "2001-02-14"),
        ("2/14/88", "1988-02-14"),
        ("13/13", ""),
        ("十月三十一", "10-31"),
        ("on christmas eve", "12-24"),
        ("soon", ""),
    ],
)
def test_birthdays_are_read(said: str, day: str) -> None:
    """In words, in figures of either order, by feasts; a year in two figures is a past one."""
    assert day == birthday(said, WEDNESDAY, UTC)


def test_each_value_of_a_list_is_a_fact() -> None:
    """Cats, and tea, and rain; and what says nothing is left out."""
    assert ["likes: cats", "likes: tea", "likes: rainy days"] == told(
        "I love cats, tea and rainy days"
    )
    assert ["likes: tea"] == told("I love tea and you")
    assert ["job: nurse"] == told("I'm a nurse at the same place")
    assert [] == told("I love " + "a" * 80)


def test_what_is_said_twice_is_one() -> None:
    """In one line."""
    assert ["likes: tea"] == told("I love tea. I really love tea!")
    assert normal("Tea") == "tea"
