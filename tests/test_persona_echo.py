"""No reply repeats the last one: it is asked for again once, then dropped unless it is all."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Account, Bubble, Delta, Draft, Line, Scene, Speech, Usage
from persona.card import Card, load
from persona.echo import Echo, folded, varied
from persona.engine import Engine
from persona.nature import Habits, Nature, Rhythm
from tests.persona_fakes import (
    BO,
    SOUL,
    Doer,
    HandClock,
    Notebook,
    Script,
    heard,
    ours,
    scene,
    theirs,
)

CARD = load(Path(__file__).parents[1] / "personas" / "kokoro")
SAID = "I put the kettle on, Sensei."
BEFORE = [ours("Welcome back."), theirs("hello")]
AGAIN = scene(heard("and now?"), lines=[*BEFORE, ours(SAID)])
NEW = "Now it sings."
LONG = "It is a quiet evening here and I have sorted all your letters by colour. " * 2

Answer = Sequence[Delta | str | float | Exception]


class Stage:
    """An engine whose backend is told what to stream."""

    def __init__(self, *answers: Answer, card: Card = CARD) -> None:
        self.witness, self.clock, self.doer = Notebook(), HandClock(), Doer()
        self.backend = Script(self.clock, *answers)
        self.engine = Engine(card, self.backend, self.clock, self.witness, self.doer)

    async def steps(self, turn: Scene = AGAIN) -> list[Speech]:
        return [step async for step in self.engine.speak(turn)]

    async def said(self, turn: Scene = AGAIN) -> list[str]:
        return [step.text for step in await self.steps(turn) if isinstance(step, Bubble)]


def formed(**habits: bool) -> Card:
    """A card of these habits, with all else as it is."""
    return replace(CARD, nature=Nature(habits=Habits(**habits)))


async def test_a_repeat_is_asked_for_again() -> None:
    """The model is told that it had said this; what it says then is said, at the cost of both."""
    stage = Stage([SAID, Delta(usage=Usage(9, 5))], [NEW, Delta(usage=Usage(9, 4))])

    steps = await stage.steps()

    assert [Bubble(NEW, Account("KU5.0", CARD.revision, Usage(18, 9)))] == steps
    assert [False, True] == [
        "repeat your last" in each[-1].content for each in stage.backend.prompts
    ]
    assert [("repeated itself", {"soul": "KU5.0"})] == stage.witness.noted


@pytest.mark.parametrize(
    "repeat",
    [
        "i put the KETTLE on sensei",
        "I put the kettle on, Sensei!! ♪",
        " I put\nthe kettle on — Sensei",
    ],
)
async def test_space_and_punctuation_make_no_difference(repeat: str) -> None:
    """The same words in another dress are the same bubble."""
    assert [NEW] == await Stage([repeat], [NEW]).said()


async def test_a_second_repeat_is_said_where_nothing_else_is() -> None:
    """Who insists is heard: silence would be worse."""
    stage = Stage([SAID], [f"{SAID}\n\n"])

    assert [Bubble(SAID, Account("KU5.0", CARD.revision))] == await stage.steps()


async def test_a_repeat_beside_new_words_is_dropped() -> None:
    """Nobody is asked again when something new was said, in whatever order."""
    assert [[NEW]] * 2 == [
        await Stage([f"{SAID}\n\n{NEW}"]).said(),
        await Stage([f"{NEW}\n\n{SAID}"]).said(),
    ]


async def test_a_whole_reply_of_two_bubbles() -> None:
    """All of it was said before: asked again; and if nothing else comes, said again."""
    lines = [*BEFORE, ours("The bread is warm."), ours("The butter is not.")]
    turn = scene(heard("so?"), lines=lines)
    reply = "The bread is warm.\n\nThe butter is not."

    assert ["The bread is warm.", "The butter is not."] == await Stage([reply], [reply]).said(turn)


async def test_a_reply_cut_in_another_way() -> None:
    """The same words in one bubble instead of two are the same reply."""
    lines = [*BEFORE, ours("The bread is warm."), ours("The butter is not.")]
    stage = Stage(["The bread is warm.\nThe butter is not."], [NEW])

    assert [NEW] == await stage.said(scene(heard("so?"), lines=lines))


async def test_short_words_may_come_again() -> None:
    """A yes beside other words is no repeat; a bare one is asked for again, and stands."""
    turn = scene(heard("tea?"), lines=[*BEFORE, ours("Yes.")])

    assert [["Yes.", NEW], ["Yes."], [NEW]] == [
        await Stage([f"Yes.\n\n{NEW}"]).said(turn),
        await Stage(["Yes."], ["Yes."]).said(turn),
        await Stage(["Yes."], [NEW]).said(turn),
    ]


async def test_only_the_last_reply_counts() -> None:
    """What was said earlier may be said again, and so may what a person said."""
    turn = scene(heard("hm"), lines=[ours(SAID), theirs(NEW), ours("Oh?"), theirs("yes", BO)])

    assert [[SAID], [NEW]] == [await Stage([SAID]).said(turn), await Stage([NEW]).said(turn)]


async def test_who_is_stuck_is_not_asked_again() -> None:
    """Where the last two replies were the same, asking did not help: it is said at once."""
    turn = scene(heard("?"), lines=[ours(SAID), theirs("what?"), ours(SAID), theirs("hm")])
    stage = Stage([SAID])

    assert ([SAID], 1) == (await stage.said(turn), len(stage.backend.prompts))


async def test_a_first_repeat_is_said_at_once() -> None:
    """One who has said nothing else yet may have nothing else to say, and is not asked twice."""
    stage = Stage([SAID])
    turn = scene(heard("and now?"), lines=[theirs("hello"), ours(SAID)])

    assert ([SAID], 1) == (await stage.said(turn), len(stage.backend.prompts))


@pytest.mark.parametrize("trouble", [BackendUnavailable("gone"), Refused("no")])
async def test_trouble_when_asked_again(trouble: Exception) -> None:
    """The repeat is better than an apology."""
    assert [SAID] == await Stage([SAID], [trouble]).said()


async def test_trouble_after_new_words() -> None:
    """Once something new was said, trouble is trouble."""
    with pytest.raises(BackendUnavailable):
        await Stage([SAID], [f"{NEW}\n\nAnd", BackendUnavailable("gone")]).said()


async def test_a_repeat_then_a_slip() -> None:
    """A slip after a repeat is asked for again as well; then the repeat is what is left."""
    slip = "As an AI language model, I cannot do that."

    assert [SAID] == await Stage([SAID], [slip], [slip]).said()


async def test_a_repeat_of_what_was_cut_off() -> None:
    """What this turn itself had said is skipped without asking anybody."""
    turn = replace(AGAIN, spoken=(SAID,))
    stage = Stage([SAID])

    assert ([], 1) == (await stage.said(turn), len(stage.backend.prompts))


async def test_no_draft_of_a_repeat() -> None:
    """Nobody sees the beginning of what will not be said."""
    turn = replace(scene(heard("?"), lines=[*BEFORE, ours(LONG)]), drafts=True)
    stage = Stage([NEW], [LONG[:100], LONG[100:], "\n\n", NEW])
    await stage.steps()

    assert [Bubble(NEW, Account("KU5.0", CARD.revision))] == await stage.steps(turn)


async def test_drafts_show_faces_and_bubbles_keep_codes() -> None:
    """A draft is for eyes; a bubble is kept with its codes, which faces replace on their way."""
    stage = Stage([NEW], [LONG, "[微", "笑] and [", "so", " on"])
    await stage.steps()

    *drafts, bubble = await stage.steps(replace(AGAIN, drafts=True))

    assert [
        Draft(LONG.strip()),
        Draft(f"{LONG}😊 and"),
        Draft(f"{LONG}😊 and [so on"),
    ] == drafts
    assert f"{LONG}[微笑] and [so on" == bubble.text


async def test_markdown_where_the_persona_writes_none() -> None:
    """Bubbles and drafts come without marks, and what is nothing but a mark does not come."""
    stage = Stage(
        ["Hi."], [f"**{LONG.strip()}**\n\n---\n\n", "- tea\n- *cake*"], card=formed(markdown=False)
    )
    await stage.steps(scene(heard("hi")))

    assert [LONG.strip(), "tea\ncake"] == await stage.said(replace(AGAIN, drafts=True))


async def test_a_draft_of_marks_only_is_none() -> None:
    """What is held back entirely is not shown as an empty draft."""
    stage = Stage(["Hi."], [f"*{LONG.strip()}", "*"], card=formed(markdown=False))
    await stage.steps(scene(heard("hi")))

    assert [] == [
        step for step in await stage.steps(replace(AGAIN, drafts=True)) if isinstance(step, Draft)
    ]


async def test_markdown_is_left_to_the_model_otherwise() -> None:
    """Without the habit a bubble is as it was written."""
    assert ["**Tea**"] == await Stage(["**Tea**"]).said()


async def test_bubbles_of_the_personas_own_rhythm() -> None:
    """The card's numbers cut the bubbles."""
    card = replace(CARD, nature=Nature(rhythm=Rhythm(characters=20, bubbles=2)))

    assert [
        "It is warm here today.",
        "Is it cold where you are? Do tell me all of it.",
    ] == await Stage(
        ["It is warm here today. Is it cold where you are? Do tell me all of it."], card=card
    ).said()


async def test_a_tool_beside_a_repeat() -> None:
    """A call that comes with a repeat is done with the words that are said at last."""
    card = replace(CARD, tools=("remember",))
    call = '{"name": "remember", "arguments": {"text": "tea"}}'
    turn = replace(AGAIN, souls=(replace(SOUL, form="prompt"),))
    stage = Stage([f"{SAID}\n{call}"], [f"{NEW}\n{call}"], card=card)

    assert ([NEW], 1) == (await stage.said(turn), len(stage.doer.done))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], False),
        (["a"], False),
        (["a", "b"], True),
        (["a", "A!"], False),
        (["a", "a", "b"], True),
    ],
)
def test_varied(texts: list[str], expected: bool) -> None:
    """Who said something else the time before; one reply alone tells nothing."""
    lines: list[Line] = []
    for text in texts:
        lines += [theirs("hm"), ours(text)]

    assert expected == varied(lines)


def test_an_echo_of_nothing() -> None:
    """Signs alone are never a repeat, and without a reply there is none."""
    assert [False, False, False] == [
        Echo([ours("♪")]).holds("♪"),
        Echo([]).holds("hi"),
        Echo([theirs("hi")]).begins("hi"),
    ]


def test_widths_are_one() -> None:
    """Full and half width letters are the same."""
    assert folded("ＯＫ、先生！") == folded("ok先生")
