"""Leases that are lost, and a ledger that goes away and comes back."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from anima.errors import LedgerUnavailable
from anima.model import Closed
from memory.shortterm import Kept, LocalTail
from tests.cast import HOME, place
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping

LEASE_S = BRISK.lease_s


class Slow(LocalTail):
    """A cache that takes a second."""

    async def put(self, conversation_id: int, kept: Kept) -> None:
        await asyncio.sleep(1)
        await super().put(conversation_id, kept)


async def away(stage: Stage, seconds: float) -> None:
    """The ledger does not answer this attendant for a while."""
    stage.ledger.away = True
    await stage.clock.sleep(seconds)
    stage.ledger.away = False


async def test_who_lost_the_lease_stops_and_writes_nothing() -> None:
    """A place that closes while the model works makes the next renewal fail: the turn is over."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 100), "never"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        await stage.happens(Closed(HOME, closed=True))
        await stage.clock.sleep(LEASE_S)

        assert 1 == stage.actor.closed

    assert (["claim"], []) == (stage.diary, stage.turns)
    assert [("lease lost", {})] == stage.witness.noted


async def test_who_lost_the_lease_says_nothing() -> None:
    """Before the next renewal a write tells as much: what it held is not sent."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 2), "never"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        await stage.happens(Closed(HOME, closed=True))
        await stage.rests()

    assert ([], []) == (stage.phone.texts, stage.turns)
    assert [("lease lost", {})] == stage.witness.noted


async def test_a_ledger_that_is_away_is_asked_again() -> None:
    """It is noted when it goes and when it is back; what waits is answered then."""
    stage = Stage()

    async with stage.attending():
        await stage.rests()
        await stage.hears("hello")
        await away(stage, 30)
        await stage.rests()

    assert ["re: hello"] == stage.phone.texts
    assert ["ledger away", "ledger back"] == [event for event, _ in stage.witness.noted][:2]
    assert "told not to" in str(stage.witness.noted[0][1]["reason"])


async def test_a_ledger_that_is_away_is_not_pestered() -> None:
    """The waits grow to eight seconds."""
    stage = Stage()
    stage.ledger.away = True

    async with stage.attending():
        await stage.clock.sleep(60)
        asked = stage.life.steps

    assert 4 + (60 - 15) // 8 + 1 == asked


async def test_nobody_rests_while_the_ledger_is_away() -> None:
    """Whether something is due is unknown then."""
    stage = Stage()
    stage.ledger.away = True
    await stage.hears("hello")

    async with stage.attending(), asyncio.TaskGroup() as group:
        resting = group.create_task(stage.rests())
        await stage.clock.sleep(60)
        early = resting.done()
        stage.ledger.away = False
        await resting

        assert (False, ["re: hello"]) == (early, stage.phone.texts)


async def test_a_renewal_that_fails_is_not_the_end() -> None:
    """While the lease is good the turn goes on."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 15), "at last"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(5)
        await away(stage, 5)
        await stage.rests()

    assert ["at last"] == stage.phone.texts
    assert (1, 1) == (stage.witness.count("ledger away"), stage.witness.count("ledger back"))


async def test_many_turns_that_find_the_ledger_away_note_it_once() -> None:
    """The log tells when it began, not how many it met."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 2), "never"]] * 5
    for number in range(5):
        await stage.hears("hello", where=place(str(number)))

    async with stage.attending():
        await stage.clock.sleep(1)
        await away(stage, 3)
        await stage.clock.sleep(LEASE_S)
        stage.bells.wake()
        await stage.rests()

    assert ["re: hello"] * 5 == stage.phone.texts
    assert (1, 1) == (stage.witness.count("ledger away"), stage.witness.count("ledger back"))
    assert [] == stage.witness.broken


async def test_the_reason_is_told_whole() -> None:
    """However deep in groups of tasks it happened, the log names what happened."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 1), "never"]]
    await stage.hears("hello")

    async with stage.attending():
        await stage.clock.sleep(0.5)
        await away(stage, 1)

    assert [
        ("ledger away", {"reason": "the database did not answer: it was told not to"})
    ] == stage.witness.noted


async def test_what_fails_again_and_again_is_given_up() -> None:
    """Where the ledger does all else, one visit is tried thrice; then its person is told."""
    stage = Stage()
    stage.actor.scripts = [[_fails], [_fails], [_fails], ["well"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.rests()
        await stage.hears("and now?")
        await stage.rests()

    (sorry, well) = stage.phone.texts
    assert (True, "well") == (sorry.startswith("sorry (server)"), well)
    assert ["failed", "answered"] == stage.outcomes
    assert 1 == len(stage.witness.broken)


async def test_a_ledger_that_goes_away_again_and_again_is_no_such_failure() -> None:
    """However often a visit finds it away, it is paid when it is back."""
    stage = Stage()

    async def goes_away() -> None:
        stage.ledger.away = True
        await _fails()

    stage.actor.scripts = [[goes_away]] * 4

    async with stage.attending():
        await stage.hears("hello")
        for _ in range(4):
            await stage.clock.sleep(2 * LEASE_S)
            stage.ledger.away = False
        await stage.clock.sleep(2 * LEASE_S)

    assert ["re: hello"] == stage.phone.texts
    assert [] == stage.witness.broken


async def _fails() -> None:
    raise LedgerUnavailable("the database did not answer: it is malformed")


async def test_a_turn_that_outlived_its_lease_gives_way_to_the_next() -> None:
    """After a long silence of the ledger the same process attends anew, and only once."""
    stage = Stage()
    stage.actor.scripts = [
        [partial(stage.clock.sleep, 200), "never"],
        [partial(stage.clock.sleep, 30), "late"],
    ]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        await away(stage, 2 * LEASE_S)
        stage.bells.wake()
        await stage.clock.sleep(LEASE_S)

        assert ([], 1) == (stage.phone.texts, stage.actor.closed)

        await stage.clock.sleep(LEASE_S)
        await stage.hears("still there?")
        await stage.rests()

    assert ["late", "re: still there?"] == stage.phone.texts
    assert (1, []) == (stage.witness.count("lease lost"), stage.witness.broken)


async def test_a_visit_may_begin_while_the_last_one_leaves() -> None:
    """A conversation that is claimed anew before its last visit is over breaks nothing."""
    stage = Stage(tail=Slow())
    stage.actor.scripts = [["one", partial(stage.hears, "more"), "two"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(0.6)
        stage.bells.wake()
        await stage.clock.sleep(0.1)
        await stage.hears("and more")
        await stage.clock.sleep(5)

        assert ["one", "two", "re: more", "re: and more"] == stage.phone.texts

        await stage.hears("again")
        await stage.rests()

    assert stage.transcript[-2:] == ["again", "re: again"]


async def test_a_place_with_long_waits_is_renewed() -> None:
    """A lease is as good as its renewals, however the bubbles wait."""
    stage = Stage(["one", "two"], pace=replace(BRISK, lease_s=3))
    stage.phone.faults = [partial(stage.clock.sleep, 30)]
    await stage.hears("hello")

    await stage.plays()

    assert (["one", "two"], []) == (stage.phone.texts, stage.witness.broken)
