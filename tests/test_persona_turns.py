"""The engine over several asks: the chain of souls, slips, tools, and the wish for a word on it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Account, Bubble, Call, Delta, Draft, Scene, Soul, Speech, ToolForm, Usage
from persona.card import Card, load
from persona.engine import Engine
from tests.persona_fakes import Doer, HandClock, Notebook, Script, heard, scene

PERSONAS = Path(__file__).parents[1] / "personas"
CARD = replace(load(PERSONAS / "kokoro"), tools=("remember", "recall", "silence"))
NAMES = ("KU5", "KU4", "KU1")
SOULS = tuple(Soul(name, name, context=8192, form="prompt") for name in NAMES)
HELLO = scene(heard("hello"), souls=SOULS)
GROUP = scene(heard("hello"), souls=SOULS, title="Tea")
SLIP = "As an AI language model, I cannot do that."
AWAY = BackendUnavailable("away", connection=True)
REMEMBER = '{"tool": "remember", "text": "Ann likes tea"}'
SILENCE = '{"tool": "silence"}'


class Stage:
    """An engine whose backend is told what to stream, and whose deeds are kept."""

    def __init__(
        self, *answers: Sequence[Delta | str | float | Exception], card: Card = CARD
    ) -> None:
        self.clock = HandClock()
        self.witness = Notebook()
        self.backend = Script(self.clock, *answers)
        self.doer = Doer()
        self.engine = Engine(card, self.backend, self.clock, self.witness, self.doer)

    async def steps(self, turn: Scene = HELLO) -> list[Speech]:
        return [step async for step in self.engine.speak(turn)]

    @property
    def asked(self) -> list[str]:
        return [soul.name for soul in self.backend.souls]

    def told(self, ask: int) -> str:
        """What stands in the last message of this ask."""
        return self.backend.prompts[ask][-1].content


def account(soul: str = "KU5", usage: Usage | None = None, slips: int = 0) -> Account:
    return Account(soul, CARD.revision, usage or Usage(), slips)


async def test_the_next_soul_answers() -> None:
    """Souls out of reach are left for the next one, which the account names, and it is noted."""
    stage = Stage([AWAY], [BackendUnavailable("HTTP 500")], ["Hi."])

    steps = await stage.steps()

    assert [Bubble("Hi.", account("KU1"))] == steps
    assert [
        ("fell back", {"soul": "KU5", "to": "KU4", "reason": "away"}),
        ("fell back", {"soul": "KU4", "to": "KU1", "reason": "HTTP 500"}),
    ] == stage.witness.noted


async def test_each_soul_gets_a_prompt_of_its_own() -> None:
    """A small soul gets the brief form, whatever the one before it was told."""
    small = Soul("tiny", "b", context=2048, max_tokens=256)
    stage = Stage([AWAY], ["Hi."])

    await stage.steps(replace(HELLO, souls=(SOULS[0], small)))

    assert len(stage.backend.prompts[0][0].content) > 2 * len(stage.backend.prompts[1][0].content)


async def test_when_all_are_out_of_reach() -> None:
    """The first one's trouble is told."""
    stage = Stage([AWAY], [BackendUnavailable("b")], [BackendUnavailable("c")])

    with pytest.raises(BackendUnavailable, match="away"):
        await stage.steps()

    assert list(NAMES) == stage.asked


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([Refused("no")], Refused),
        (["Hi", AWAY], BackendUnavailable),
        ([Delta(thought="hm"), AWAY], BackendUnavailable),
    ],
)
async def test_no_other_soul_is_asked(
    answer: Sequence[Delta | str | Exception], error: type[Exception]
) -> None:
    """A refusal, and a failure after the first delta, are final."""
    stage = Stage(answer, ["Hi."])

    with pytest.raises(error):
        await stage.steps()

    assert ["KU5"] == stage.asked


async def test_an_answer_without_anything_falls_back() -> None:
    """A stream that ends before its first delta is as good as none."""
    assert [Bubble("Hi.", account("KU4"))] == await Stage([], ["Hi."]).steps()


async def test_habits_are_per_soul() -> None:
    """What one soul has shown says nothing of another."""
    stage = Stage(["Hi."], [AWAY], ["A.\n\n", "B.\n\n</think>Hi."])
    await stage.steps()

    assert [Bubble("Hi.", account("KU4"))] == await stage.steps()


async def test_a_slip_is_asked_again() -> None:
    """A slip is not said: the stream is closed and the same soul is asked more firmly, once."""
    stage = Stage(
        [f"{SLIP}\n\n", "never", Delta(usage=Usage(9, 9))], ["Hi.", Delta(usage=Usage(5, 1))]
    )
    stage.engine._habits["KU5"] = "plain"

    steps = await stage.steps()

    assert [Bubble("Hi.", account(usage=Usage(5, 1), slips=1))] == steps
    assert (["KU5", "KU5"], [("slip", {"soul": "KU5"})]) == (stage.asked, stage.witness.noted)


async def test_the_firm_line_stands_late() -> None:
    """The firmer line is a note in the late block; the first message stays, byte for byte."""
    stage = Stage([SLIP], ["Hi."])

    await stage.steps()

    assert stage.backend.prompts[0][0] == stage.backend.prompts[1][0]
    assert (False, True) == tuple("‹now› Answer as Kokoro" in stage.told(ask) for ask in (0, 1))


@pytest.mark.parametrize("size", [1, 3, 400])
async def test_what_was_said_before_a_slip_stands(size: int) -> None:
    """Bubbles before a slip stand wherever it is cut; the slip and what follows are dropped."""
    text = f"Hi.\n\n{SLIP}\n\nBye."
    stage = Stage([text[at : at + size] for at in range(0, len(text), size)])

    steps = await stage.steps()

    assert ["Hi."] == [step.text for step in steps if isinstance(step, Bubble)]
    last = steps[-1]
    assert account(slips=1) == (last.account if isinstance(last, Bubble) else last)


async def test_two_slips_are_a_refusal() -> None:
    """Who slips twice and has said nothing is refused, so that the persona's own words are said."""
    stage = Stage([SLIP], [SLIP], ["never"])

    with pytest.raises(Refused, match="broke the spell"):
        await stage.steps()

    assert 2 == len(stage.asked) == len(stage.witness.noted)


async def test_a_second_slip_after_words() -> None:
    """A second slip is dropped likewise, and what came before it stands."""
    steps = await Stage([SLIP], [f"Hi.\n\n{SLIP}"]).steps()

    assert [Bubble("Hi.", account(slips=2))] == steps


async def test_a_slip_in_a_resumed_turn() -> None:
    """Where bubbles of this turn stand already, two slips end it without an apology."""
    steps = await Stage([SLIP], [SLIP]).steps(replace(HELLO, spoken=("Hi.",)))

    assert [account(slips=2)] == steps


async def test_after_a_slip_another_soul_may_answer() -> None:
    """When the soul that slipped is gone before it answers again, the next one is asked firmly."""
    stage = Stage([SLIP], [AWAY], ["Hi."])

    steps = await stage.steps()

    assert [Bubble("Hi.", account("KU4", slips=1))] == steps
    assert "Answer as Kokoro" in stage.told(2)


async def test_no_draft_of_a_slip() -> None:
    """How a slip begins is not shown, and what was shown before keeps others from taking over."""
    quiet = "The lake is very quiet this evening and the lamps are lit along all of the shore. " * 2
    stage = Stage([quiet, "As an AI language", " model, I cannot tell.\n\n"], [AWAY], ["Hi."])
    stage.engine._habits["KU5"] = "plain"
    steps = stage.engine.speak(replace(HELLO, drafts=True))

    shown = await anext(steps)

    assert Draft(quiet.strip()) == shown
    with pytest.raises(BackendUnavailable, match="away"):
        await anext(steps)


async def test_a_card_that_stays_in_character() -> None:
    """Its stance decides: who does not speak of being an AI is asked again."""
    card = replace(CARD, stance="character")
    stage = Stage(["I'm an AI, Sensei."], ["Who knows?"], card=card)

    steps = await stage.steps()

    assert [Bubble("Who knows?", account(slips=1))] == steps
    assert "what you are made of" in stage.told(1)
    assert [Bubble("I'm an AI, Sensei.", account())] == await Stage(["I'm an AI, Sensei."]).steps()


async def test_feedback() -> None:
    """A persona that wants to know asks so under the last bubble of an answer, and no other."""
    stage = Stage(["One.\n\nTwo."], card=replace(CARD, feedback=True))

    assert [Bubble("One."), Bubble("Two.", account(), asks=True)] == await stage.steps()


async def test_words_and_a_call() -> None:
    """What it asks for beside its words is done, and the words do not wait for it."""
    stage = Stage([f"Noted!\n\n{REMEMBER}"], card=replace(CARD, feedback=True))

    steps = await stage.steps()

    assert [Bubble("Noted!", asks=True), account()] == steps
    assert [("remember", {"text": "Ann likes tea"})] == stage.doer.done


@pytest.mark.parametrize("form", ["prompt", "native"])
async def test_a_call_without_words(form: ToolForm) -> None:
    """It is done, and the model is asked for words, with the result in the late block."""
    souls = (replace(SOULS[0], form=form),)
    call = Delta(call=Call("remember", '{"text": "Ann likes tea"}'))
    stage = Stage([REMEMBER if form == "prompt" else call], ["I'll keep that."])

    steps = await stage.steps(replace(HELLO, souls=souls))

    assert [Bubble("I'll keep that.", account())] == steps
    assert [("remember", {"text": "Ann likes tea"})] == stage.doer.done
    assert "‹now› You used remember: remember done." in stage.told(1)


async def test_how_tools_are_offered() -> None:
    """In the prompt's words or in the protocol, as the soul takes them; silence only in groups."""
    native = replace(SOULS[0], form="native")
    off = replace(SOULS[0], form="off")
    stage = Stage(["Hi."], ["Hi."], ["Hi."], ["Hi."])

    for turn in (HELLO, *(replace(GROUP, souls=(soul,)) for soul in (SOULS[0], native, off))):
        await stage.steps(turn)

    pages = [prompt[0].content for prompt in stage.backend.prompts]
    assert [True, True, False, False] == ['{"tool": "remember"' in page for page in pages]
    assert [False, True, False, False] == ['{"tool": "silence"' in page for page in pages]
    offered = [[tool.name for tool in soul.tools] for soul in stage.backend.souls]
    assert [[], [], ["remember", "recall", "silence"], []] == offered


async def test_it_is_asked_for_words_twice() -> None:
    """A model that only ever uses tools is asked for words two times, and then has said nothing."""
    native = (replace(SOULS[0], form="native"),)
    stage = Stage(*[[Delta(call=Call("recall", '{"query": "tea"}'))]] * 3)

    with pytest.raises(BackendUnavailable, match="said nothing"):
        await stage.steps(replace(HELLO, souls=native))

    assert [True, True, False] == [bool(soul.tools) for soul in stage.backend.souls]


async def test_silence() -> None:
    """In a group it may say nothing: the account comes alone, and nothing is asked again."""
    stage = Stage([SILENCE])

    assert ([account()], 1) == (await stage.steps(GROUP), len(stage.asked))


async def test_silence_beside_another_deed() -> None:
    """What it does in silence is done."""
    stage = Stage([f"{REMEMBER}\n{SILENCE}"])

    assert [account()] == await stage.steps(GROUP)
    assert [("remember", {"text": "Ann likes tea"})] == stage.doer.done


async def test_silence_with_words() -> None:
    """Words beside it are said all the same."""
    steps = await Stage([f"Hi.\n\n{SILENCE}"]).steps(GROUP)

    assert [Bubble("Hi."), account()] == steps


@pytest.mark.parametrize("form", ["prompt", "off"])
async def test_a_call_of_what_was_not_offered(form: ToolForm) -> None:
    """It is dropped and noted, never shown, and the model is asked for words."""
    souls = (replace(SOULS[0], form=form),)
    stage = Stage([SILENCE], ["Hi."])

    steps = await stage.steps(replace(HELLO, souls=souls))

    assert [Bubble("Hi.", account())] == steps
    assert [("tool dropped", {"tool": "silence"})] == stage.witness.noted


async def test_the_same_call_twice() -> None:
    """What is asked for twice in one answer is done once."""
    stage = Stage([f"Noted.\n\n{REMEMBER}\n{REMEMBER.replace(', ', ',  ')}"])

    await stage.steps()

    assert 1 == len(stage.doer.done)


async def test_without_deeds() -> None:
    """An engine that can do nothing offers nothing."""
    backend = Script(HandClock(), ["Hi."])
    engine = Engine(CARD, backend, HandClock(), Notebook())

    [step async for step in engine.speak(HELLO)]

    assert '{"tool": "remember"' not in backend.prompts[0][0].content


async def test_a_call_in_a_thought() -> None:
    """Who only thinks of a tool asks for none, whether the thought was marked or not."""
    stage = Stage([f"<think>{REMEMBER}</think>Hi."], [f"{REMEMBER}\n</think>Hi."])

    await stage.steps()
    await stage.steps()

    assert [] == stage.doer.done


async def test_a_slip_does_nothing() -> None:
    """An answer that broke the spell gets nothing done."""
    stage = Stage([f"{REMEMBER}\nHi.\n\n{SLIP}"])

    await stage.steps()

    assert [] == stage.doer.done
