"""A talk with the real process between both far sides, in which each answer is known before."""

import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from tests.far_side.botapi import BotApi, Person
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body
from tests.living import Living, Nursery, settings

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

    async def begun(self, person: Person, name: str) -> None:
        """*person* writes about *name*; the model has said the beginning, and is held there."""
        self.model.hold()
        self.tell(person, name)
        self.model.step(3)
        await self.telegram.until(lambda: self.said(person))

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

    def prove(self, *aside: str) -> None:
        """All are answered, in the order in which they asked, and told nothing but this *aside*."""
        for person, names in self.told.items():
            expected = [one for name in names for one in paragraphs(name)]
            said = [one for one in self.said(person) if one not in aside]
            assert expected == list(dict.fromkeys(said))


@asynccontextmanager
async def talking(
    folder: Path,
    born: Nursery,
    *,
    database: str = "",
    drain_s: float = 25,
    words: tuple[str, ...] = ("run",),
    more: str = "",
    stream: str = "bubbles",
) -> AsyncIterator[Talk]:
    """A talk with a process that has been started; *more* are further tables of its settings."""
    async with BotApi() as telegram, ModelServer() as model:
        model.otherwise = tale
        more = f"drain_s = {drain_s}\n{more}"
        chosen = settings(telegram.url, model.url, database=database, more=more, stream=stream)
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
