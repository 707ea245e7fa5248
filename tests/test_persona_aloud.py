"""When a persona speaks, and what it is told of voices that it could not hear."""

from dataclasses import replace
from pathlib import Path

import pytest

from anima.bonds import Mood
from anima.model import Attachment, Scene
from anima.sound import Voicing
from persona.aloud import speaks
from persona.card import load
from persona.compose import compose
from persona.sights import unheard
from tests.persona_fakes import NOW, SOUL, heard, scene

KOKORO = load(Path("personas/kokoro"))
VOICE = Attachment("voice", "a", "audio/ogg", 9, 3.0)
TIRED, AWAKE = Mood(0.2, -0.7, NOW), Mood(0.2, -0.3, NOW)


def said(*things: Attachment, text: str = "[voice message]", mood: Mood | None = None) -> Scene:
    """Somebody sends *things*, to a persona in that *mood*."""
    return replace(scene(replace(heard(text), attachments=things)), mood=mood)


@pytest.mark.parametrize(
    ("voicing", "things", "mood", "expected"),
    [
        ("mirror", (VOICE,), TIRED, True),
        ("always", (VOICE,), TIRED, True),
        ("always", (), TIRED, False),
        ("always", (replace(VOICE, kind="photo"),), TIRED, False),
        ("always", (), AWAKE, True),
        ("always", (), None, True),
    ],
)
def test_it_speaks_to_who_speaks_and_else_as_it_feels(
    voicing: Voicing, things: tuple[Attachment, ...], mood: Mood | None, *, expected: bool
) -> None:
    """Being tired is no reason to leave a voice without one."""
    assert expected == speaks(said(*things, mood=mood), voicing)


@pytest.mark.parametrize(
    ("sound", "told"), [("", "cannot listen"), ("unclear", "say it again"), ("clear", "")]
)
@pytest.mark.parametrize("context", [8192, 2048], ids=["large", "small"])
def test_it_is_told_what_it_could_not_hear(sound: str, told: str, context: int) -> None:
    """So that it asks back in its own words; of what was clear there is nothing to be told."""
    thing = Attachment("voice", "a", sound=sound)  # type: ignore[arg-type] # any of them

    prompt = compose(KOKORO, said(thing), replace(SOUL, context=context))

    assert bool(told) == ("voice message" in prompt[-1].content.replace("[voice message]", ""))
    assert told in prompt[-1].content


def test_only_speech_is_missed() -> None:
    """A song is a song; of several notes each trouble is told once."""
    song, round_one = replace(VOICE, kind="audio"), replace(VOICE, kind="video_note")
    bad = replace(VOICE, sound="unclear")

    assert () == unheard(said(song))
    assert 2 == len(unheard(said(round_one, VOICE, bad, bad)))


@pytest.mark.parametrize("words", ["my name is Mei", "我叫小美", "私の名前は美咲です"])
def test_the_words_are_the_persons(words: str) -> None:
    """Behind a mark that tells how they came."""
    one = said(replace(VOICE, sound="clear"), text=f"[voice message] {words}")

    assert compose(KOKORO, one, SOUL)[-1].content.endswith(f"[voice message] {words}")
