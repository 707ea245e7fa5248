"""What a persona is like: the keys of its file, the lines on its page, and contradictions."""

from pathlib import Path

import pytest

from anima.errors import ConfigError
from persona.card import Card, load
from persona.character import character, contradictions
from persona.nature import TRAITS, Habits, Nature, Rhythm
from persona.trait_words import SHOWS

PERSONAS = Path(__file__).parents[1] / "personas"
BARE = 'name = "Ku"\nlanguages = ["en", "ja"]\n[greeting]\nen = "Hi"\n'
FULL = """
boundaries = ["You lend no money.", "no gossip;"]
name = "Ku"
languages = ["en", "ja"]
[greeting]
en = "Hi"
[character]
extraversion = 75
neuroticism = 30
mbti = "ENFJ"
[character.shows]
neuroticism = "storms pass you by."
openness = "new is good."
[tone]
en = "Slow, as one rows."
ja = "mixed"
[habits]
emoji = "rarely"
kaomoji = "never"
emotes = "sometimes"
markdown = false
[habits.particles]
ja = ["ね", "よ"]
[habits.punctuation]
en = "no exclamation marks."
[relation]
owner = "loyal."
strangers = "civil."
[pace]
characters = 40
per_second = 8
pause_s = 1.5
bubbles = 3
"""


def card(path: Path, toml: str) -> Card:
    (path / "persona.toml").write_text(toml, encoding="utf-8")
    (path / "profile.md").write_text("Somebody.", encoding="utf-8")
    return load(path)


def test_nothing_said(tmp_path: Path) -> None:
    """A card without these keys has the house's ways, and no line on its page."""
    bare = card(tmp_path, BARE)

    assert (Nature(), "", "") == (bare.nature, character(bare), character(bare, "en"))


def test_all_that_holds_in_every_language(tmp_path: Path) -> None:
    """Each trait shows in its own words or the house's; then type, relations, signs and limits."""
    expected = f"""\
Character, ENFJ, 0 to 100:
Extraversion 75: {SHOWS["extraversion"][2]}
Neuroticism 30: storms pass you by.
Openness: new is good.
To the one you belong to: loyal.
To strangers: civil.
You type emoji rarely, kaomoji never, codes such as [微笑] sometimes, no markdown.
Where you stop: You lend no money; no gossip."""

    assert expected == character(card(tmp_path, FULL))


def test_what_holds_in_one_language(tmp_path: Path) -> None:
    """A tone is a word that the house knows or the card's own; particles and punctuation follow."""
    full = card(tmp_path, FULL)

    assert [
        "Slow, as one rows. Punctuation: no exclamation marks.",
        "基本は「です・ます」。親しい時や心が動いた時だけタメ口になり、また戻る。 You like ね よ.",
    ] == [character(full, code) for code in full.languages]


def test_rhythm(tmp_path: Path) -> None:
    """The numbers of its typing are kept; without them the house's hold."""
    assert Rhythm(40, 8, 1.5, 3) == card(tmp_path, FULL).nature.rhythm


@pytest.mark.parametrize("trait", TRAITS)
def test_each_third_shows_in_other_words(tmp_path: Path, trait: str) -> None:
    """A trait at 10, 50 and 90 is told in three ways, and at the borders like its third."""
    lines = [
        character(card(tmp_path, f"{BARE}[character]\n{trait} = {number}\n")).rpartition(": ")[2]
        for number in (10, 33, 34, 50, 66, 67, 90)
    ]

    assert 3 == len(set(lines))
    assert lines[0] == lines[1]
    assert lines[2] == lines[3] == lines[4]
    assert lines[5] == lines[6]


def test_a_type_alone(tmp_path: Path) -> None:
    """A type without numbers is a line of its own."""
    assert "Character: INTP." == character(card(tmp_path, f"{BARE}[character]\nmbti = 'INTP'\n"))


def test_only_markdown_is_a_line_too(tmp_path: Path) -> None:
    """Who writes no markdown is told so, also without any other habit."""
    plain = card(tmp_path, f"{BARE}[habits]\nmarkdown = false\n")

    assert "You type no markdown." == character(plain)


@pytest.mark.parametrize(
    ("mbti", "traits", "told"),
    [
        ("INFJ", {"extraversion": 90}, ["mbti has 'I', but extraversion is 90"]),
        ("ESFP", {"extraversion": 20, "conscientiousness": 50}, ["'E', but extraversion is 20"]),
        ("INTJ", {"extraversion": 20, "openness": 50}, []),
        ("INTP", {"openness": 5, "conscientiousness": 90}, ["'N'", "'P'"]),
        ("", {"openness": 5}, []),
    ],
)
def test_contradictions(mbti: str, traits: dict, told: list[str]) -> None:
    """A letter that says the opposite of a number is a line; the middle contradicts nothing."""
    lines = contradictions(Nature(traits=traits, mbti=mbti))

    assert len(told) == len(lines)
    assert all(part in line for part, line in zip(told, lines, strict=True))


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[character]\nextraversion = 101\n", r"line 6: 'character.extraversion' is 101; "),
        ("[character]\nextravert = 50\n", r"line 6: unknown key .*did you mean 'extraversion'"),
        ("[character]\nmbti = 'ABCD'\n", r"line 6: 'character.mbti' is 'ABCD'; "),
        ("[character.shows]\nopen = 'x'\n", r"line 6: unknown key .*did you mean 'openness'"),
        ("[habits]\nemoji = 'daily'\n", r"line 6: 'habits.emoji' is 'daily'; "),
        ("[habits]\nmarkdwon = true\n", r"line 6: unknown key .*did you mean 'markdown'"),
        ("[habits.particles]\nfr = ['bah']\n", r"line 6: habits.particles.fr speaks a language"),
        ("[habits.punctuation]\nzh = '。'\n", r"line 6: habits.punctuation.zh speaks a language"),
        ("[tone]\nzh = 'warm'\n", r"line 6: tone.zh speaks a language"),
        ("[relation]\nowners = 'x'\n", r"line 6: unknown key .*did you mean 'owner'"),
        ("[pace]\nper_second = 0\n", r"line 6: 'pace.per_second' is 0; "),
        ("[pace]\nbubbles = 'many'\n", r"line 6: 'pace.bubbles' is 'many'; "),
    ],
)
def test_mistakes(tmp_path: Path, toml: str, told: str) -> None:
    """What cannot be is one line with the place and what would be right."""
    with pytest.raises(ConfigError, match=told):
        card(tmp_path, BARE + toml)


@pytest.mark.parametrize("name", ["kokoro", "harrow"])
def test_the_shipped_ones(name: str) -> None:
    """Those that ship have all five traits, a type that fits, and a tone in each language."""
    shipped = load(PERSONAS / name)

    assert ([*TRAITS], [], [*shipped.languages]) == (
        [*shipped.nature.traits],
        contradictions(shipped.nature),
        [*shipped.nature.tone],
    )


def test_kokoro_has_the_published_numbers() -> None:
    """The Big Five of the avatar that ships are those that were published."""
    assert [75, 85, 80, 30, 85] == [*load(PERSONAS / "kokoro").nature.traits.values()]


def test_the_default_habits_say_nothing() -> None:
    """Without habits markdown is left to the model, and no sign is spoken of."""
    assert (True, "") == (Habits().markdown, Habits().emoji)
