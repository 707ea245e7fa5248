"""In which language the persona answers: as it is spoken to, or as somebody chose."""

from dataclasses import replace

import pytest

from anima.model import Bubble, Heard
from persona.compose import compose
from persona.engine import Engine
from persona.tongue import tongue
from tests.persona_fakes import (
    ANN,
    BO,
    KEN,
    SOUL,
    HandClock,
    Notebook,
    Script,
    heard,
    ours,
    scene,
    theirs,
)
from tests.test_persona_room import KOKORO


def chosen(text: str, code: str, who: object = ANN) -> Heard:
    """Words of somebody who chose to be answered in *code*."""
    said = heard(text) if who is ANN else heard(text, BO)
    return replace(said, tongue=code)


@pytest.mark.parametrize("text", ["hello, how are you?", "你好吗", "お元気ですか", "12345", ""])
@pytest.mark.parametrize("code", ["en", "ja", "zh", "de"])
def test_a_choice_wins_over_every_word(text: str, code: str) -> None:
    """Whatever the message is written in, and the talk before it."""
    assert code == tongue(KOKORO, [chosen(text, code)], ["我们说中文", "对"])


def test_without_a_choice_a_switch_in_mid_talk_is_followed() -> None:
    """The newest words tell; what says nothing of a language goes on in the last one."""
    before = ["how are you today?", "I am fine and you"]
    texts = ("今天怎么样", "元気ですか", "what is the time", "123")

    codes = [tongue(KOKORO, [heard(text, BO)], before) for text in texts]

    assert ["zh", "ja", "en", "en"] == codes


def test_the_newest_speakers_choice_counts() -> None:
    """Nobody is answered in a language that another one chose."""
    words = [chosen("hello there, how are you?", "ja"), heard("how is it for you?", KEN)]

    assert "en" == tongue(KOKORO, words)


def test_a_choice_reaches_the_prompt() -> None:
    """The late block names the language, and what the persona calls people in it."""
    prompt = compose(KOKORO, scene(chosen("how are you?", "ja")), SOUL)

    assert "answer in Japanese" in prompt[-1].content
    assert "先生" in prompt[-1].content


def test_a_choice_holds_for_the_houses_lines_too() -> None:
    """For being sorry, and for a greeting."""
    engine = Engine(KOKORO, Script(HandClock()), HandClock(), Notebook())
    japanese = [chosen("hello, how are you?", "ja")]

    lines = [engine.sorry("server", japanese, "r1"), engine.greeting(japanese[0])]

    assert KOKORO.greeting["ja"] == lines[1]
    assert engine.sorry("server", [heard("元気ですか")], "r1") == lines[0]


async def test_a_model_is_told_when_nobody_asked_it() -> None:
    """It shall be short, and knows that the talk is that of others; asked, it is told nothing."""
    script = Script(HandClock(), ["Yes."], ["Yes."])
    engine = Engine(KOKORO, script, HandClock(), Notebook())
    group = scene(heard("any ideas?"), lines=[theirs("hm", BO), ours("Hm.")], title="Friends")

    said = [
        one
        for unasked in (True, False)
        async for one in engine.speak(replace(group, unasked=unasked))
        if isinstance(one, Bubble)
    ]

    told = ["Nobody spoke to you" in prompt[-1].content for prompt in script.prompts]
    assert ([True, False], 2) == (told, len(said))


def test_the_engine_weighs_by_what_its_card_knows() -> None:
    """Its own name is a topic, in any of its languages."""
    engine = Engine(KOKORO, Script(HandClock()), HandClock(), Notebook())
    group = scene(heard("こころは元気かな", KEN), title="Friends")

    decisions = [engine.weigh(replace(group, unasked=True), dial) for dial in (1, 4)]

    assert [False, True] == [one.speaks for one in decisions]
