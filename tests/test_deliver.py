"""Saying in order: patience, retries, refusals, and places that move or close."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from anima.deliver import Outbox
from anima.errors import (
    Gone,
    LeaseLost,
    LedgerUnavailable,
    Moved,
    SlowDown,
    Undelivered,
    Unreachable,
)
from anima.model import Renamed, Said
from anima.pace import Pace
from anima.steps import Began, Released, Say
from tests.cast import HOME, place
from tests.jump import START
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping


def states(stage: Stage) -> list[tuple[str, str, int]]:
    """Every bubble with its state and how often it was tried."""
    return [(row.text, row.state, row.words.attempts) for row in stage.ledger.said]


async def test_a_platform_that_asks_for_patience_gets_it() -> None:
    """The bubble waits as long as it was told to; those after it come after it."""
    stage = Stage(["one", "two", "three"])
    stage.phone.faults = [None, SlowDown(30)]
    await stage.hears("hello")

    await stage.plays()

    assert ["one", "two", "three"] == stage.phone.texts
    assert [0, 30.25, 30.5] == stage.phone.sent_at
    assert [("slowed down", {"seconds": 30})] == stage.witness.noted[1:]
    assert [("one", "delivered", 1), ("two", "delivered", 2), ("three", "delivered", 1)] == states(
        stage
    )


async def test_patience_is_written_down() -> None:
    """While we wait the ledger knows until when, so that a crash forgets none of it."""
    stage = Stage()
    stage.phone.faults = [SlowDown(30)]
    await stage.hears("hello")

    async with stage.attending():
        await stage.clock.sleep(1)
        (row,) = stage.ledger.said
        waits = (row.state, row.words.not_before)
        await stage.rests()

    assert ("ready", START + timedelta(seconds=30)) == waits


async def test_patience_survives_a_crash() -> None:
    """Who takes over waits for the rest of the time, and new messages do not shorten it."""
    stage = Stage()
    stage.phone.faults = [SlowDown(90)]
    await stage.hears("hello")
    async with stage.attending():
        await stage.clock.sleep(1)
        stage.dies()
    later = stage.beside()
    await later.clock.sleep(30)
    await later.hears("are you there?")

    await later.plays()

    assert ["re: hello", "re: are you there?"] == later.phone.texts
    assert [90, 90.25] == later.phone.sent_at


async def test_one_place_that_is_slow_holds_up_no_other() -> None:
    """Other conversations go on while one waits."""
    stage = Stage()
    stage.phone.faults = [SlowDown(30)]
    await stage.hears("hello")
    await stage.hears("hello", where=place("8"))

    await stage.plays()

    chats = [chat for chat, _ in stage.phone.sent]
    assert [("8", 0), ("7", 30)] == list(zip(chats, stage.phone.sent_at, strict=True))


async def test_a_platform_that_cannot_be_reached_is_tried_again() -> None:
    """Each wait is twice the last; meanwhile it is unknown whether the bubble arrived."""
    stage = Stage()
    stage.phone.faults = [Unreachable("timeout"), Unreachable("HTTP 502"), Unreachable("HTTP 502")]
    await stage.hears("hello")

    async with stage.attending():
        await stage.clock.sleep(0.5)
        between = states(stage)
        await stage.rests()

    assert [("re: hello", "maybe", 1)] == between
    assert [7] == stage.phone.sent_at
    assert [("re: hello", "delivered", 4)] == states(stage)
    assert [
        {"attempt": 1, "reason": "timeout"},
        {"attempt": 2, "reason": "HTTP 502"},
        {"attempt": 3, "reason": "HTTP 502"},
    ] == [facts for event, facts in stage.witness.noted if event == "unreachable"]


async def test_a_bubble_that_never_arrives_is_given_up() -> None:
    """When it is older than anybody wants to hear it fails, and the next one is tried."""
    stage = Stage(["one", "two"], pace=replace(BRISK, max_age_s=60))
    stage.phone.faults = [Unreachable("timeout")] * 7
    await stage.hears("hello")

    await stage.plays()

    assert [("one", "failed", 7), ("two", "delivered", 1)] == states(stage)
    assert ["not delivered within 60 s", ""] == [row.reason for row in stage.ledger.said]
    assert ["two"] == stage.phone.texts


async def test_what_the_platform_will_never_take_is_left_out() -> None:
    """That bubble fails, with the reason, and the next one goes."""
    stage = Stage(["one", "two", "three"])
    stage.phone.faults = [None, Undelivered("message is too rude")]
    await stage.hears("hello")

    await stage.plays()

    assert ["one", "three"] == stage.phone.texts
    assert ["", "message is too rude", ""] == [row.reason for row in stage.ledger.said]
    assert [("two", "failed", 1)] == states(stage)[1:2]
    assert (["answered"], 1) == (stage.outcomes, stage.witness.count("undelivered"))
    assert ["hello", "one", "three"] == await stage.remembered()


async def test_a_place_that_is_closed_to_us_is_left() -> None:
    """Who blocks us gets nothing more: the turn ends, and what is left to say fails."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 5), "two"]]
    stage.phone.faults = [Gone("blocked by the person")]
    await stage.hears("hello")

    async with stage.attending():
        await stage.rests()
        await stage.clock.sleep(100)

    assert (["failed"], ["refused"]) == ([row.state for row in stage.ledger.said], stage.outcomes)
    assert stage.ledger.store.places[1].closed_at
    assert ([], [("gone", {"reason": "blocked by the person"})]) == (
        stage.phone.texts,
        stage.witness.noted,
    )
    assert (1, []) == (stage.actor.closed, stage.witness.broken)


async def test_who_lets_us_in_again_is_answered() -> None:
    """A closed place opens with the next message from there."""
    stage = Stage()
    stage.phone.faults = [Gone("blocked by the person")]

    async with stage.attending():
        await stage.hears("hello")
        await stage.rests()
        await stage.hears("sorry, come back")
        await stage.rests()

    assert ["re: sorry, come back"] == stage.phone.texts


@pytest.mark.parametrize("error", [LeaseLost("taken"), LedgerUnavailable("gone")])
async def test_a_closed_place_that_cannot_be_written_down_is_no_bug(error: Exception) -> None:
    """It is found closed again by whoever comes next."""
    stage = Stage()

    async def close() -> None:
        stage.ledger.fail_next(error)
        raise Gone("blocked by the person")

    stage.phone.faults = [close]
    await stage.hears("hello")

    await stage.plays()

    assert [] == stage.witness.broken
    assert ["turn answered", "gone"] == [event for event, _ in stage.witness.noted][:2]


async def test_a_place_that_moved_is_followed() -> None:
    """The bubble goes to the new chat, and so does all that comes later."""
    stage = Stage(["one", "two"])
    stage.phone.faults = [Moved("-1007")]
    await stage.hears("hello")

    async with stage.attending():
        await stage.rests()
        await stage.hears("here now", where=place("-1007"))
        await stage.rests()

    assert [("-1007", "one"), ("-1007", "two"), ("-1007", "re: here now")] == stage.phone.sent
    assert ["hello", "one", "two"] == [line.text for line in stage.actor.scenes[1].lines]
    assert 1 == stage.witness.count("moved")


async def test_a_place_that_moved_to_where_we_are_already_is_not_told_twice() -> None:
    """When the new chat is a conversation of its own, what is left is said there, once."""
    stage = Stage(["one", "two"])
    stage.phone.faults = [Moved("-1007")]
    await stage.hears("hello")

    async with stage.attending():
        await stage.hears("who?", where=place("-1007"))
        await stage.rests()
        stage.bells.wake()
        await stage.rests()

    assert ["one", "two"] == [text for text in stage.phone.texts if text in {"one", "two"}]
    assert {"-1007"} == {chat for chat, _ in stage.phone.sent}
    assert {"answered"} == set(stage.states)


async def test_a_place_that_moves_while_we_speak_is_found() -> None:
    """The platform may tell of a move by an update as well as by refusing."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 5), "two"]]
    stage.phone.faults = [None, Moved("-1007")]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        await stage.happens(Renamed(HOME, "-1007"))
        await stage.rests()

    assert [("7", "one"), ("-1007", "two")] == stage.phone.sent
    assert 1 == len(stage.ledger.store.places)


async def test_an_outbox_that_is_closed_at_once_gives_back() -> None:
    """Without anything to send, closing is all that is written."""
    stage = Stage()
    await stage.hears("hello")
    (claim,) = await stage.ledger.claim(1, [("telegram", "anima")])
    outbox = Outbox(claim, stage.ledger, stage.phone, stage.clock, stage.witness, BRISK)
    outbox.close(Released())

    await outbox.run()

    assert ["claim", "Released"] == stage.diary


async def test_an_outbox_may_end_without_a_word() -> None:
    """An outbox that has nothing to write at its end sends all and is over."""
    stage = Stage()
    await stage.hears("hello")
    (claim,) = await stage.ledger.claim(1, [("telegram", "anima")])
    says = (Say(2, 1, "one", START), Say(3, 1, "two", START))
    await stage.ledger.write(claim, Began(1, START), *says)
    outbox = Outbox(claim, stage.ledger, stage.phone, stage.clock, stage.witness, BRISK)
    outbox.close()
    outbox.put([Said(2, 1, "one"), Said(3, 1, "two")])

    await outbox.run()

    assert ["one", "two"] == stage.phone.texts
    assert ["delivered", "delivered"] == [row.state for row in stage.ledger.said]


async def test_typing_shows_as_long_as_somebody_types() -> None:
    """A slow one's indicator is shown again before it fades."""
    stage = Stage(["one", "x" * 72], pace=Pace(linger_s=0, per_second=8, pause_s=1, own=True))
    await stage.hears("hello")

    await stage.plays()

    assert [0, 10.25] == stage.phone.sent_at
    assert [0.25, 4.25, 8.25] == stage.phone.typed_at[-3:]
