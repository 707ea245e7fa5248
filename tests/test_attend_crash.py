"""Dying at every step: what is left in the ledger is enough to go on."""

from collections import Counter
from functools import partial

import pytest

from anima.errors import SlowDown
from tests.cast import Life, Script
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

LEASE_S = BRISK.lease_s
WORDS = ["one", "two", "three"]


def script(stage: Stage, *words: str) -> Script:
    """A model that thinks for a second before each bubble."""
    return [step for word in words for step in (partial(stage.clock.sleep, 1), word)]


async def died(ends: int) -> Stage:
    """A process that died at the step *ends*, or did all that there was before it came to it."""
    stage = Stage(life=Life(ends))
    stage.actor.scripts = [script(stage, *WORDS)]
    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(3.5)
        await stage.hears("and you?")
        await stage.clock.sleep(10)
        stage.dies()
    return stage


async def taken_over(stage: Stage, answer: Script) -> Stage:
    """The process that goes on after the lease of the dead one is over."""
    await stage.clock.sleep(LEASE_S + 1)
    is_open = stage.outcomes[:1] != ["answered"]
    later = stage.beside(*[answer] * is_open)
    await later.plays()
    return later


async def every_death() -> list[tuple[int, Stage]]:
    """One dead process for each step of a life."""
    whole = await died(0)
    return [(ends, await died(ends)) for ends in range(1, whole.life.steps + 1)]


def said_twice(first: Stage, later: Stage) -> list[str]:
    """What arrived more than once."""
    counts = Counter(first.phone.texts + later.phone.texts)
    return [text for text, count in counts.items() if count > 1]


def in_order(texts: list[str]) -> list[str]:
    """The turn's bubbles as they first arrived."""
    return list(dict.fromkeys(text for text in texts if text in WORDS))


@pytest.mark.parametrize("repeats", [True, False])
async def test_dying_at_any_step_loses_nothing(repeats: bool) -> None:
    """All is answered in order, and nothing arrives twice but what was under way at that step.

    It is so with a model that says everything again and with one that goes on where it was.
    """
    deaths = await every_death()

    for ends, first in deaths:
        later = await taken_over(first, WORDS if repeats else WORDS[len(spoken(first)) :])

        told = first.phone.texts + later.phone.texts
        assert WORDS == in_order(told), ends
        assert ["answered", "answered"] == first.states, ends
        assert {"answered"} == set(first.outcomes), ends
        assert len(said_twice(first, later)) <= 1, ends
        assert {"delivered"} == {row.state for row in first.ledger.said}, ends
        assert first.ledger.store.places[1].lease_until is None, ends
        assert [] == later.witness.broken, ends
    assert len(deaths) > 20


def spoken(stage: Stage) -> list[str]:
    """What the dead process had decided to say."""
    return [row.text for row in stage.ledger.said if row.text in WORDS]


async def test_what_was_decided_and_not_sent_is_sent_first() -> None:
    """Bubbles of the dead process leave before anything new is made."""
    stage = Stage(["one", "two"])
    stage.phone.faults = [partial(stage.clock.sleep, 100)]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    later = stage.beside()
    await later.hears("still there?")
    await later.clock.sleep(LEASE_S)

    await later.plays()

    assert ["one", "two", "re: still there?"] == later.phone.texts
    assert ["hello", "one", "two"] == [line.text for line in later.actor.scenes[0].lines]
    assert ["hello", "one", "two", "still there?", "re: still there?"] == stage.transcript


async def test_a_turn_that_was_cut_off_is_taken_up() -> None:
    """The persona knows what it had said; what it says again is passed over."""
    stage = Stage()
    stage.actor.scripts = [["one|two", partial(stage.clock.sleep, 100), "three"]]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    await stage.clock.sleep(LEASE_S + 1)
    later = stage.beside(["one|two ", "three", "two"])

    await later.plays()

    (scene,) = later.actor.scenes
    assert (("one", "two"), ["hello"]) == (scene.spoken, [one.text for one in scene.heard])
    assert (["one", "two"], ["three", "two"]) == (stage.phone.texts, later.phone.texts)
    assert (1, ["answered"]) == (later.witness.count("resumed"), stage.outcomes)


async def test_who_wrote_meanwhile_is_answered_in_the_same_turn() -> None:
    """A turn that is taken up is about all that waits by then."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 100), "two"]]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    later = stage.beside(["one", "and two"])
    await later.hears("hello?")
    await later.clock.sleep(LEASE_S)

    await later.plays()

    (scene,) = later.actor.scenes
    assert ["hello", "hello?"] == [one.text for one in scene.heard]
    assert (["and two"], ["answered"] * 2) == (later.phone.texts, stage.states)


async def test_an_open_turn_about_nothing_is_closed() -> None:
    """A turn whose messages are dealt with, however that came, does not stay open for ever."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 100), "two"]]
    stage.phone.faults = [SlowDown(60)]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    stage.ledger.store.heard[1].state = "expired"
    await stage.clock.sleep(LEASE_S + 1)
    later = stage.beside()

    await later.plays()

    assert (["one"], []) == (later.phone.texts, later.actor.scenes)
    assert ["answered"] == stage.outcomes


async def test_the_living_do_not_wait_for_a_lease_they_hold() -> None:
    """A long turn keeps its conversation: nobody else may take it."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 10 * LEASE_S), "at last"]]
    other = stage.beside()

    async with stage.attending(), other.attending():
        await stage.hears("hello")
        for _ in range(20):
            await stage.clock.sleep(LEASE_S / 2)
            other.bells.wake()
        await stage.rests()

    assert (["at last"], []) == (stage.phone.texts, other.actor.scenes)
