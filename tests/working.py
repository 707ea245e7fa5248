"""A listener with two workers on one PostgreSQL, people who talk with them, and two admins."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]  # it ships no types

from tests.far_side.botapi import Person
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body
from tests.living import Living, Nursery, settings
from tests.talk import Talk, talking

PEOPLE: Final = 20
PATIENCE_S: Final = 20
PAUSE_S: Final = 0.02
BUSY: Final = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""

SPARE: Final = """
[backends.gpu]
kind = "openai"
base_url = "{url}"

[[souls]]
name = "KU6.0"
backend = "gpu"
model = "ku-6"
fallback = ["KU1.0"]

[access]
admins = ["telegram:7", "telegram:8"]
"""


def as_model(body: Body) -> str:
    """An answer that tells which model was asked."""
    return f"{body['model']} here"


async def logged(worker: Living, event: str) -> None:
    """Wait until *worker* has written down *event*."""
    async with asyncio.timeout(PATIENCE_S):
        while event not in worker.log:  # noqa: ASYNC110 - a file tells nobody that it grew
            await asyncio.sleep(PAUSE_S)


@dataclass(slots=True)
class Workers:
    """A listener with two workers, a server of models for each version, and two admins."""

    talk: Talk
    gpu: ModelServer
    both: tuple[Living, Living]
    database: str
    ann: Person
    bob: Person
    people: tuple[Person, ...]

    async def rows(self, query: str) -> list[Any]:
        """What the database holds."""
        connection = await asyncpg.connect(self.database)
        try:
            return [tuple(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    async def say(self, text: str, people: Iterable[Person]) -> set[str]:
        """What *people* are told when all of them say *text*; each is told one thing."""
        telegram = self.talk.telegram
        known = {person: len(telegram.texts(person)) for person in people}
        for person in known:
            telegram.says(person, person, text)

        def told() -> bool:
            return all(len(telegram.texts(one)) > count for one, count in known.items())

        await telegram.until(told, PATIENCE_S)
        answers = {one: telegram.texts(one)[count:] for one, count in known.items()}
        assert {1} == {len(texts) for texts in answers.values()}
        return {texts[0] for texts in answers.values()}

    async def rest(self) -> None:
        """Wait until nobody holds a conversation any more."""
        async with asyncio.timeout(PATIENCE_S):
            held = "SELECT id FROM conversation WHERE holder IS NOT NULL"
            while await self.rows(held):  # noqa: ASYNC110 - rows tell nobody that they changed
                await asyncio.sleep(PAUSE_S)

    @asynccontextmanager
    async def alone(self, worker: Living) -> AsyncIterator[None]:
        """Only *worker* works; the other one stands still, with nothing in its hands."""
        (other,) = (one for one in self.both if one is not worker)
        await self._stops(other)
        try:
            yield
        finally:
            other.signal(signal.SIGCONT)

    async def _stops(self, worker: Living) -> None:
        """*worker* stands still, not holding a conversation and not in mid-transaction."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                await self.rest()
                worker.signal(signal.SIGSTOP)
                if not await self.rows(BUSY):
                    return
                worker.signal(signal.SIGCONT)
                await asyncio.sleep(PAUSE_S)

    async def from_each(self, text: str) -> set[str]:
        """What half of the people are told by one worker, and half by the other."""
        answers: set[str] = set()
        half = len(self.people) // 2
        for worker, people in zip(self.both, (self.people[:half], self.people[half:]), strict=True):
            async with self.alone(worker):
                answers |= await self.say(text, people)
        return answers

    def notices(self, word: str) -> list[int]:
        """How often each admin was told something with *word* in it."""
        texts = self.talk.telegram.texts
        return [sum(word in one for one in texts(admin)) for admin in (self.ann, self.bob)]


@asynccontextmanager
async def working(folder: Path, born: Nursery, database: str) -> AsyncIterator[Workers]:
    """All of it, alive; everybody has had an answer."""
    async with ModelServer() as gpu:
        more = SPARE.format(url=gpu.url)
        async with talking(folder, born, database=database, words=("listen",), more=more) as talk:
            gpu.otherwise = talk.model.otherwise = as_model
            chosen = settings(talk.telegram.url, talk.model.url, database=database, more=more)
            for name in ("one", "two"):
                (folder / name).mkdir()
            one, two = (Living(folder / name, born, chosen) for name in ("one", "two"))
            ann, bob = talk.telegram.person(), talk.telegram.person(8, "Bob")
            people = tuple(
                talk.telegram.person(number, f"P{number}") for number in range(20, 20 + PEOPLE)
            )
            workers = Workers(talk, gpu, (one, two), database, ann, bob, people)
            try:
                for worker in workers.both:
                    worker.start(("work",))
                await workers.say("hello", (ann, bob, *people))
                yield workers
            finally:
                for worker in workers.both:
                    worker.signal(signal.SIGCONT)
                    worker.kill()
                    print(worker.log)  # noqa: T201 - shown when the test fails
