"""Chats that are somebody's own: the turn there, among fakes."""

from dataclasses import replace

import pytest

from anima.model import Deleted
from tests.cast import ANN, BO, HOME
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

THERE = replace(HOME, connection="bc1")
LINGERING = replace(BRISK, linger_s=5)


async def test_what_looks_like_a_command_is_talk_there() -> None:
    """Who writes to somebody's own account does not command a bot."""
    stage = Stage()
    await stage.hears("/help", where=THERE)

    await stage.plays()

    assert ["re: /help"] == stage.phone.texts


async def test_a_stranger_meets_silence_there() -> None:
    """What the house says to strangers is not said in anybody's name, nor remembered."""
    stage = Stage()
    stage.porch.strangers.add("Bo")
    await stage.hears("hello", who=BO, where=THERE)

    await stage.plays()

    assert ([], ["refused"], []) == (stage.phone.texts, stage.outcomes, await stage.remembered())


async def test_nobody_there_is_an_owner() -> None:
    """It writes in the owner's place: whoever is answered is somebody else."""
    stage = Stage()
    stage.porch.owners |= {"Ann", "Bo"}
    await stage.hears("hello", where=THERE)
    await stage.hears("hello", who=BO)

    await stage.plays()

    assert [frozenset(), {BO.address}] == [scene.owners for scene in stage.actor.scenes]


async def test_no_excuse_is_made_in_anybodys_name() -> None:
    """Neither for what came too late nor for what broke."""
    stage = Stage([RuntimeError("canary")], pace=replace(BRISK, max_age_s=60))
    await stage.hears("long ago", where=THERE, age_s=600)
    await stage.plays()

    late = stage.beside([ValueError("canary")])
    await late.hears("now", where=THERE)
    await late.plays()

    assert ([], []) == (stage.phone.texts, late.phone.texts)
    assert ["expired", "answered"] == stage.states


async def test_the_owners_word_comes_last() -> None:
    """What was asked before the owner wrote is theirs to answer; it is remembered."""
    stage = Stage()
    await stage.hears("are you there?", where=THERE)
    await stage.hears("I am", who=BO, where=THERE, addressed=False)

    await stage.plays()

    assert ([], ["silent"]) == (stage.phone.texts, stage.outcomes)
    assert "taken over" == stage.turns[0].ended.reason  # type: ignore[union-attr]
    assert ["are you there?", "I am"] == await stage.remembered()


async def test_the_owner_interrupts_a_thought() -> None:
    """A line of the owner before the first bubble ends the turn in silence."""
    stage = Stage()

    async def owner_writes() -> None:
        await stage.hears("I am", who=BO, where=THERE, addressed=False)
        await stage.clock.sleep(9)

    stage.actor.scripts.append([owner_writes, "too late"])
    await stage.hears("are you there?", where=THERE)

    await stage.plays()

    assert ([], ["noted", "noted"]) == (stage.phone.texts, stage.states)


async def test_what_was_taken_back_while_it_was_thought_about_is_not_answered() -> None:
    """The persona is asked anew, about what is left."""
    stage = Stage()

    async def takes_back() -> None:
        await stage.happens(Deleted(HOME, ("2",)))
        await stage.clock.sleep(9)

    stage.actor.scripts.append([takes_back, "too late"])
    await stage.hears("one", "two")

    await stage.plays()

    assert ["re: one"] == stage.phone.texts
    first, *then = [[one.text for one in scene.heard] for scene in stage.actor.scenes]
    assert ["one", "two"] == first
    assert then
    assert all(["one"] == heard for heard in then)


async def test_all_that_was_heard_may_be_taken_back() -> None:
    """Then there is nothing to answer, and nothing is said."""
    stage = Stage(pace=LINGERING)
    await stage.hears("one")

    async with stage.attending():
        await stage.clock.sleep(1)
        await stage.happens(Deleted(HOME, ("1",)))
        await stage.rests()
        await stage.hears("two", who=ANN)
        await stage.rests()

    assert ["re: two"] == stage.phone.texts
    assert ["silent", "answered"] == stage.outcomes
