"""Stopping: finish or park, claim nothing new, leave nothing running."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from tests.cast import place
from tests.jump import START
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping


async def test_stopping_goes_on_until_all_is_said() -> None:
    """Turns under way are finished, and the attendant stops as soon as they are."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 5), "two"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)

    assert ["one", "two"] == stage.phone.texts
    assert 5.25 == stage.clock.elapsed()


async def test_stopping_claims_nothing_new() -> None:
    """What comes while we stop waits for another process."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 5), "two"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        stage.attendant.stop()
        await stage.hears("hello", where=place("8"))

    assert ["one", "two"] == stage.phone.texts
    assert ["answered", "waiting"] == stage.states


async def test_stopping_at_once_when_nothing_is_done() -> None:
    """Without a turn under way no time is lost."""
    stage = Stage()

    async with stage.attending():
        await stage.clock.sleep(1)

    assert 1 == stage.clock.elapsed()


async def test_what_takes_too_long_is_parked() -> None:
    """When the time to drain is over the conversation is given back; another goes on at once."""
    stage = Stage()
    stage.actor.scripts = [["one", partial(stage.clock.sleep, 100), "never"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
    later = stage.beside(["one", "two"])
    await later.plays()

    assert BRISK.drain_s - 2 + 1 == (later.actor.scenes[0].now - START).total_seconds()
    assert (("one",), ["two"]) == (later.actor.scenes[0].spoken, later.phone.texts)
    assert (["answered"], 0) == (stage.outcomes, stage.witness.count("not parked"))


async def test_what_cannot_be_parked_is_noted() -> None:
    """A ledger that is away when we stop costs two seconds; the lease will end by itself."""
    stage = Stage(pace=replace(BRISK, drain_s=10))
    stage.actor.scripts = [[partial(stage.clock.sleep, 100), "never"]] * 2

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        stage.ledger.away = True

    assert (1, 9) == (stage.witness.count("not parked"), stage.clock.elapsed())


async def test_parking_waits_for_no_ledger() -> None:
    """A ledger that hangs when we stop is given up."""
    stage = Stage(pace=replace(BRISK, drain_s=10))
    stage.actor.scripts = [[partial(stage.clock.sleep, 100), "never"]]

    async with stage.attending():
        await stage.hears("hello")
        await stage.clock.sleep(1)
        stage.attendant.stop()
        await stage.clock.sleep(1)
        stage.life.ends = stage.life.steps + 2

    assert stage.witness.count("not parked")
    assert 11 == stage.clock.elapsed()


async def test_cancelled_it_parks_too() -> None:
    """Who is cancelled leaves nothing running and gives everything back."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 100), "never"]]
    await stage.hears("hello")

    async with asyncio.TaskGroup() as group:
        attending = group.create_task(stage.attendant.run())
        await stage.clock.sleep(1)
        attending.cancel()

    assert (["claim", "Released"], 1) == (stage.diary, stage.clock.elapsed())
    assert stage.ledger.store.places[1].ready_at


async def test_resting_is_told_to_everybody_who_asked() -> None:
    """Whoever waits for rest is told after a claim that was made later, and found nothing."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 5), "one"]]
    rested: list[float] = []

    async def wait() -> None:
        await stage.rests()
        rested.append(stage.clock.elapsed())

    async with stage.attending():
        await stage.rests()
        await stage.hears("hello")
        async with asyncio.TaskGroup() as group:
            group.create_task(wait())
            await stage.clock.sleep(1)
            group.create_task(wait())

    assert [5.25, 5.25] == rested


async def test_no_rest_is_told_by_a_claim_made_before() -> None:
    """A message that comes while the answer to a claim travels counts for who asks after it."""
    stage = Stage()
    stage.ledger.travels_s = 2

    async with stage.attending():
        await stage.clock.sleep(1)
        await stage.hears("hello")
        await stage.rests()

        assert ["re: hello"] == stage.phone.texts
