"""Whenever the process is killed: every message is answered, in order, and none twice."""

import asyncio
import random
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.far_side.botapi import Fault, Person
from tests.living import Living, Nursery, settings
from tests.moments import (
    asking,
    confirming,
    handed_out,
    handing_out,
    losing,
    of_ann,
    sending,
    sent,
    streaming,
)
from tests.talk import in_flight, paragraphs, talking

pytestmark = pytest.mark.slow

MOMENTS = {
    "handing out": (handing_out, 0),
    "handed out": (handed_out, 0),
    "confirming": (confirming, 1),  # it waits for who was heard, so by then we may be speaking
    "asking": (asking, 0),
    "first delta": (streaming(1), 0),
    "in mid-answer": (streaming(3), 1),
    "last delta": (streaming(5), 1),
    "sending the first": (sending(1), 1),
    "losing the first": (losing(1), 0),
    "first sent": (sent(1), 1),
    "sending the second": (sending(2), 1),
    "losing the second": (losing(2), 0),
    "second sent": (sent(2), 1),
    "sending the last": (sending(3), 1),
    "losing the last": (losing(3), 0),
    "last sent": (sent(3), 1),
}
"""Each moment, and how many bubbles may be in flight then."""


@pytest.mark.parametrize("name", MOMENTS)
async def test_killed_at_any_moment_it_answers_after_the_next_start(
    name: str, tmp_path: Path, born: Nursery
) -> None:
    """What was cut off is finished soon after the start, and only what was in flight repeats."""
    moment, repeated = MOMENTS[name]
    async with talking(tmp_path, born) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        nth = moment(talk)
        talk.tell(ann, "rain")
        await asyncio.wait_for(nth.killed.wait(), 10)
        flying = in_flight(tmp_path)

        talk.restart()
        await talk.answered()
        talk.tell(ann, "snow")
        await talk.answered()

        talk.prove()
        assert set(talk.repeats()) <= flying
        assert len(talk.repeats(ann)) <= repeated


@pytest.mark.parametrize("name", ["confirming", "in mid-answer", "losing the second"])
async def test_on_postgresql_it_is_the_same(
    name: str, tmp_path: Path, born: Nursery, postgres_url: str
) -> None:
    """The other database frees the leases of the dead as quickly and keeps the same promise."""
    moment, repeated = MOMENTS[name]
    async with talking(tmp_path, born, database=postgres_url) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        nth = moment(talk)
        talk.tell(ann, "rain")
        await asyncio.wait_for(nth.killed.wait(), 10)

        talk.restart()
        await talk.answered()

        talk.prove()
        assert len(talk.repeats(ann)) <= repeated


async def test_the_rest_of_an_answer_follows_what_was_delivered(
    tmp_path: Path, born: Nursery
) -> None:
    """Killed while the model still writes, it says the rest, and not again what has arrived."""
    async with talking(tmp_path, born) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        await talk.begun(ann, "rain")
        talk.tell(talk.telegram.person(8, "Bob"), "hail")
        await talk.model.until(lambda: len(talk.model.requests) == 3)  # so hers is in the ledger

        talk.anima.kill()
        talk.model.flow()
        talk.restart()
        await talk.answered()

        talk.prove()
        assert [] == talk.repeats(ann)
        resumed = [one for one in talk.model.requests[3:] if "cut off after" in str(one.body)]
        assert ["rain alpha."] == re.findall(r"rain \w+\.", str(resumed[0].body["messages"][-1]))


async def test_an_ordered_wait_survives(tmp_path: Path, born: Nursery) -> None:
    """Killed while Telegram made it wait, it delivers the bubble once, and others meanwhile."""
    async with talking(tmp_path, born) as talk:
        await talk.warmed_up()
        ann, bob = talk.telegram.person(), talk.telegram.person(8, "Bob")
        slow_down = Fault.slow_down(1)
        talk.telegram.faults.add("sendMessage", slow_down, when=of_ann)
        talk.tell(ann, "rain")
        await talk.telegram.until(lambda: talk.telegram.count["sendMessage"] == 4)
        talk.tell(bob, "hail")
        await talk.answered(bob)

        talk.restart()
        await talk.answered()

        talk.prove()
        assert [] == talk.repeats(ann)


async def test_killed_again_and_again_it_finishes_in_the_end(tmp_path: Path, born: Nursery) -> None:
    """One message whose turn is cut off four times, each time further on, is answered whole."""
    async with talking(tmp_path, born) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        nth = handed_out(talk)
        talk.tell(ann, "rain")
        for moment in (asking, streaming(3), sending(1)):
            await asyncio.wait_for(nth.killed.wait(), 10)
            talk.restart()
            nth = moment(talk)
        await asyncio.wait_for(nth.killed.wait(), 10)

        talk.restart()
        await talk.answered()

        talk.prove()
        assert len(talk.repeats(ann)) <= 1


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_at_random_in_a_busy_talk_nothing_is_lost(
    seed: int, tmp_path: Path, born: Nursery
) -> None:
    """Four people talk through five kills; all get everything, in order, and hardly a repeat."""
    chance = random.Random(seed)
    async with talking(tmp_path, born) as talk:
        people = [talk.telegram.person(number, f"P{number}") for number in range(1, 5)]
        flying: set[str] = set()
        left = chance.randrange(5, 50)

        def happened(_seen: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0 and talk.anima.kills < 5:
                talk.anima.kill()
                flying.update(in_flight(tmp_path))
                left = chance.randrange(5, 50)
                talk.anima.start()

        talk.telegram.on("getUpdates", happened, "received")
        talk.telegram.on("sendMessage", happened, "received")
        talk.telegram.on("sendMessage", happened)
        talk.model.on_request = happened
        talk.model.on_chunk = happened

        async def chat(person: Person) -> None:
            for number in range(5):
                talk.tell(person, f"p{person.id}n{number}")
                await talk.answered(person, within_s=20)

        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(chat(person))

        talk.prove()
        assert 5 == talk.anima.kills
        assert set(talk.repeats()) <= flying
        assert len(talk.repeats()) <= len(people) * talk.anima.kills


async def test_another_worker_takes_over_from_a_dead_one(
    tmp_path: Path, born: Nursery, postgres_url: str
) -> None:
    """With listener and worker apart, a new worker goes on where the killed one was."""
    async with talking(tmp_path, born, database=postgres_url, words=("listen",)) as talk:
        chosen = settings(talk.telegram.url, talk.model.url, database=postgres_url)
        (tmp_path / "worker").mkdir()
        worker = Living(tmp_path / "worker", born, chosen).start(("work",))
        await talk.warmed_up()
        ann = talk.telegram.person()
        await talk.begun(ann, "rain")

        worker.kill()
        talk.model.flow()
        worker.start(("work",))
        await talk.answered()

        talk.prove()
        assert len(talk.repeats(ann)) <= 1
        worker.kill()


async def test_asked_to_stop_it_finishes_what_is_running(tmp_path: Path, born: Nursery) -> None:
    """SIGTERM in the middle of an answer: the rest is still delivered, and the exit is clean."""
    async with talking(tmp_path, born) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        await talk.begun(ann, "rain")

        talk.anima.signal(signal.SIGTERM)
        talk.model.flow()
        code = await talk.anima.ended()

        assert 0 == code
        assert paragraphs("rain") == talk.said(ann)


async def test_what_does_not_end_in_time_is_parked(tmp_path: Path, born: Nursery) -> None:
    """An answer that takes longer than the stop may is finished after the next start."""
    async with talking(tmp_path, born, drain_s=2.1) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        await talk.begun(ann, "rain")

        talk.anima.signal(signal.SIGTERM)
        code = await talk.anima.ended()
        talk.model.flow()
        talk.restart()
        await talk.answered()

        assert 0 == code
        talk.prove()
        assert [] == talk.repeats(ann)
