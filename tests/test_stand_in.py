"""Who answers where no model is set up says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from anima.model import Conversation, Heard, Line, Message, Prompt, Scene, Soul, Speaker
from backend.scripted import Scripted
from backend.stand_in import StandIn, excuse
from persona.card import load
from persona.compose import compose
from persona.late import NOW
from persona.slip_words import Stance
from persona.slips import Slips

SOUL = Soul("nobody", "default")
KOKORO = Path(__file__).parent.parent / "personas" / "kokoro"
AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def told(text: str) -> Prompt:
    """A prompt as the persona makes it, with the late block before what was *heard*."""
    block = f"{NOW} Monday · private talk\n{NOW} Go on from there."
    return Message("system", "You are Aiko."), Message("user", f"{block}\n\n{text}")


@pytest.mark.parametrize(
    ("text", "says", "repeats"),
    [
        ("How are you?", "no model", "“How are you?”"),
        ("你今天好吗？", "没有接上模型", "“你今天好吗？”"),
        ("元気ですか？", "モデルにつながっていません", "「元気ですか？」"),
        ("Wie geht es dir?", "no model", "“Wie geht es dir?”"),
        ("{heard} and {0}", "stand-in", "“{heard} and {0}”"),
        ("‹Aiko› first\n‹Ben› second", "stand-in", "“first\nsecond”"),
        ("one\n\ntwo", "stand-in", "“one\n\ntwo”"),
    ],
)
def test_excuse(text: str, says: str, repeats: str) -> None:
    """It tells what it is in the person's language, and repeats their words and no others."""
    said = excuse(told(text))

    assert says in said
    assert repeats in said
    assert NOW not in said


def test_plain_prompt() -> None:
    """A prompt without a late block is repeated as it is, and one without words is answered."""
    assert "“hello”" in excuse((Message("user", "hello"), Message("assistant", "hi")))
    assert "“”" in excuse((Message("system", "You are Aiko."),))


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("spoken", [(), ("I had said\n\nthis",)])
def test_real_prompt(private: bool, spoken: tuple[str, ...]) -> None:
    """Of the persona's own prompt nothing comes back but what the person said."""
    ben = Speaker("telegram", "7", "Ben")
    heard = Heard(1, ben, "hello\n\nthere", AT, AT, "m1")
    lines = (Line(ben, "earlier words", AT), Line(None, "my answer", AT))
    here = Conversation("telegram", "bot", "7")
    scene = Scene(here, private, "Friends", lines, (heard,), AT, (SOUL,), spoken)

    said = excuse(compose(load(KOKORO), scene, SOUL))

    assert said.endswith("you say: “hello\n\nthere”.")


@pytest.mark.parametrize("notes", [(), ("Answer as Kokoro.", "You used recall: ‹now›\nnothing.")])
def test_prompt_with_notes(notes: tuple[str, ...]) -> None:
    """Neither does anything that the model is told besides."""
    heard = Heard(1, Speaker("telegram", "7", "Ben"), "hello", AT, AT, "m1")
    scene = Scene(Conversation("telegram", "bot", "7"), True, "", (), (heard,), AT, (SOUL,))

    said = excuse(compose(load(KOKORO), scene, SOUL, notes=notes))

    assert said.endswith("you say: “hello”.")


@pytest.mark.parametrize("text", ["How are you?", "你今天好吗？", "元気ですか？"])
@pytest.mark.parametrize("stance", ["open", "character"])
def test_it_breaks_no_spell(text: str, stance: Stance) -> None:
    """What it says of itself is no slip, so that a persona may be tried without a model."""
    assert not Slips(("Kokoro",), stance).holds(excuse(told(text)))


async def test_streams() -> None:
    """The stand-in streams its line like any model."""
    deltas = [delta async for delta in StandIn(piece=5).stream(told("hello"), SOUL)]

    assert excuse(told("hello")) == "".join(delta.text for delta in deltas)
    assert all(len(delta.text) <= 5 for delta in deltas)


async def test_script_begins_again() -> None:
    """A script's lines come in turn, and after the last one comes the first."""
    backend = Scripted(["one", "two"])

    said = []
    for _ in range(3):
        deltas = [delta async for delta in backend.stream(told("?"), SOUL)]
        said.append("".join(delta.text for delta in deltas))

    assert ["one", "two", "one"] == said


async def test_nothing_to_open() -> None:
    """A script is always there and holds nothing."""
    backend = StandIn()

    await backend.probe()
    await backend.aclose()

    assert 0 == backend.open
