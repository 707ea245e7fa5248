"""Whenever the process is killed: every message is answered, in order, and none twice."""

import asyncio
import random
import re
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from tests.far_side.botapi import BotApi, Fault, Person
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body
from tests.living import Living, Nursery, nursery, settings

pytestmark = pytest.mark.slow

PROMPT_S = 6.0
"""A lease lasts twenty seconds: whoever is quicker knew that its holder was dead."""

PARTS = ("alpha", "beta", "gamma")


@pytest.fixture(scope="module")
def born() -> Iterator[Nursery]:
    """Where the processes of this file come from."""
    with nursery() as found:
        yield found


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

    def repeats(self) -> list[str]:
        """What somebody got more than once."""
        counts = [Counter(self.said(person)) for person in self.told]
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

    def prove(self, *, repeated: int) -> None:
        """All are answered, in the order in which they asked, and *repeated* at most came twice."""
        for person, names in self.told.items():
            expected = [one for name in names for one in paragraphs(name)]
            assert expected == list(dict.fromkeys(self.said(person)))
            assert max(Counter(self.said(person)).values()) <= 1 + self.anima.kills
        assert len(self.repeats()) <= repeated, self.repeats()


@asynccontextmanager
async def talking(
    folder: Path, born: Nursery, *, database: str = "", drain_s: float = 25
) -> AsyncIterator[Talk]:
    """A talk with a process that has been started."""
    async with BotApi() as telegram, ModelServer() as model:
        model.otherwise = tale
        chosen = settings(
            telegram.url, model.url, database=database, more=f"drain_s = {drain_s}\n"
        )
        anima = Living(folder, born, chosen).start()
        try:
            yield Talk(telegram, model, anima)
        finally:
            anima.kill()


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
    ) -> None:
        self._talk = talk
        self._left = number
        self._meets = meets
        self._later = later
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
    "first sent": (sent(1), 1),
    "sending the second": (sending(2), 1),
    "second sent": (sent(2), 1),
    "sending the last": (sending(3), 1),
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

        talk.prove(repeated=repeated)
        assert set(talk.repeats()) <= flying
