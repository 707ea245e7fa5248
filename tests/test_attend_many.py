"""Many conversations, several attendants, all weathers: everything is answered, in order, once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings

from tests.cast import place
from tests.in_memory_rows import lines
from tests.jump import JumpingLoop
from tests.stage import BRISK, Stage
from tests.weather import CHATS, STEP_S, Weather, messages, weather

PROCESSES = 3
PACE = replace(BRISK, linger_s=1, poll_s=3, max_age_s=100)


@pytest.mark.jumping
async def test_conversations_do_not_wait_for_each_other() -> None:
    """Fifty slow answers take as long as one."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 10), "done"]] * 50
    for number in range(50):
        await stage.hears("hello", where=place(str(number)))

    async with stage.attending():
        await stage.clock.sleep(10.5)

        assert ["done"] * 50 == stage.phone.texts


@pytest.mark.jumping
async def test_no_more_are_attended_than_there_is_room_for() -> None:
    """A place that falls free is taken at once, by who has waited longest."""
    stage = Stage(pace=replace(BRISK, conversations=2))
    stage.phone.takes_s = 0
    stage.actor.scripts = [[partial(stage.clock.sleep, 10), "done"]] * 6
    for number in range(6):
        await stage.hears("hello", where=place(str(number)))
        await stage.clock.sleep(1)

    async with stage.attending():
        await stage.clock.sleep(31)

    assert [6, 6, 16, 16, 26, 26] == [began for _, began, _ in stage.actor.spoke]
    assert list("012345") == [scene.conversation.chat for scene in stage.actor.scenes]
    assert ["done"] * 6 == stage.phone.texts


async def lived_through(sky: Weather) -> list[Stage]:
    """Several processes over one store, in this weather, and one more that outlives them."""
    first = Stage(pace=PACE)
    stages = [first, *(first.beside(pace=PACE) for _ in range(PROCESSES - 1))]
    for number, stage in enumerate(stages):
        sky.fall_on(stage, number)
    last = first.beside(pace=PACE)
    async with AsyncExitStack() as stack:
        for stage in stages:
            await stack.enter_async_context(stage.attending())
        now = 0
        for step, (number, event) in sorted(sky.events.items()):
            await first.clock.sleep((step - now) * STEP_S)
            now = step
            await event.befall(stages[number])
        await first.clock.sleep(5)
    async with last.attending():
        await last.clock.sleep(500)
        await last.rests()
    return [*stages, last]


def loose_ends(stages: Sequence[Stage]) -> list[str]:
    """All that is not as it should be when everything is over."""
    store = stages[0].ledger.store
    heard = [f"{row.text} {row.state}" for row in store.heard.values() if row.state == "waiting"]
    turns = [f"turn {turn.id}" for turn in store.turns.values() if turn.outcome is None]
    said = [
        f"{row.text} {row.state}"
        for row in store.said.values()
        if row.state not in {"delivered", "failed"}
    ]
    places = [
        f"place {one.id}"
        for one in store.places.values()
        if one.lease_until is not None or one.ready_at is not None
    ]
    return heard + turns + said + places


def first_arrivals(stages: Sequence[Stage], chat: str) -> list[int]:
    """The bubbles of a conversation in the order in which they arrived, repeats left out."""
    arrived = sorted(
        (at, key)
        for stage in stages
        for (where, _), at, key in zip(
            stage.phone.sent, stage.phone.sent_at, stage.phone.keys, strict=True
        )
        if where == chat
    )
    return list(dict.fromkeys(key for _, key in arrived))


def repeats(stages: Sequence[Stage]) -> int:
    """How many bubbles arrived once too often."""
    counts = Counter(key for stage in stages for key in stage.phone.keys)
    return sum(count - 1 for count in counts.values())


async def forgotten(stages: Sequence[Stage]) -> list[str]:
    """Conversations whose lines kept at hand are not those of the ledger."""
    store = stages[0].ledger.store
    wrong = []
    for stage in stages:
        for one in store.places.values():
            kept = await stage.tail.get(one.id)
            if kept and kept.epoch == one.epoch:
                known = [(line.speaker, line.text) for line in kept.lines]
                told = [(line.speaker, line.text) for line in lines(store, one.id)]
                if known != told[-40:]:
                    wrong.append(f"{one.id}: {known} {told}")
    return wrong


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(weather(PROCESSES))
def test_all_is_answered_in_every_weather(sky: Weather) -> None:
    """Whatever breaks: every message is dealt with, bubbles arrive in order, memory is exact.

    A bubble arrives twice only when a process died or lost its ledger while sending it.
    """

    async def live() -> None:
        stages = await lived_through(sky)

        assert [] == loose_ends(stages)
        for chat in CHATS:
            arrived = first_arrivals(stages, chat)
            assert sorted(arrived) == arrived
        assert repeats(stages) <= sky.violence * len(CHATS)
        assert [] == await forgotten(stages)

    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(live())


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(weather(PROCESSES, messages))
def test_nobody_answers_where_somebody_answers(sky: Weather) -> None:
    """In a weather without deaths no conversation is ever attended to by two, nor said to twice."""

    async def live() -> None:
        stages = await lived_through(sky)

        assert [] == loose_ends(stages)
        assert 0 == repeats(stages)
        for (chat, _, ended), (where, began, _) in pairwise(
            sorted(one for stage in stages for one in stage.actor.spoke)
        ):
            assert chat != where or ended <= began

    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(live())
