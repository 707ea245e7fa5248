"""A persona that writes first: what it is told, and what of its words is fit to be sent."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from anima.bonds import Bond, Relation, Thread
from anima.errors import BackendUnavailable
from anima.impulse import Impulse
from anima.model import Account, Bubble, Call, Delta, Draft, Line, Scene, Speech
from persona.card import load
from persona.engine import Engine
from persona.initiative.fitting import MOST, fit
from tests.persona_fakes import ANN, NOW, SOUL, Doer, HandClock, Notebook, Script, scene

CARD = load(Path(__file__).parents[1] / "personas" / "kokoro")
THEN = NOW - timedelta(days=2)
EXAM = Impulse(
    1, "thread", ANN.address, "Ann", "my exam is on Friday", THEN, NOW, NOW + timedelta(hours=1)
)
REASON = replace(scene(), place=1, impulse=EXAM, lines=(Line(ANN, "my exam is on Friday", THEN),))


class Stage:
    """An engine whose backend is told what to stream."""

    def __init__(self, *answers: list[Delta | str | float | Exception]) -> None:
        self.witness = Notebook()
        clock = HandClock()
        self.backend = Script(clock, *answers)
        self.engine = Engine(CARD, self.backend, clock, self.witness, Doer())

    async def steps(self, turn: Scene = REASON) -> list[Speech]:
        return [step async for step in self.engine.speak(turn)]

    async def told(self, turn: Scene = REASON) -> str:
        """The end of the prompt."""
        await self.steps(turn)
        return self.backend.prompts[-1][-1].content


def texts(steps: list[Speech]) -> list[str]:
    """The bubbles in *steps*."""
    return [one.text for one in steps if isinstance(one, Bubble)]


async def test_it_says_what_it_wants_to_say() -> None:
    """In bubbles, the last one with the account, once all of it is there."""
    steps = await Stage(["Hey!\n\nHow did it go?"]).steps()

    assert ["Hey!", "How did it go?"] == texts(steps)
    assert [False, True] == [one.account is not None for one in steps if isinstance(one, Bubble)]


async def test_the_reason_stands_at_the_end_of_the_prompt() -> None:
    """With the line that it comes from and how they stand, in the person's language."""
    bond = Bond("", ANN.address, Relation(0.5, 40, THEN, THEN), (Thread("exam", NOW, THEN),))
    told = await Stage(["Hey!"]).told(replace(REASON, bonds=(bond,)))

    assert "They said two days ago: “my exam is on Friday”" in told
    assert "a friend" in told
    assert "answer in English" in told


@pytest.mark.parametrize(("tongue", "told"), [("ja", "Japanese"), ("zh", "Chinese")])
async def test_it_writes_in_the_language_that_they_chose(tongue: str, told: str) -> None:
    """Whatever their words were written in."""
    impulse = replace(EXAM, tongue=tongue)

    assert f"answer in {told}" in await Stage(["Hey!"]).told(replace(REASON, impulse=impulse))


async def test_the_first_words_of_all_are_no_empty_prompt() -> None:
    """Where nothing is remembered, the last message is still one of words."""
    assert await Stage(["Hey!"]).told(replace(REASON, lines=()))


@pytest.mark.parametrize(
    "answer",
    ["NO", "", "<think>why would I</think>NO.", "*picks up her phone*", "As instructed: hi"],
)
async def test_what_is_not_fit_is_not_said(answer: str) -> None:
    """A no, silence, thoughts, a story, or how it came about: the account comes alone."""
    (account,) = await Stage([answer], [answer]).steps()

    assert isinstance(account, Account)


async def test_one_bad_bubble_spoils_all() -> None:
    """Half a message is worse than none."""
    stage = Stage(["Hey!\n\nI was told to check in on you."])

    assert [] == texts(await stage.steps())
    assert "not written first" in [event for event, _ in stage.witness.noted]


async def test_it_gives_no_speech() -> None:
    """Three bubbles are plenty, and the account still comes."""
    steps = await Stage(["One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive."]).steps()

    assert MOST == len(texts(steps))
    assert isinstance(steps[-1], Bubble)
    assert steps[-1].account


async def test_it_may_ask_for_silence() -> None:
    """Also alone with somebody, where else it may not."""
    turn = replace(REASON, souls=(replace(SOUL, form="native"),))
    stage = Stage([Delta(call=Call("silence", "{}"))])

    assert [] == texts(await stage.steps(turn))
    assert "silence" in [tool.name for tool in stage.backend.souls[0].tools]


async def test_a_model_that_is_away_is_known_as_such() -> None:
    """It is no no."""
    with pytest.raises(BackendUnavailable):
        await Stage([BackendUnavailable("away")]).steps()


async def test_nobody_sees_words_as_they_come() -> None:
    """It may yet be that nothing is said."""

    async def speech() -> AsyncGenerator[Speech, None]:
        yield Draft("Hey")
        yield Bubble("Hey!", Account("KU5.0", "r1"))

    assert ["Hey!"] == [
        one.text async for one in fit(speech(), Notebook()) if isinstance(one, Bubble | Draft)
    ]
