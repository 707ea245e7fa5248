"""Where we are a guest: each message that asks has one answer, in one piece."""

from dataclasses import replace
from functools import partial

import pytest

from anima.bursts import one
from anima.errors import BackendUnavailable
from anima.model import Account, Beside, Bubble, Button, Edited, Incoming
from anima.saying import joined
from tests.cast import ACCOUNT, BO, HOME
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

THERE = replace(HOME, connection="guest")
LINGERING = replace(BRISK, linger_s=1.2)


def asks(stage: Stage, *texts: str) -> list[Incoming]:
    """Ann asks us there."""
    return stage.words(*texts, where=THERE, private=False)


async def test_all_that_is_said_is_one_bubble_at_the_end() -> None:
    """With what the last one brings, and pointing at the question."""
    last = Bubble("Three.", ACCOUNT, beside=Beside((Button("Yes", "/yes"),)))
    stage = Stage(["One.", "Two.", last])
    await stage.happens(*asks(stage, "count"))

    await stage.plays()

    assert ["One.\n\nTwo.\n\nThree."] == stage.phone.texts
    assert (["1"], [last.beside]) == (stage.phone.replies, stage.phone.besides)
    assert ["answered"] == stage.outcomes
    assert ["count", "One.\n\nTwo.\n\nThree."] == stage.transcript == await stage.remembered()


@pytest.mark.parametrize(
    ("script", "said", "outcome"),
    [
        (["One.", ACCOUNT], ["One."], "answered"),
        ([ACCOUNT], [], "silent"),
        ([Bubble("One."), BackendUnavailable("gone")], ["One.\n\nsorry (server"], "failed"),
    ],
)
async def test_however_it_ends_there_is_one_bubble_at_most(
    script: list[Bubble | Account | Exception | str], said: list[str], outcome: str
) -> None:
    """What was gathered is said with the account, or together with the excuse."""
    first = [Bubble(step) if isinstance(step, str) else step for step in script]
    stage = Stage(first)
    await stage.happens(*asks(stage, "hello"))

    await stage.plays()

    assert said == [text.partition(") ")[0] for text in stage.phone.texts]
    assert [outcome] == stage.outcomes


async def test_each_question_has_its_own_turn() -> None:
    """Also those of one burst; what somebody else had said before the first belongs to it."""
    stage = Stage(pace=LINGERING)
    quoted = stage.words(
        "the train is at five", who=BO, where=THERE, private=False, addressed=False
    )
    first, second = asks(stage, "when?", "where?")
    await stage.happens(*quoted, replace(first, message="2"), replace(second, message="3"))

    await stage.plays()

    assert ["re: when?", "re: where?"] == stage.phone.texts
    assert ["2", "3"] == stage.phone.replies
    assert ["the train is at five"] == [line.text for line in stage.actor.scenes[0].lines]


async def test_another_question_joins_no_turn() -> None:
    """It has to have an answer of its own, so the model goes on with the first."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "First."]]

    async with stage.attending():
        await stage.happens(*asks(stage, "one?"))
        await stage.clock.sleep(1)
        await stage.happens(*asks(stage, "two?"))
        await stage.rests()

    assert ["First.", "re: two?"] == stage.phone.texts


async def test_asked_anew_it_forgets_what_it_had_gathered() -> None:
    """The question was rewritten while the answer was being made: only the new answer is said."""
    stage = Stage()
    stage.actor.scripts = [["Old.", partial(stage.clock.sleep, 5), "More."]]

    async with stage.attending():
        await stage.happens(*asks(stage, "one?"))
        await stage.clock.sleep(1)
        await stage.happens(Edited(THERE, "1", "two?"))
        await stage.rests()

    assert ["re: two?"] == stage.phone.texts


async def test_killed_before_the_answer_it_gives_it_once() -> None:
    """Nothing was said by then, so there is nothing to go on with."""
    stage = Stage()
    stage.actor.scripts = [["One.", partial(stage.clock.sleep, 50), "Two."]]
    await stage.happens(*asks(stage, "count"))
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    await stage.clock.sleep(100)
    later = stage.beside(["One.", "Two."])

    await later.plays()

    assert ([], ["One.\n\nTwo."]) == (stage.phone.texts, later.phone.texts)


def test_where_nobody_asks_all_of_it_is_one_turn() -> None:
    """As anywhere; and empty bubbles leave no gap between others."""
    assert () == one(())
    assert Bubble("a\n\nb", ACCOUNT) == joined(Bubble("a"), Bubble(""), Bubble("b", ACCOUNT))
