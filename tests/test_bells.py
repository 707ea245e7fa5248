"""Bells: who waits is heard at once."""

import asyncio

import pytest

from anima.bells import Bells
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping


async def waited(bells: Bells) -> float:
    """How long the house bell took."""
    clock = JumpClock()
    began = clock.elapsed()
    await bells.rang(10)
    return clock.elapsed() - began


async def test_a_place_without_a_visit_rings_the_house() -> None:
    """Once for all that came until then."""
    bells = Bells()
    bells.ring([1])
    bells.ring([2])

    times = [await waited(bells), await waited(bells)]

    assert [0, 10] == times


async def test_a_place_with_a_visit_rings_there() -> None:
    """The visit hears it, and the house does not."""
    bells = Bells()

    with bells.room(1) as bell:
        bells.ring([1])
        rang = bell.is_set()
        bell.clear()
        waiting = await waited(bells)

    assert (True, 10, 10) == (rang, waiting, await waited(bells))


async def test_what_a_visit_did_not_notice_rings_the_house() -> None:
    """In the end it is passed on."""
    bells = Bells()

    with bells.room(1):
        bells.ring([1])

    assert 0 == await waited(bells)


async def test_what_rang_between_claim_and_visit_is_heard_by_the_visit() -> None:
    """A message may come when the conversation is claimed and its bell not yet hung."""
    bells = Bells()
    bells.ring([1])

    with bells.room(1) as bell, bells.room(2) as other:
        rang = (bell.is_set(), other.is_set())

    assert (True, False) == rang


async def test_what_rang_before_a_claim_is_forgotten() -> None:
    """The claim finds it."""
    bells = Bells()
    bells.ring([1])
    bells.forget()

    with bells.room(1) as bell:
        rang = bell.is_set()

    assert not rang


async def test_waking_rings_the_house() -> None:
    """For whatever reason there is."""
    bells = Bells()
    bells.wake()

    assert 0 == await waited(bells)


@pytest.mark.parametrize("first_leaves_first", [True, False])
async def test_two_visits_of_one_place_may_overlap(first_leaves_first: bool) -> None:
    """The later one hears what rings; whoever leaves first takes nobody's bell."""
    bells = Bells()
    first, second = bells.room(1), bells.room(1)
    first.__enter__()
    bell = second.__enter__()
    leaving, staying = (first, second) if first_leaves_first else (second, first)

    leaving.__exit__(None, None, None)
    bells.ring([1])
    rang = bell.is_set()
    staying.__exit__(None, None, None)
    bells.ring([1])

    assert first_leaves_first == rang
    assert 0 == await waited(bells)


async def test_who_is_asleep_is_woken() -> None:
    """The bell is heard at the moment it rings."""
    bells = Bells()

    async with asyncio.TaskGroup() as group:
        sleeping = group.create_task(waited(bells))
        await asyncio.sleep(3)
        bells.ring([1])

    assert 3 == sleeping.result()
