"""The worker that says what is due, when it is due, and once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from anima.errors import LedgerUnavailable
from memory.reminders import Reminder
from service.reminders import POLL_S, Reminding, line
from tests.jump import START, JumpClock
from tests.persona_fakes import Notebook

pytestmark = pytest.mark.jumping


class Book:
    """Reminders in memory, which two workers may share; *away* while its database is."""

    def __init__(self, *reminders: Reminder) -> None:
        self.waiting = list(reminders)
        self.told: list[tuple[float, str]] = []
        self.away = False
        self.shut = False

    async def due(self, now: datetime, limit: int) -> tuple[Reminder, ...]:
        self._answers()
        return tuple(each for each in self.waiting if each.due <= now)[:limit]

    async def next_due(self) -> datetime | None:
        self._answers()
        return min((each.due for each in self.waiting), default=None)

    async def tell(self, reminder: Reminder, said: str) -> bool:
        self._answers()
        await asyncio.sleep(0.01)
        if self.shut or reminder not in self.waiting:
            return False
        self.waiting.remove(reminder)
        self.told.append((round(asyncio.get_running_loop().time()), said))
        return True

    def _answers(self) -> None:
        if self.away:
            raise LedgerUnavailable("away")


def tea(after_s: float, language: str = "en", number: int = 1) -> Reminder:
    return Reminder(number, 7, START + timedelta(seconds=after_s), "tea", language)


@asynccontextmanager
async def working(*workers: Reminding) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(worker.run()) for worker in workers]
        yield
        for task in tasks:
            task.cancel()


def worker(book: Book, witness: Notebook | None = None) -> Reminding:
    return Reminding(book, JumpClock(), witness or Notebook())


async def test_told_when_it_is_due() -> None:
    """Each reminder is said at its moment, in order, and once."""
    book = Book(tea(4), tea(100, "zh", 2), tea(40, "ja", 3))

    async with working(worker(book)):
        await asyncio.sleep(200)

    assert [
        (4, "You wanted me to remind you: tea"),
        (40, "リマインドのお約束でした：tea"),
        (100, "你让我提醒你：tea"),
    ] == book.told


async def test_two_workers_tell_it_once() -> None:
    """Of two processes one tells a reminder."""
    book = Book(tea(4), tea(5, number=2))
    witness = Notebook()

    async with working(worker(book, witness), worker(book, witness)):
        await asyncio.sleep(60)

    assert [4, 5] == [at for at, _ in book.told]
    assert ["reminded", "reminded"] == [event for event, _ in witness.noted]


async def test_a_new_one_wakes_the_worker() -> None:
    """A reminder that is due before the next look is said in time when somebody rings."""
    book = Book()
    reminding = worker(book)

    async with working(reminding):
        await asyncio.sleep(2)
        book.waiting.append(tea(6))
        reminding.ring()
        await asyncio.sleep(30)

    assert [6] == [at for at, _ in book.told]


async def test_what_another_process_made_is_found() -> None:
    """Without a ring it is found within the time between two looks."""
    book = Book()

    async with working(worker(book)):
        await asyncio.sleep(2)
        book.waiting.append(tea(6))
        await asyncio.sleep(30)

    assert [POLL_S] == [at for at, _ in book.told]


async def test_a_database_that_is_away_for_a_while() -> None:
    """The worker waits, says so once when it begins and once when it ends, and tells it then."""
    book, witness = Book(tea(4)), Notebook()
    book.away = True

    async with working(worker(book, witness)):
        await asyncio.sleep(100)
        book.away = False
        await asyncio.sleep(30)

    assert [105] == [at for at, _ in book.told]
    assert ["reminders wait for the database", "reminded", "reminders go on"] == [
        event for event, _ in witness.noted
    ]


async def test_one_that_cannot_be_told_yet() -> None:
    """A place that is just moving is tried again, and not without a pause."""
    book = Book(tea(0))
    book.shut = True

    async with working(worker(book)):
        await asyncio.sleep(10)
        book.shut = False
        await asyncio.sleep(10)

    assert 1 == len(book.told)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Ich sollte dich erinnern: tea"),
        ("xx", "You wanted me to remind you: tea"),
        ("", "You wanted me to remind you: tea"),
    ],
)
async def test_lines(language: str, said: str) -> None:
    """A reminder is told in the person's language, else in English."""
    assert said == line(tea(0, language))


async def test_braces_in_a_reminder() -> None:
    """What somebody wrote is told as it stands."""
    reminder = Reminder(1, 7, START, "{0} {x}", "en")

    assert "You wanted me to remind you: {0} {x}" == line(reminder)
