"""Letting people finish: bursts, late additions, edits."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from anima.model import Closed, Edited
from tests.cast import ACCOUNT, ANN, BO, HOME
from tests.jump import START
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

LINGERING = replace(BRISK, linger_s=1.2)


def heard(stage: Stage) -> list[list[str]]:
    """What each scene was about."""
    return [[one.text for one in scene.heard] for scene in stage.actor.scenes]


def asked_at(stage: Stage) -> list[float]:
    """When the persona was asked."""
    return [(scene.now - START).total_seconds() for scene in stage.actor.scenes]


async def test_a_burst_is_one_turn() -> None:
    """Messages with less than the quiet time between them are answered together."""
    stage = Stage(pace=LINGERING)

    async with stage.attending():
        for text in ("so", "listen", "I am home"):
            await stage.hears(text)
            await stage.clock.sleep(1)
        await stage.rests()

    assert ["re: so + listen + I am home"] == stage.phone.texts
    assert [3.2] == asked_at(stage)
    assert ["answered"] == stage.outcomes


async def test_without_a_quiet_time_everybody_is_answered_at_once() -> None:
    """With no linger a message does not wait for another."""
    stage = Stage()

    async with stage.attending():
        for text in ("so", "listen"):
            await stage.hears(text)
            await stage.clock.sleep(1)
        await stage.rests()

    assert [["so"], ["listen"]] == heard(stage)
    assert [0, 1] == asked_at(stage)


async def test_a_burst_that_never_ends_is_answered() -> None:
    """After ten quiet times' worth of talk the patience is over."""
    stage = Stage(pace=LINGERING)

    async with stage.attending():
        for number in range(14):
            await stage.hears(str(number))
            await stage.clock.sleep(1)
        await stage.rests()

    assert 12.0 == asked_at(stage)[0]
    assert [str(number) for number in range(12)] == heard(stage)[0][:12]
    assert {"answered"} == set(stage.states)


async def test_an_old_burst_does_not_linger_again() -> None:
    """What was heard while nobody attended is answered as soon as somebody does."""
    stage = Stage(pace=LINGERING)
    await stage.hears("hello")
    await stage.clock.sleep(60)

    await stage.plays()

    assert [60] == asked_at(stage)


async def test_an_edit_of_a_waiting_message_is_heeded() -> None:
    """Whoever corrects themselves in the quiet time is answered to the correction."""
    stage = Stage(pace=LINGERING)

    async with stage.attending():
        await stage.hears("helo")
        await stage.clock.sleep(0.5)
        await stage.happens(Edited(HOME, "1", "hello"))
        await stage.rests()

    assert ["re: hello"] == stage.phone.texts
    assert [1.2] == asked_at(stage)


async def test_who_adds_something_before_the_first_bubble_is_answered_with_it() -> None:
    """The model is asked again with both; what it was about to say is not said."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(3)
        await stage.hears("and good night")
        await stage.rests()

    assert [["hello"], ["hello", "and good night"]] == heard(stage)
    assert [0, 3] == asked_at(stage)
    assert ["re: hello + and good night"] == stage.phone.texts
    assert (["answered"], 2, 1) == (
        stage.outcomes,
        stage.actor.closed,
        stage.witness.count("joined"),
    )


async def test_who_adds_something_may_go_on() -> None:
    """A turn that was joined lingers again, for more may come."""
    stage = Stage(pace=LINGERING)
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("one")
        await stage.clock.sleep(3)
        await stage.hears("two")
        await stage.clock.sleep(1)
        await stage.hears("three")
        await stage.rests()

    assert [["one"], ["one", "two", "three"]] == heard(stage)
    assert [1.2, 5.2] == asked_at(stage)


async def test_an_edit_while_the_model_works_is_heeded() -> None:
    """A correction of what is being answered asks the model again."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("helo")
        await stage.clock.sleep(3)
        await stage.happens(Edited(HOME, "1", "hello"))
        await stage.rests()

    assert [["helo"], ["hello"]] == heard(stage)
    assert ["re: hello"] == stage.phone.texts


async def test_after_the_first_bubble_a_message_has_its_own_turn() -> None:
    """It waits until the answer is out, and no longer."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 5), "two"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(3)
        await stage.hears("wait")
        await stage.rests()

    assert [["hello"], ["wait"]] == heard(stage)
    assert ["one", "two", "re: wait"] == stage.phone.texts
    assert [0, 5.25] == asked_at(stage)
    assert 0 == stage.witness.count("joined")


@pytest.mark.parametrize("steps", range(12))
async def test_a_message_at_the_very_end_has_its_own_turn_at_once(steps: int) -> None:
    """At whichever step of the end it comes, it does not wait for the next poll."""
    stage = Stage()
    late: list[asyncio.Task[None]] = []

    async def drop_in() -> None:
        for _ in range(steps):
            await asyncio.sleep(0)
        await stage.hears("wait")

    async with stage.attending(), asyncio.TaskGroup() as group:

        async def call() -> None:
            late.append(group.create_task(drop_in()))

        stage.actor.scripts = [["one", call, "two"]]
        await stage.hears("hello")
        await stage.clock.sleep(10)

        assert ["one", "two", "re: wait"] == stage.phone.texts


async def test_a_command_joins_no_talk() -> None:
    """A command that comes while the model works waits for its own turn."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "one"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(3)
        await stage.hears("/help")
        await stage.clock.sleep(3)

        assert ["one", "did /help"] == stage.phone.texts

    assert [["hello"]] == heard(stage)


async def test_a_strangers_aside_in_a_group_does_not_stop_the_model() -> None:
    """Others may go on talking while we answer; the next scene tells what they said."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "one"]]

    async with stage.attending():
        await stage.hears("avatar?", private=False)
        await stage.clock.sleep(3)
        await stage.hears("lunch?", who=BO, private=False, addressed=False)
        await stage.rests()
        await stage.hears("and now?", private=False)
        await stage.rests()

    assert [["avatar?"], ["and now?"]] == heard(stage)
    assert ["answered", "noted", "answered"] == stage.states
    assert ["avatar?", "one", "lunch?"] == [line.text for line in stage.actor.scenes[1].lines]


async def test_the_same_person_may_go_on_in_a_group() -> None:
    """Who addressed us need not do so again to complete the question."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]]

    async with stage.attending():
        await stage.hears("avatar?", private=False)
        await stage.clock.sleep(3)
        await stage.hears("what is up", who=ANN, private=False, addressed=False)
        await stage.rests()

    assert ["re: avatar? + what is up"] == stage.phone.texts


async def test_another_person_who_addresses_us_is_answered_after_it() -> None:
    """In a group each one's words are kept apart, and nobody's question stops another's answer."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "hi Ann"]]

    async with stage.attending():
        await stage.hears("avatar?", private=False)
        await stage.clock.sleep(3)
        await stage.hears("me too", who=BO, private=False)
        await stage.rests()

    assert ["hi Ann", "re: me too"] == stage.phone.texts
    assert [["avatar?"], ["me too"]] == heard(stage)
    assert ["avatar?", "hi Ann"] == [line.text for line in stage.actor.scenes[1].lines]


async def test_joining_has_an_end() -> None:
    """After five additions the model is left alone, and the sixth waits."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "never"]] * 5
    stage.actor.scripts += [[partial(stage.clock.sleep, 5), "at last"]]

    async with stage.attending():
        for number in range(7):
            await stage.hears(str(number))
            await stage.clock.sleep(1)
        await stage.rests()

    assert [1, 2, 3, 4, 5, 6, 1] == [len(texts) for texts in heard(stage)]
    assert ["at last", "re: 6"] == stage.phone.texts


async def test_who_leaves_in_the_middle_of_a_burst_is_left_alone() -> None:
    """A place that closes while we let somebody finish gets no answer, and nothing breaks."""
    stage = Stage(pace=LINGERING)

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(0.5)
        await stage.happens(*stage.words("wait"), Closed(HOME, closed=True))
        await stage.rests()

    assert [] == stage.phone.texts
    assert (["refused", "refused"], []) == (stage.states[:2], stage.witness.broken)
    assert 1 == stage.witness.count("lease lost")


async def test_an_answer_of_nothing_but_an_account_ends_the_turn() -> None:
    """What comes while that is being written waits for its own turn."""
    stage = Stage([ACCOUNT])

    async with stage.attending():
        await stage.hears("hello")
        await stage.rests()

    assert ([], ["silent"]) == (stage.phone.texts, stage.outcomes)
