"""The engine: one turn from scene to bubbles, over a scripted backend."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Account, Bubble, Delta, Draft, Scene, Speech, Usage
from anima.ports import Persona, Trouble
from persona.card import load
from persona.engine import Engine
from persona.sorry import sorry
from tests.persona_fakes import ANN, BO, KEN, HandClock, Notebook, Script, heard, scene

PERSONAS = Path(__file__).parents[1] / "personas"
CARD = load(PERSONAS / "kokoro")
NIGHT = load(PERSONAS / "harrow")
HELLO = scene(heard("hello"))
TROUBLES: tuple[Trouble, ...] = ("server", "connection", "refused", "late", "forbidden")
LONG = "It is a quiet evening here and I have sorted all your letters by colour. " * 2


class Stage:
    """An engine whose backend is told what to stream."""

    def __init__(self, *answers: Sequence[Delta | str | float | Exception]) -> None:
        self.clock = HandClock()
        self.witness = Notebook()
        self.backend = Script(self.clock, *answers)
        self.engine = Engine(CARD, self.backend, self.clock, self.witness)

    async def steps(self, turn: Scene = HELLO) -> list[Speech]:
        return [step async for step in self.engine.speak(turn)]

    async def said(self, turn: Scene = HELLO) -> list[str]:
        return [step.text for step in await self.steps(turn) if isinstance(step, Bubble)]

    async def until_first(self) -> int:
        """How many answers' deltas were left when the first bubble came."""
        async with aclosing(self.engine.speak(HELLO)) as steps:
            await anext(steps)
            return self.backend.closed


def test_it_fulfils_the_port() -> None:
    """The engine is a persona."""
    engine: Persona = Stage().engine

    assert engine


async def test_a_turn() -> None:
    """An answer becomes bubbles, and the last one brings the account of what it cost."""
    stage = Stage(["Hi", ", Sensei.\n", "\nHow are you?", Delta(usage=Usage(9, 5))])

    steps = await stage.steps()

    assert [
        Bubble("Hi, Sensei."),
        Bubble("How are you?", Account("KU5.0", CARD.revision, Usage(9, 5))),
    ] == steps


async def test_the_last_bubble_waits_for_its_account() -> None:
    """A bubble is held until more shows or the answer is over: the account comes with the last."""
    stage = Stage(["Hi."], ["Hi.\n\n", "  \n"])
    await stage.steps()

    assert [Bubble("Hi.", Account("KU5.0", CARD.revision))] == await stage.steps()


async def test_a_bubble_leaves_when_the_next_one_begins() -> None:
    """The first visible character of the next bubble lets the one before it go."""
    stage = Stage(["Hi."], ["One.\n\n", " ", "T", "wo.\n\n", "Three"])
    await stage.steps()

    async with aclosing(stage.engine.speak(HELLO)) as steps:
        said = await anext(steps)

        assert (Bubble("One."), 1) == (said, stage.backend.closed)


async def test_an_account_by_itself() -> None:
    """Where what had begun behind the last bubble is nothing to say, the account follows alone."""
    stage = Stage(["Hi."], ["Hi.\n\n", "# Who", " you are\nYou are Kokoro."])
    await stage.steps()

    assert [Bubble("Hi."), Account("KU5.0", CARD.revision)] == await stage.steps()


async def test_the_stream_is_closed_when_nobody_listens() -> None:
    """Whoever stops listening closes the backend's stream."""
    stage = Stage(["<think>x</think>Hi.\n\n", "never"])

    async with aclosing(stage.engine.speak(HELLO)) as steps:
        await anext(steps)

    assert 1 == stage.backend.closed


async def test_thoughts_are_not_said() -> None:
    """Neither marked thoughts nor a backend's own field of them surface."""
    stage = Stage([Delta(thought="hm, the user"), "<thi", "nk>secret</think>Hi."])

    assert ["Hi."] == await stage.said()


async def test_silence_is_a_failure() -> None:
    """An answer without a word, or with nothing but thoughts, is the model's failure."""
    for answer in ([], [" \n"], ["<think>hm"], ["all a thought</think>"], ["‹Kokoro›"]):
        with pytest.raises(BackendUnavailable, match="the model said nothing"):
            await Stage(answer).steps()


@pytest.mark.parametrize("error", [BackendUnavailable("gone", connection=True), Refused("no")])
async def test_errors_rise_and_bubbles_stand(error: Exception) -> None:
    """An error in mid-stream rises after the bubbles that were whole; the rest is not said."""
    stage = Stage(["<think>x</think>One.\n\nTwo", error])
    steps = stage.engine.speak(HELLO)

    said = await anext(steps)

    assert Bubble("One.") == said
    with pytest.raises(type(error)):
        await anext(steps)


async def test_a_resumed_turn_repeats_nothing() -> None:
    """Bubbles that were said before the cut are skipped, each once, and the model is told."""
    stage = Stage(["Hi  there.\n\nHi there.\n\nAnd more."])

    said = await stage.said(scene(heard("hello"), spoken=["Hi there."]))

    assert (["Hi there.", "And more."], True) == (
        said,
        "cut off after:\nHi there.\n" in stage.backend.prompts[0][-1].content,
    )


async def test_a_resumed_turn_may_have_nothing_to_add() -> None:
    """Where all was said before the cut, silence is a whole answer."""
    steps = await Stage([""]).steps(scene(heard("hello"), spoken=["Hi."]))

    assert [Account("KU5.0", CARD.revision)] == steps


@pytest.mark.parametrize(
    "text",
    [
        "Kokoro: Hi.",
        "‹Kokoro› Hi.",
        "**Kokoro:** Hi.",
        "心心：Hi.",
        "‹Kokoro› Kokoro: Hi.",
        "‹now› Sunday\nHi.",
        "‹Ann› Hi.",
    ],
)
async def test_it_does_not_sign(text: str) -> None:
    """A name or a mark that a model writes before its words is taken off."""
    assert ["Hi."] == await Stage([text]).said()


async def test_names_in_speech_stay() -> None:
    """A name that is part of what is said stays."""
    assert ["Kokoro is me: yes."] == await Stage(["Kokoro is me: yes."]).said()


@pytest.mark.parametrize("size", [1, 2, 5, 100])
async def test_the_first_words_of_an_unknown_soul(size: int) -> None:
    """A soul that begins to think without a tag is not overheard, even in its first answer."""
    text = "It rains.\n\nThey greet me.\n\n</think>\n\nHi.\n\nAll well?"

    said = await Stage([text[at : at + size] for at in range(0, len(text), size)]).said()

    assert ["Hi.", "All well?"] == said


async def test_an_unknown_soul_is_trusted_after_a_second() -> None:
    """The first bubble of an unknown soul leaves when words still come a second later."""
    stage = Stage(["One.\n\n", 0.9, "Two", 0.2, ".", " Three"])

    assert 0 == await stage.until_first()


async def test_an_unknown_soul_waits_for_a_second() -> None:
    """Within the second nothing leaves before the end."""
    stage = Stage(["One.\n\n", 0.9, "Two"])

    async with aclosing(stage.engine.speak(HELLO)) as steps:
        await anext(steps)

        assert 1 == stage.backend.closed


async def test_a_plain_soul_streams_at_once() -> None:
    """A soul that finished plainly before is not held back."""
    stage = Stage(["Hi."], ["One.\n\n", "Two."])
    await stage.steps()

    assert 1 == await stage.until_first()


async def test_a_marked_thought_makes_the_rest_sure() -> None:
    """After a thought with both tags even an unknown soul streams at once."""
    assert 0 == await Stage(["<think>x</think>One.\n\n", "Two."]).until_first()


async def test_a_soul_that_thinks_may_lose_its_tag() -> None:
    """A soul that thought with tags before is held back when it begins without one."""
    stage = Stage(["<think>x</think>Hi."], ["They wave.\n\n", "</think>Hi."])
    await stage.steps()

    assert ["Hi."] == await stage.said()


@pytest.mark.parametrize(
    "opening",
    [
        *(
            "Okay, so the user greets me.",
            "The user wants tea.",
            "I should be kind.",
            "Let me think.",
        ),
        *(
            "用户在打招呼。",
            "首先，看看他要什么。",
            "我应该热情一点。",
            "ユーザーが挨拶している。",
            "丁寧に返すべきだ。",
        ),
    ],
)
async def test_what_sounds_like_thinking_waits(opening: str) -> None:
    """Even a plain soul is held back when its first words sound like thinking."""
    stage = Stage(
        ["Hi."], [f"{opening}\n\n", 5.0, "More.\n\n", "</think>Hi."], [f"{opening}\n\nYes."]
    )
    await stage.steps()

    thought, talk = await stage.said(), await stage.said()

    assert (["Hi."], [opening, "Yes."]) == (thought, talk)


async def test_a_soul_that_thinks_aloud_is_remembered() -> None:
    """After a stray tag all is held back until the next one; without one all was speech."""
    stage = Stage(
        ["A.\n\n</think>Hi."],
        ["B.\n\n", 9.0, "C.\n\n", "</think>Hi.\n\n", "Ho."],
        ["D.\n\n", 9.0, "E."],
    )

    said = [await stage.said() for _ in range(3)]

    assert [["Hi."], ["Hi.", "Ho."], ["D.", "E."]] == said


async def test_thinking_aloud_is_noted_once() -> None:
    """The log is told once that a soul thinks without an opening tag."""
    stage = Stage(["A</think>Hi."], ["B</think>Hi."])

    await stage.steps()
    await stage.steps()

    assert [("soul thinks without an opening tag", {"soul": "KU5.0"})] == stage.witness.noted


async def test_drafts() -> None:
    """Where drafts are wanted, a plain soul shows how the next bubble begins, each state once."""
    stage = Stage(["Hi."], [LONG[:50], LONG[50:100], "", LONG[100:], "\n\nBye."])
    await stage.steps()

    steps = await stage.steps(replace(HELLO, drafts=True))

    assert [
        Draft(LONG[:100].strip()),
        Draft(LONG.strip()),
        Bubble(LONG.strip()),
        Bubble("Bye.", Account("KU5.0", CARD.revision)),
    ] == steps


async def test_no_drafts_where_none_are_wanted() -> None:
    """Without the wish there are no drafts."""
    stage = Stage(["Hi."], [LONG, "\n\nBye."])
    await stage.steps()

    steps = await stage.steps()

    assert not any(isinstance(step, Draft) for step in steps)


@pytest.mark.parametrize("answer", [[LONG, LONG], ["<think>" + LONG, LONG + "</think>Hi."]])
async def test_no_drafts_of_an_unknown_soul(answer: list[str]) -> None:
    """What may turn out to be a thought is never shown as a draft."""
    steps = await Stage(answer).steps(replace(HELLO, drafts=True))

    assert not any(isinstance(step, Draft) for step in steps)


SORRY = [
    ("server", "hello", ANN, "Sorry, a server error occurred, please try again later. (a1b2c3)"),
    ("server", "你好", ANN, "抱歉，服务器出现错误，请稍后再试。 (a1b2c3)"),
    ("connection", "👍", BO, "抱歉，连接出现错误，请稍后再试。 (a1b2c3)"),
    (
        "connection",
        "hi",
        ANN,
        "Sorry, a connection error occurred, please try again later. (a1b2c3)",
    ),
    (
        "server",
        "ねえ",
        KEN,
        "申し訳ありません、サーバーエラーが発生しました。後でもう一度お試しください。 (a1b2c3)",
    ),
]


@pytest.mark.parametrize(("trouble", "text", "speaker", "line"), SORRY)
def test_sorry(trouble: object, text: str, speaker: object, line: str) -> None:
    """Trouble is told politely in the person's language, with the reference."""
    assert line == Stage().engine.sorry(trouble, [heard(text, speaker)], "a1b2c3")


def test_sorry_without_reference() -> None:
    """Without a reference the line stands alone, and nothing heard means the first language."""
    line = Stage().engine.sorry("server", [], "")

    assert line == "Sorry, a server error occurred, please try again later."


def test_sorry_in_its_own_words() -> None:
    """A persona with words of its own uses them, but answers other languages in theirs."""
    night = Engine(NIGHT, Script(HandClock()), HandClock(), Notebook())

    lines = [
        night.sorry("late", [heard(text)], "")
        for text in ("在吗", "Wo ist das und wie ist es?", "merci et je suis là pour toi")
    ]

    assert [NIGHT.sorry["late"]["zh"], True, True] == [
        lines[0],
        lines[1].startswith("Ich war"),
        lines[2].startswith("J'ai"),
    ]


@pytest.mark.parametrize("language", ["en", "zh", "ja", "ko", "de", "fr", "es", "ru"])
def test_the_house_has_words_for_all_trouble(language: str) -> None:
    """A persona without words of its own has the house's in each language of the house."""
    bare = replace(CARD, sorry={trouble: {} for trouble in TROUBLES})

    lines = [sorry(bare, trouble, language, "") for trouble in TROUBLES]

    english = {sorry(bare, trouble, "en", "") for trouble in TROUBLES}
    assert (len(TROUBLES), language == "en") == (len({*lines}), english == {*lines})


def test_sorry_in_a_language_nobody_has() -> None:
    """Where neither the card nor the house has the language, it is the persona's English."""
    line = Stage().engine.sorry("late", [heard("merhaba", replace(ANN, language="tr"))], "")

    assert CARD.sorry["late"]["en"] == line


@pytest.mark.parametrize(
    ("text", "speaker", "code"),
    [("/start", BO, "zh"), ("こんにちは", ANN, "ja"), ("привет", ANN, "en")],
)
def test_greeting(text: str, speaker: object, code: str) -> None:
    """Somebody new is greeted in their language, else in English."""
    assert CARD.greeting[code] == Stage().engine.greeting(heard(text, speaker))


def test_greeting_of_a_card_without_english() -> None:
    """A card that has one greeting says that one to everybody."""
    card = replace(CARD, languages=("fr",), greeting={"zh": "嗨"})

    greeting = Engine(card, Script(HandClock()), HandClock(), Notebook()).greeting(heard("x"))

    assert greeting == "嗨"


async def test_a_recital_is_not_said() -> None:
    """A bubble that recites the first message is left out, and what is speech stays."""
    stage = Stage(["## With whom\n- Sensei: devoted.\n\nHi, Sensei."])

    assert ["Hi, Sensei."] == await stage.said()


async def test_nothing_but_a_recital() -> None:
    """A model that only recites has said nothing."""
    with pytest.raises(BackendUnavailable, match="the model said nothing"):
        await Stage(["# Who you are\nYou are Kokoro."]).steps()


async def test_no_draft_of_a_recital() -> None:
    """How a recital begins is not shown either."""
    recital = "## Habits of speech\n" + LONG
    stage = Stage(["Hi."], [recital, "\n\nBye."])
    await stage.steps()

    steps = await stage.steps(replace(HELLO, drafts=True))

    assert not any(isinstance(step, Draft) for step in steps)
