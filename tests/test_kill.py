"""Whenever the process is killed: every message is answered, in order, and none twice."""

import asyncio
import random
import re
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from tests.far_side.botapi import BotApi, Fault, Person
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body
from tests.living import Living, Nursery, settings

pytestmark = pytest.mark.slow

PROMPT_S = 10.0
"""A lease lasts twenty seconds: whoever is quicker knew that its holder was dead."""

PARTS = ("alpha", "beta", "gamma")


def tale(body: Body) -> str:
    """Three paragraphs about each message that is to be answered, the same whenever asked."""
    newest = str(body["messages"][-1]["content"]).rpartition("‹now›")[2]
    names = re.findall(r"^\W*(?:‹.*› )?Tell me about (\w+)", newest, re.MULTILINE)
    return "\n\n".join(paragraph for name in names for paragraph in paragraphs(name))


def paragraphs(name: str) -> list[str]:
    """What is to be said about the message *name*."""
    return [f"{name} {part}." for part in PARTS]


class Talk:
    """Both far sides and the avatar between them."""

    def __init__(self, telegram: BotApi, model: ModelServer, anima: Living) -> None:
        self.telegram = telegram
        self.model = model
        self.anima = anima
        self.told: dict[Person, list[str]] = {}

    def tell(self, person: Person, name: str) -> dict[str, Any]:
        """*person* writes about *name*, for which there will be an answer."""
        self.told.setdefault(person, []).append(name)
        return self.telegram.says(person, person, f"Tell me about {name}")

    def said(self, person: Person) -> list[str]:
        """Each paragraph that *person* got."""
        texts = self.telegram.texts(person)
        return [paragraph for text in texts for paragraph in text.split("\n\n")]

    def repeats(self, *people: Person) -> list[str]:
        """What one of *people*, or anybody, got more than once."""
        counts = [Counter(self.said(person)) for person in people or self.told]
        return [one for count in counts for one, times in count.items() if times > 1]

    async def answered(self, *people: Person, within_s: float = PROMPT_S) -> None:
        """Wait until *people*, or all, have what they were to get, to the last paragraph."""
        wanted = {
            person: {one for name in self.told[person] for one in paragraphs(name)}
            for person in people or self.told
        }

        def all_there() -> bool:
            return all(parts <= set(self.said(person)) for person, parts in wanted.items())

        await self.telegram.until(all_there, timeout=within_s)

    async def warmed_up(self) -> None:
        """Somebody else had an answer: from now on the soul is known to think quietly."""
        zoe = self.telegram.person(99, "Zoe")
        self.tell(zoe, "weather")
        await self.answered(zoe, within_s=15)

    def restart(self) -> None:
        """Kill it, if it still lives, and start it."""
        self.anima.kill()
        self.anima.start()

    def prove(self) -> None:
        """All are answered, in the order in which they asked."""
        for person, names in self.told.items():
            expected = [one for name in names for one in paragraphs(name)]
            assert expected == list(dict.fromkeys(self.said(person)))


@asynccontextmanager
async def talking(
    folder: Path,
    born: Nursery,
    *,
    database: str = "",
    drain_s: float = 25,
    words: tuple[str, ...] = ("run",),
) -> AsyncIterator[Talk]:
    """A talk with a process that has been started."""
    async with BotApi() as telegram, ModelServer() as model:
        model.otherwise = tale
        chosen = settings(telegram.url, model.url, database=database, more=f"drain_s = {drain_s}\n")
        anima = Living(folder, born, chosen).start(words)
        try:
            yield Talk(telegram, model, anima)
        finally:
            anima.kill()
            print(anima.log)  # noqa: T201 - shown when the test fails


def in_flight(folder: Path) -> set[str]:
    """What the dead process was just sending, as far as the ledger knows."""
    with closing(sqlite3.connect(folder / "data" / "anima.db")) as ledger:
        rows = ledger.execute("SELECT text FROM said WHERE state IN ('sending', 'maybe')")
        return {part for (text,) in rows for part in text.split("\n\n")}


class Nth:
    """Kills at the *number*th time that it is called and *meets*."""

    def __init__(
        self,
        talk: Talk,
        number: int = 1,
        *,
        meets: Callable[[Any], bool] = lambda _: True,
        later: bool = False,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        self._talk = talk
        self._left = number
        self._meets = meets
        self._later = later
        self._then = then
        self.killed = asyncio.Event()

    def __call__(self, seen: Any) -> None:
        if not self._meets(seen):
            return
        self._left -= 1
        if self._left == 0 and self._later:
            asyncio.get_running_loop().call_later(0.001, self._kill)  # the answer is on its way
        elif self._left == 0:
            self._kill()

    def _kill(self) -> None:
        self._talk.anima.kill()
        self._then()
        self.killed.set()


Moment = Callable[[Talk], Nth]


def of_ann(params: Any) -> bool:
    """Whether a call is about her chat."""
    return str(params.get("chat_id")) == "7"


def handing_out(talk: Talk) -> Nth:
    """When the update is about to be given to a poll."""
    nth = Nth(talk, meets=lambda _: talk.telegram.pending > 0)
    talk.telegram.on("getUpdates", nth)
    return nth


def handed_out(talk: Talk) -> Nth:
    """When the update has just been given to a poll."""
    nth = Nth(talk, meets=lambda _: talk.telegram.pending > 0, later=True)
    talk.telegram.on("getUpdates", nth)
    return nth


def confirming(talk: Talk) -> Nth:
    """When the poll comes that confirms the update."""
    confirmed = talk.telegram.world.inbox.next_id() + 1
    nth = Nth(talk, meets=lambda params: params.whole("offset") >= confirmed)
    talk.telegram.on("getUpdates", nth, "received")
    return nth


def asking(talk: Talk) -> Nth:
    """When the model is asked."""
    nth = Nth(talk)
    talk.model.on_request = nth
    return nth


def streaming(number: int) -> Moment:
    """When the model has written its *number*th chunk."""

    def moment(talk: Talk) -> Nth:
        nth = Nth(talk, meets=lambda written: written == number)
        talk.model.on_chunk = nth
        return nth

    return moment


def sending(number: int) -> Moment:
    """When the *number*th bubble has come to Telegram, which takes it and cannot say so."""

    def moment(talk: Talk) -> Nth:
        nth = Nth(talk, number, meets=of_ann)
        talk.telegram.on("sendMessage", nth, "received")
        return nth

    return moment


def losing(number: int) -> Moment:
    """When the *number*th bubble is on its way to Telegram, where it never arrives."""

    def moment(talk: Talk) -> Nth:
        def lose() -> None:
            talk.telegram.faults.add("sendMessage", Fault.cut())

        nth = Nth(talk, number, meets=of_ann, then=lose)
        talk.telegram.on("sendMessage", nth, "received")
        return nth

    return moment


def sent(number: int) -> Moment:
    """When the *number*th bubble has been answered just now."""

    def moment(talk: Talk) -> Nth:
        nth = Nth(talk, number, meets=of_ann, later=True)
        talk.telegram.on("sendMessage", nth)
        return nth

    return moment


MOMENTS = {
    "handing out": (handing_out, 0),
    "handed out": (handed_out, 0),
    "confirming": (confirming, 0),
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
        talk.model.hold()
        talk.tell(ann, "rain")
        talk.model.step(3)
        await talk.telegram.until(lambda: talk.said(ann))
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
        nth = confirming(talk)
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
        talk.model.hold()
        talk.tell(ann, "rain")
        talk.model.step(3)
        await talk.telegram.until(lambda: talk.said(ann))

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
        talk.model.hold()
        talk.tell(ann, "rain")
        talk.model.step(3)
        await talk.telegram.until(lambda: talk.said(ann))

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
        talk.model.hold()
        talk.tell(ann, "rain")
        talk.model.step(3)
        await talk.telegram.until(lambda: talk.said(ann))

        talk.anima.signal(signal.SIGTERM)
        code = await talk.anima.ended()
        talk.model.flow()
        talk.restart()
        await talk.answered()

        assert 0 == code
        talk.prove()
        assert [] == talk.repeats(ann)
