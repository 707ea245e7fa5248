"""The worker that says what is due, when it is due, and once."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from anima.errors import BackendUnavailable, LedgerUnavailable, Refused
from anima.ports import BotName
from memory.schedule import Job, Next
from service.bell import Bell
from service.schedule import POLL_S, Scheduling
from service.schedule_lines import missed, reminded
from tests.jump import START, JumpClock
from tests.persona_fakes import Notebook

pytestmark = pytest.mark.jumping

BOT: Final = ("telegram", "anima")
LATE: Final = "You wanted me to remind you"
AWAY: Final = "I was away and missed what you wanted at that time:"


class Book:
    """A schedule in memory, which two workers may share; *away* while its database is."""

    def __init__(self, *jobs: Job) -> None:
        self.jobs = {job.id: job for job in jobs}
        self.leases: dict[int, datetime] = {}
        self.told: list[tuple[float, str]] = []
        self.reported: list[tuple[float, str]] = []
        self.moved: list[Next] = []
        self.away = False
        self.shut = False

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Job, ...]:
        self._answers()
        now = JumpClock().now()
        due = [
            replace(job, attempts=job.attempts + 1)
            for job in self.jobs.values()
            if job.due <= now and self.leases.get(job.id, now) <= now and bots
        ]
        for job in due:
            self.jobs[job.id] = job
            self.leases[job.id] = now + timedelta(seconds=240 if job.deed == "do" else 20)
        return tuple(sorted(due, key=lambda job: job.due))[:limit]

    async def next_due(self, bots: Collection[BotName]) -> datetime | None:
        self._answers()
        found = [max(job.due, self.leases.get(job.id, job.due)) for job in self.jobs.values()]
        return min(found, default=None)

    async def say(self, job: Job, lines: Sequence[str], then: Next) -> bool:
        self._answers()
        await asyncio.sleep(0.01)
        if self.shut or self.jobs.get(job.id) != job:
            return False
        self._move_on(job, then)
        self.told += [(round(asyncio.get_running_loop().time()), line) for line in lines]
        return bool(lines)

    async def miss(self, jobs: Sequence[tuple[Job, Next]], line: str) -> bool:
        self._answers()
        for job, then in jobs:
            self._move_on(job, then)
        self.reported.append((round(asyncio.get_running_loop().time()), line))
        return True

    async def postpone(self, job: Job, until: datetime) -> None:
        self._answers()
        self.leases[job.id] = until

    def _move_on(self, job: Job, then: Next) -> None:
        self.moved.append(then)
        self.leases.pop(job.id, None)
        del self.jobs[job.id]
        if then.due:
            self.jobs[job.id] = replace(job, due=then.due, attempts=0)

    def _answers(self) -> None:
        if self.away:
            raise LedgerUnavailable("away")


class Poet:
    """Words for intentions, or what goes wrong first; *takes_s* of time it needs."""

    def __init__(self, *plays: Sequence[str] | Exception, takes_s: float = 0) -> None:
        self.plays = list(plays)
        self.takes_s = takes_s
        self.asked: list[str] = []
        self.at_once = self.most = 0

    async def words(self, job: Job) -> Sequence[str]:
        self.asked.append(job.text)
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(self.takes_s)
        self.at_once -= 1
        play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        if isinstance(play, Exception):
            raise play
        return play


def tea(after_s: float, language: str = "en", number: int = 1, **more: Any) -> Job:
    due = START + timedelta(seconds=after_s)
    return Job(number, 7, due, "tea", language, asked_in=7, **more)


@asynccontextmanager
async def working(*workers: Scheduling) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(worker.run()) for worker in workers]
        yield
        for task in tasks:
            task.cancel()


def worker(
    book: Book,
    witness: Notebook | None = None,
    bell: Bell | None = None,
    poet: Poet | None = None,
    catch_up_s: float = 3600,
) -> Scheduling:
    channels: Any = {BOT: None}
    return Scheduling(
        book,
        poet or Poet([]),
        channels,
        JumpClock(),
        witness or Notebook(),
        bell or Bell(),
        catch_up_s=catch_up_s,
    )


async def test_told_when_it_is_due() -> None:
    """Each is said at its moment, in order, and once."""
    book = Book(tea(4), tea(100, "zh", 2), tea(40, "ja", 3), tea(50, number=4, deed="say"))

    async with working(worker(book)):
        await asyncio.sleep(200)

    assert [
        (4, "You wanted me to remind you: tea"),
        (40, "リマインドのお約束でした：tea"),
        (50, "tea"),
        (100, "你让我提醒你：tea"),
    ] == book.told


async def test_two_workers_tell_it_once() -> None:
    """Of two processes one tells a reminder."""
    book = Book(tea(4), tea(5, number=2))
    witness = Notebook()

    async with working(worker(book, witness), worker(book, witness)):
        await asyncio.sleep(60)

    assert [4, 5] == [at for at, _ in book.told]
    assert ["said on schedule", "said on schedule"] == [event for event, _ in witness.noted]


async def test_a_new_one_wakes_the_worker() -> None:
    """One that is due before the next look is said in time when somebody rings."""
    book, bell = Book(), Bell()

    async with working(worker(book, bell=bell)):
        await asyncio.sleep(2)
        book.jobs[1] = tea(6)
        bell.ring()
        await asyncio.sleep(30)

    assert [6] == [at for at, _ in book.told]


async def test_what_another_process_made_is_found() -> None:
    """Without a ring it is found within the time between two looks."""
    book = Book()

    async with working(worker(book)):
        await asyncio.sleep(2)
        book.jobs[1] = tea(6)
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
    assert [
        "the schedule waits for the database",
        "said on schedule",
        "the schedule goes on",
    ] == [event for event, _ in witness.noted]


async def test_one_that_cannot_be_told_yet() -> None:
    """A place that is just moving is tried again when the lease is over."""
    book = Book(tea(0))
    book.shut = True

    async with working(worker(book)):
        await asyncio.sleep(10)
        book.shut = False
        await asyncio.sleep(20)

    assert [20] == [at for at, _ in book.told]


async def test_what_was_due_while_we_were_down_is_told_with_its_time() -> None:
    """Within the time to catch up; a moment later nobody has to be told."""
    book = Book(tea(-3000), tea(-100, number=2))

    async with working(worker(book)):
        await asyncio.sleep(10)

    assert [
        "You wanted me to remind you (from 2026-01-05 07:10): tea",
        "You wanted me to remind you: tea",
    ] == [line for _, line in book.told]
    assert [] == book.reported


async def test_what_is_too_late_is_reported_in_one_line() -> None:
    """To who asked, all of it together, and nothing of it is said any more."""
    book = Book(tea(-4000), tea(-90000, number=2), replace(tea(-5000, "zh", 3), asked_in=8))

    async with working(worker(book)):
        await asyncio.sleep(10)

    assert [] == book.told
    assert [
        f"{AWAY} “tea” (2026-01-04 07:00), “tea” (2026-01-05 06:53).",
        "我不在的时候错过了你交代的事：“tea”（2026-01-05 06:36）。",
    ] == [line for _, line in book.reported]
    assert [Next(None, 1)] * 3 == book.moved


@pytest.mark.slow
async def test_what_comes_again_is_said_once_after_three_days() -> None:
    """The newest time is caught up with, those before it are counted, and it goes on."""
    daily = tea(-3 * 86400 - 600, cron="50 7 * * *")
    book = Book(daily)

    async with working(worker(book)):
        await asyncio.sleep(86400)

    assert [
        (0, f"{LATE} (from 2026-01-05 07:50, and 3 × before it that I missed): tea"),
        (85800, "You wanted me to remind you: tea"),
    ] == book.told
    assert [Next(START + timedelta(days=1, minutes=-10), 3)] == book.moved[:1]
    assert [] == book.reported


@pytest.mark.slow
async def test_what_comes_again_and_is_too_late_waits_for_its_next_time() -> None:
    """All of its times are missed, and who asked is told how many."""
    book = Book(tea(-2 * 86400 - 7200, cron="0 6 * * *"))

    async with working(worker(book)):
        await asyncio.sleep(86400)

    assert [f"{AWAY} “tea” (3 × since 2026-01-03 06:00)."] == [line for _, line in book.reported]
    assert [79200] == [at for at, _ in book.told]


async def test_an_intention_is_worded_and_holds_up_nobody() -> None:
    """What others wait for is said while a model looks for words."""
    book = Book(tea(4, deed="do"), tea(5, number=2))
    poet = Poet(["Tea?", "It is four."], takes_s=60)

    async with working(worker(book, poet=poet)):
        await asyncio.sleep(15)
        early = list(book.told)
        await asyncio.sleep(60)

    assert [(5, "You wanted me to remind you: tea")] == early
    assert [(64, "Tea?"), (64, "It is four.")] == book.told[1:3]


async def test_only_so_many_intentions_at_once() -> None:
    """The model has other work; all of them are worded in the end."""
    book = Book(*(tea(4, number=number, deed="do") for number in range(1, 10)), tea(5, number=10))
    poet = Poet(["Tea?"], takes_s=5)

    async with working(worker(book, poet=poet)):
        await asyncio.sleep(60)

    assert 4 == poet.most
    assert (5, "You wanted me to remind you: tea") == book.told[0]
    assert 10 == len(book.told)


async def test_a_persona_may_keep_silent() -> None:
    """Nothing is said, it is noted, and the job is done with."""
    book, witness = Book(tea(4, deed="do")), Notebook()

    async with working(worker(book, witness, poet=Poet([]))):
        await asyncio.sleep(60)

    assert ([], {}) == (book.told, book.jobs)
    assert ["kept silent on schedule"] == [event for event, _ in witness.noted]


@pytest.mark.parametrize(
    "trouble", [BackendUnavailable("away"), Refused("no"), RuntimeError("broken")]
)
async def test_what_goes_wrong_is_tried_again(trouble: Exception) -> None:
    """After a while, and the others go on meanwhile."""
    book = Book(tea(4, deed="do"), tea(30, number=2))

    async with working(worker(book, poet=Poet(trouble, ["Tea?"]))):
        await asyncio.sleep(100)

    assert [(30, "You wanted me to remind you: tea"), (64, "Tea?")] == book.told


async def test_what_never_succeeds_is_missed() -> None:
    """When the time to catch up is over, who asked is told."""
    book = Book(tea(4, deed="do"))

    async with working(worker(book, poet=Poet(BackendUnavailable("away")), catch_up_s=300)):
        await asyncio.sleep(1000)

    assert [] == book.told
    assert [(364, f"{AWAY} “tea” (2026-01-05 08:00).")] == book.reported


async def test_a_database_that_goes_away_while_somebody_looks_for_words() -> None:
    """The lease runs out, and it is said then."""
    book, witness = Book(tea(4, deed="do")), Notebook()

    async with working(worker(book, witness, poet=Poet(["Tea?"], takes_s=2))):
        await asyncio.sleep(5)
        book.away = True
        await asyncio.sleep(3)
        book.away = False
        await asyncio.sleep(300)

    assert 1 == len(book.told)
    assert "not said, its lease runs out" in [event for event, _ in witness.noted]


async def test_a_database_that_is_away_when_it_should_be_tried_later() -> None:
    """Nothing breaks: the lease runs out, too."""
    book, witness = Book(tea(4, deed="do")), Notebook()
    poet = Poet(BackendUnavailable("away"), ["Tea?"], takes_s=2)

    async with working(worker(book, witness, poet=poet)):
        await asyncio.sleep(5)
        book.away = True
        await asyncio.sleep(3)
        book.away = False
        await asyncio.sleep(300)

    assert ["Tea?"] == [line for _, line in book.told]
    assert "not postponed, its lease runs out" in [event for event, _ in witness.noted]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Ich sollte dich erinnern: tea"),
        ("xx", "You wanted me to remind you: tea"),
        ("", "You wanted me to remind you: tea"),
    ],
)
def test_lines(language: str, said: str) -> None:
    """A reminder is told in the person's language, else in English."""
    assert said == reminded(tea(0, language), None)


@pytest.mark.parametrize(
    ("language", "before", "said"),
    [
        ("en", 0, "You wanted me to remind you (from 2026-01-05 17:00): tea"),
        ("zh", 0, "你让我提醒你（原定 2026-01-05 17:00）：tea"),
        ("ja", 0, "リマインドのお約束でした（2026-01-05 17:00 の分）：tea"),
        ("zh", 2, "你让我提醒你（原定 2026-01-05 17:00，之前还错过了 2 次）：tea"),
        (
            "ja",
            2,
            "リマインドのお約束でした（2026-01-05 17:00 の分。その前にも 2 回逃しました）：tea",
        ),
    ],
)
def test_late_lines(language: str, before: int, said: str) -> None:
    """They tell for when it was, by the clock of who asked."""
    assert said == reminded(tea(0, language, zone="Asia/Tokyo"), START, before)


def test_braces_in_a_reminder() -> None:
    """What somebody wrote is told as it stands."""
    job = Job(1, 7, START, "{0} {x}", "en")

    assert "You wanted me to remind you: {0} {x}" == reminded(job, None)
    assert "“{0} {x}” (2026-01-05 08:00)" in missed([(job, Next(missed=1))])


def test_very_many_missed_are_one_line() -> None:
    """The first ones by name, the others by their number; of long ones the beginning."""
    long = replace(tea(0), text="x" * 500)

    line = missed([(long, Next(missed=1))] * 7)

    assert line.count("xxx…") == 5
    assert line.endswith("and 2 more.")
    assert datetime(2026, 1, 5, 8, tzinfo=UTC) == START
