"""Whoever has read enough stops the answer: what they saw stays, and nothing more comes."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from anima.errors import BackendUnavailable, LedgerUnavailable
from anima.ids import mark
from anima.model import Account, Bubble, Draft, Stopped
from tests.cast import ACCOUNT, HOME, Script
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

TYPED = replace(BRISK, typing=True)


def drafting(*scripts: Script, typed: bool = False) -> Stage:
    """A stage where words are shown as they come."""
    stage = Stage(*scripts, pace=TYPED if typed else BRISK)
    stage.phone.drafts = True
    return stage


async def stop(stage: Stage, *, elsewhere: bool = False) -> None:
    """Ann presses the button under what is being written, and another process may hear it."""
    (known,) = stage.phone.marks
    where = replace(HOME, chat="8") if elsewhere else HOME
    await stage.happens(Stopped(where, known))


def thinking(stage: Stage, seconds: float = 60) -> partial[object]:
    """So long the model says nothing."""
    return partial(stage.clock.sleep, seconds)


@pytest.mark.parametrize(
    "begun", ["Once upon a time there", "从前有一座山，山里", "むかしむかし、あるところに"]
)
async def test_what_was_shown_is_said_and_remembered(begun: str) -> None:
    """The beginning becomes a bubble, the model is let go, and the turn is an answered one."""
    stage = drafting()
    stage.actor.scripts = [[Draft(begun[:4]), Draft(begun), thinking(stage), "The end."]]

    async with stage.attending():
        await stage.hears("a tale!")
        await stage.clock.sleep(1)
        await stop(stage)
        await stage.rests()
        stopped_after = stage.clock.elapsed()

    assert [begun] == stage.phone.texts
    assert (1, 2) == (stage.actor.closed, int(stopped_after + 0.5) + 1)
    assert ["answered", "stop"] == stage.states
    (turn,) = stage.turns
    assert turn.ended
    assert ("answered", "stopped", Account("KU1.0", "")) == (
        turn.outcome,
        turn.ended.reason,
        turn.ended.account,
    )
    assert ["a tale!", begun] == stage.transcript == await stage.remembered()


async def test_bubbles_that_were_said_before_stay() -> None:
    """And what had begun after them comes as the last one."""
    stage = drafting()
    stage.actor.scripts = [["One.", Draft("Two is"), thinking(stage), "Two is more."]]

    async with stage.attending():
        await stage.hears("count")
        await stage.clock.sleep(1)
        await stop(stage)
        await stage.rests()

    assert ["One.", "Two is"] == stage.phone.texts
    assert ["count", "One.", "Two is"] == stage.transcript == await stage.remembered()


async def test_stopped_before_a_word_it_says_nothing() -> None:
    """While the model still thinks there is nothing to keep, and the message is dealt with."""
    stage = drafting()
    stage.actor.scripts = [[thinking(stage), "never"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(5)
        await stop(stage)
        await stage.rests()
        await stage.hears("another thing")
        await stage.rests()

    assert ["re: another thing"] == stage.phone.texts
    assert ["hello", "another thing", "re: another thing"] == stage.transcript


async def test_what_nobody_had_seen_yet_never_comes() -> None:
    """Bubbles that wait for their turn to be typed are withheld; the one on its way arrives."""
    stage = drafting(typed=True)
    stage.actor.scripts = [
        ["One.", "Two.", "Three.", "Four.", Draft("Five"), thinking(stage), "Five."]
    ]

    async with stage.attending():
        await stage.hears("count")
        await stage.clock.sleep(0.5)
        await stop(stage)
        await stage.rests()

    assert ["One.", "Two."] == stage.phone.texts
    assert ["delivered", "delivered", "failed", "failed"] == [
        row.state for row in stage.ledger.said
    ]
    assert ["count", "One.", "Two."] == stage.transcript == await stage.remembered()


async def test_what_is_being_said_is_said_to_its_end() -> None:
    """A stop that comes while a bubble is written down ends the turn right after it."""
    stage = drafting()
    stage.actor.scripts = [["One.", Draft("Tw"), thinking(stage, 0), "Two.", "Three."]]
    writing = stage.ledger.write
    held = asyncio.Event()

    async def slowly(claim: object, *steps: object) -> None:
        if any(getattr(step, "text", "") == "Two." for step in steps):
            held.set()
            await stage.clock.sleep(5)
        await writing(claim, *steps)  # type: ignore[arg-type]  # as they came

    stage.ledger.write = slowly  # type: ignore[method-assign]  # a database that takes its time
    async with stage.attending():
        await stage.hears("count")
        await held.wait()
        await stop(stage)
        await stage.rests()

    assert ["One.", "Two."] == stage.phone.texts
    assert ["answered"] == stage.outcomes
    assert stage.turns[0].ended
    assert "stopped" == stage.turns[0].ended.reason


async def test_an_excuse_that_is_being_said_is_the_end() -> None:
    """A turn that has failed cannot be stopped as well."""
    stage = drafting()
    stage.actor.scripts = [[Draft("We"), BackendUnavailable("gone")]]
    writing = stage.ledger.write

    async def slowly(claim: object, *steps: object) -> None:
        if stage.phone.marks and not any(row.text for row in stage.ledger.said):
            await stop(stage)
            await stage.clock.sleep(5)
        await writing(claim, *steps)  # type: ignore[arg-type]  # as they came

    stage.ledger.write = slowly  # type: ignore[method-assign]  # a database that takes its time
    await stage.hears("hello")

    await stage.plays()

    assert ["failed"] == stage.outcomes
    assert ["sorry (server)"] == [text.rpartition(" ")[0] for text in stage.phone.texts]


async def test_another_process_hears_it() -> None:
    """Its bell rings elsewhere; who writes looks by itself, and soon enough."""
    stage = drafting()
    stage.actor.scripts = [[Draft("Once"), thinking(stage), "The end."]]
    other = stage.beside()

    async with stage.attending():
        await stage.hears("a tale!")
        await stage.clock.sleep(1)
        other.phone.marks = stage.phone.marks
        await stop(other)
        await stage.clock.sleep(3)
        said_by_then = list(stage.phone.texts)
        await stage.rests()

    assert ["Once"] == said_by_then == stage.phone.texts


async def test_a_ledger_that_is_away_stops_nothing() -> None:
    """The look is made again; the answer goes on meanwhile."""
    stage = drafting()
    stage.actor.scripts = [[Draft("Once"), thinking(stage, 7), "The end."]]

    async with stage.attending():
        await stage.hears("a tale!")
        await stage.clock.sleep(1)
        stage.ledger.fail_next(LedgerUnavailable("away"))
        await stage.clock.sleep(3)
        await stage.rests()

    assert ["The end."] == stage.phone.texts
    assert 0 == stage.witness.count("ledger away")


async def test_late_twice_or_elsewhere_it_is_harmless() -> None:
    """A stop for what is over, for nothing, or of another place changes nothing."""
    stage = drafting([Draft("o"), "one"])

    async with stage.attending():
        await stage.happens(Stopped(HOME, 77))
        await stage.hears("hello")
        await stage.rests()
        await stop(stage)
        await stop(stage)
        await stop(stage, elsewhere=True)
        await stage.hears("again")
        await stage.rests()

    assert ["one", "re: again"] == stage.phone.texts
    assert ["answered", "answered"] == stage.outcomes


async def test_where_no_words_are_shown_nobody_looks() -> None:
    """Elsewhere there is no button, and a stop is a stop of nothing."""
    stage = Stage()
    stage.actor.scripts = [[thinking(stage, 9), "one"]]
    looks: list[object] = []

    async def looked(*question: object) -> bool:
        looks.append(question)
        return True

    stage.ledger.stopped = looked  # type: ignore[method-assign]  # only to see that it is not asked
    await stage.hears("hello")

    await stage.plays()

    assert (["one"], []) == (stage.phone.texts, looks)


async def test_a_stop_that_the_dead_process_did_not_see_holds_after_the_restart() -> None:
    """What had begun is not gone on with: the turn ends with what has arrived."""
    stage = drafting()
    stage.actor.scripts = [["One.", Draft("Two"), thinking(stage), "Two."]]
    async with stage.attending():
        await stage.hears("count")
        await stage.clock.sleep(1)
        stage.dies()
    await stop(stage)
    await stage.clock.sleep(100)
    later = stage.beside(["never"])
    later.phone.drafts = True

    await later.plays()

    assert (["One."], []) == (stage.phone.texts, later.phone.texts)
    assert ["answered"] == later.outcomes
    assert ["count", "One."] == later.transcript


async def test_what_was_begun_before_an_addition_is_taken_back() -> None:
    """Asked anew the model may begin in another way; nobody is to read the old beginning on."""
    stage = drafting()
    stage.actor.scripts = [[Draft("Hel"), thinking(stage), "Hello."]]

    async with stage.attending():
        await stage.hears("hi")
        await stage.clock.sleep(1)
        await stage.hears("how are you?")
        await stage.rests()

    assert ["Hel", ""] == stage.phone.drafted
    assert ["re: hi + how are you?"] == stage.phone.texts


async def test_another_beginning_takes_the_first_one_back() -> None:
    """As when an answer broke the spell, and another one is shown in its place."""
    stage = drafting([Draft("As an"), Draft("As an A"), Draft("Oh"), Bubble("Oh!", ACCOUNT)])
    await stage.hears("hi")

    await stage.plays()

    assert ["As an", "As an A", "", "Oh"] == stage.phone.drafted


async def test_each_turn_has_a_mark_of_its_own() -> None:
    """Of 31 bits and never zero, and the indicator bears the same."""
    stage = drafting([Draft("o"), "one"], [Draft("t"), "two"])

    async with stage.attending():
        for text in ("hello", "again"):
            await stage.hears(text)
            await stage.rests()
            await stage.clock.sleep(1)

    assert {mark(turn.id) for turn in stage.turns} == stage.phone.marks
    assert 2 == len(stage.phone.marks)
    assert all(0 < one < 2**31 for one in (*stage.phone.marks, mark(0), mark(2**31 - 1)))
