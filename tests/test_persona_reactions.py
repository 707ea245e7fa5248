"""A persona's reactions: which text is one, how words are kept apart, and what is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
from telegram.constants import ReactionEmoji

from anima.errors import ConfigError
from anima.model import Bubble
from persona.card import load
from persona.emotes import shown
from persona.engine import Engine
from persona.layers import first
from persona.reactions import FACES, apart, offered, reaction
from tests.persona_fakes import HandClock, Notebook, Script, heard, scene

KNOWN = ("❤", "😁")
CARD = load(Path(__file__).parent.parent / "personas" / "kokoro")


def somebody(folder: Path, reactions: str) -> Path:
    """The folder of a persona of few words who has these *reactions*."""
    card = f'name = "Ku"\nlanguages = ["en"]\nreactions = {reactions}\n[greeting]\nen = "Hi."\n'
    (folder / "persona.toml").write_text(card, "utf-8")
    (folder / "profile.md").write_text("Ku keeps the lamp.", "utf-8")
    return folder


def test_they_are_those_that_telegram_takes() -> None:
    """As another library lists them; those that are written in two ways are left out."""
    theirs = {one.value for one in ReactionEmoji}

    assert set(FACES) <= theirs
    assert 3 == len(theirs - set(FACES)) == len([one for one in theirs if "\ufe0f" in one])


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("[react ❤]", "❤"),
        (" [React: 😁 ]\n", "😁"),
        ("[react ❤] yes", ""),
        ("[react 🦊]", ""),
        ("❤", ""),
        ("[react]", ""),
    ],
)
def test_a_reaction_stands_alone(text: str, face: str) -> None:
    """One of those that the persona has, and nothing else."""
    assert face == reaction(KNOWN, text)


def test_who_has_none_does_not_react() -> None:
    """Whatever is written."""
    assert "" == reaction((), "[react ❤]")
    assert ["[react ❤] hi"] == apart((), "[react ❤] hi")


@pytest.mark.parametrize(
    ("bubble", "bubbles"),
    [
        ("[react ❤]", ["[react ❤]"]),
        ("[react ❤️] so cute", ["[react ❤]", "so cute"]),
        ("好可爱 [react 😁]", ["[react 😁]", "好可爱"]),
        ("[react ❤][react 😁] 可愛い", ["[react ❤]", "可愛い"]),
        ("[react 🦊] a fox", ["a fox"]),
        ("[react 🦊]", []),
        ("[photo] of me", ["[photo] of me"]),
        ("plain", ["plain"]),
    ],
)
def test_words_are_kept_apart(bubble: str, bubbles: list[str]) -> None:
    """One reaction first, then the words; a face that it does not have is nothing."""
    assert bubbles == list(apart(KNOWN, bubble))


def test_elsewhere_it_is_a_face() -> None:
    """Who looks at a page sees what was meant."""
    assert "❤" == shown("[react ❤]")
    assert "[微笑" not in shown("[react 😁] [微笑]")


async def test_an_answer_may_be_a_reaction_and_words() -> None:
    """In bubbles of their own, whatever the model wrote around them."""
    card = replace(CARD, reactions=KNOWN)
    clock = HandClock()
    backend = Script(clock, ["[react", " ❤] How lovely!\n\nShow me more."])

    speech = Engine(card, backend, clock, Notebook()).speak(scene(heard("look")))
    bubbles = [one.text async for one in speech if isinstance(one, Bubble)]

    assert ["[react ❤]", "How lovely!", "Show me more."] == bubbles


async def test_an_answer_may_be_a_reaction_alone() -> None:
    """It is an answer like any other."""
    card = replace(CARD, reactions=KNOWN)
    clock = HandClock()

    speech = Engine(card, Script(clock, ["[react 😁]"]), clock, Notebook()).speak(
        scene(heard("haha"), title="Boat club")
    )
    (bubble,) = [one async for one in speech if isinstance(one, Bubble)]

    assert "[react 😁]" == bubble.text
    assert bubble.account is not None


async def test_a_draft_shows_no_code() -> None:
    """Where words are shown as they come."""
    card = replace(CARD, reactions=KNOWN)
    clock = HandClock()
    words = ["<think>hm</think>[react ❤] ", "It is a long tale " * 6, "and it ends."]

    speech = Engine(card, Script(clock, words), clock, Notebook()).speak(
        replace(scene(heard("look")), drafts=True)
    )
    drafts = [
        one.text async for one in speech if not isinstance(one, Bubble) and hasattr(one, "text")
    ]

    assert drafts
    assert not [one for one in drafts if "react" in one]


def test_a_model_is_told_of_them(tmp_path: Path) -> None:
    """Once, on the first page; who has none is told nothing."""
    card = load(somebody(tmp_path, '["❤️", "😁", "❤"]'))

    assert KNOWN == card.reactions
    assert "[react ❤], with one of ❤ 😁." in first(card).content
    assert "react" not in first(replace(card, reactions=())).content
    assert "" == offered(())


def test_what_is_no_reaction_is_told(tmp_path: Path) -> None:
    """With its line and what would be right."""
    with pytest.raises(ConfigError, match=r"persona.toml, line 3: no reaction '🦊'; they are 👍 "):
        load(somebody(tmp_path, '["❤", "🦊"]'))
