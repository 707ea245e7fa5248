"""What a database promises to those who write to it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.util import await_only

from anima.errors import LeaseLost, LedgerUnavailable
from memory.address import to_url
from memory.database import Database
from tests.database_words import MAKE, put, putting, words


def refuse(_: Connection) -> NoReturn:
    """A job that does not want to write."""
    raise LeaseLost("not ours")


def modes(folder: Path) -> dict[str, int]:
    """Who may read the files in *folder*."""
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database with one table."""
    async with Database(to_url(url)) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        yield database


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    """The same in a file."""
    async with Database(to_url(f"sqlite:///{tmp_path / 'words.db'}")) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        yield database


async def test_what_is_written_is_read(database: Database) -> None:
    """A write returns what its job returned, and a read sees it."""
    word = await database.write(putting("你好"))

    found = await database.read(words)

    assert ("你好", ["你好"]) == (word, found)


async def test_one_bad_job_fails_alone(database: Database) -> None:
    """Of many written at once, one is refused by the database, one by itself."""
    await database.write(putting("twice"))

    async with asyncio.TaskGroup() as group:
        for word in ("a", "b"):
            group.create_task(database.write(putting(word)))
        bad = group.create_task(fails(database, IntegrityError))
        refused = group.create_task(fails(database, LeaseLost))
        group.create_task(database.write(putting("c")))

    assert ["a", "b", "c", "twice"] == await database.read(words)
    assert isinstance(bad.result(), IntegrityError)
    assert isinstance(refused.result(), LeaseLost)


async def fails(database: Database, kind: type[Exception]) -> Exception:
    """How a job fails that writes what is there already, or that refuses."""
    job = refuse if kind is LeaseLost else putting("twice")
    with pytest.raises(kind) as caught:
        await database.write(job)
    return caught.value


async def test_the_words_of_people_are_in_no_error(database: Database) -> None:
    """An error of the database ends in the log, and what people say does not."""
    await database.write(putting("secret"))

    with pytest.raises(DBAPIError) as caught:
        await database.write(
            lambda connection: connection.execute(
                text("INSERT INTO word VALUES (:word), (:word)"), {"word": "whisper"}
            )
        )

    assert "whisper" not in str(caught.value).partition("DETAIL")[0]


async def test_a_caller_who_goes_away_harms_nobody(database: Database) -> None:
    """A cancelled write may have happened or not; the next one works."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(database.write(putting(f"{n:02}"))) for n in range(10)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()

    await database.write(putting("after"))
    found = await database.read(words)
    assert {"01", "03", "05", "07", "09", "after"} <= set(found)


async def test_writes_that_gather_share_a_transaction(file: Database) -> None:
    """Fifty at once cost a few commits on one disk, not fifty."""
    commits = list[Engine]()

    def count(connection: Connection) -> None:
        commits.append(connection.engine)

    event.listen(Engine, "commit", count)
    async with asyncio.TaskGroup() as group:
        for n in range(50):
            group.create_task(file.write(putting(str(n))))
    event.remove(Engine, "commit", count)

    assert 50 == len(await file.read(words))
    assert len(commits) <= 3


async def test_a_file_is_as_safe_as_sqlite_can_make_it(file: Database) -> None:
    """Write-ahead log, each commit on the disk, and no row without what it refers to."""

    def settings(connection: Connection) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return tuple(connection.execute(text(f"PRAGMA {name}")).scalar() for name in names)

    written, read = await file.write(settings), await file.read(settings)

    assert ("wal", 2, 1) == written == read


async def test_a_reader_does_not_wait_for_a_writer(file: Database) -> None:
    """While a transaction writes, reading goes on with what was before."""
    written, proceed = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        put(connection, "late")
        written.set()
        assert proceed.wait(10)

    async with asyncio.TaskGroup() as group:
        group.create_task(file.write(slow))
        await asyncio.to_thread(written.wait, 10)
        before = await file.read(words)
        proceed.set()

    assert ([], ["late"]) == (before, await file.read(words))


async def test_processes_that_share_a_file_write_one_after_the_other(
    file: Database, tmp_path: Path
) -> None:
    """A transaction that reads first and writes then is not overtaken in between."""
    reading, overtaken = threading.Event(), threading.Event()

    def slow(connection: Connection) -> list[str]:
        found = words(connection)
        reading.set()
        overtaken.wait(0.1)
        put(connection, "slow")
        return found

    def quick(connection: Connection) -> list[str]:
        put(connection, "quick")
        overtaken.set()
        return words(connection)

    async with (
        Database(to_url(f"sqlite:///{tmp_path / 'words.db'}")) as other,
        asyncio.TaskGroup() as group,
    ):
        first = group.create_task(file.write(slow))
        await asyncio.to_thread(reading.wait, 10)
        second = group.create_task(other.write(quick))

    assert ([], ["quick", "slow"]) == (first.result(), second.result())


async def test_what_was_asked_before_the_end_is_written(tmp_path: Path) -> None:
    """Closing waits for the writes that are under way."""
    url = to_url(f"sqlite:///{tmp_path / 'words.db'}")
    async with asyncio.TaskGroup() as group, Database(url) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        group.create_task(database.write(putting("last")))
        await asyncio.sleep(0)

    async with Database(url) as database:
        found = await database.read(words)

    assert ["last"] == found


async def test_a_write_after_the_end_is_refused(tmp_path: Path) -> None:
    """Nobody waits for ever for a database that has closed."""
    async with Database(to_url(f"sqlite:///{tmp_path / 'words.db'}")) as database:
        pass

    with pytest.raises(LedgerUnavailable, match="closed"):
        await database.write(words)


async def test_a_new_file_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    """What people said can be read by the avatar's account alone, beside the file as well."""
    async with Database(to_url(f"sqlite:///{tmp_path / 'words.db'}")) as database:
        await database.write(lambda connection: connection.execute(MAKE))

        found = modes(tmp_path)

    assert {"words.db": 0o600, "words.db-wal": 0o600, "words.db-shm": 0o600} == found


async def test_only_what_has_to_last_waits_for_the_disk(file: Database) -> None:
    """FULL (2) for what people said; NORMAL (1) for what a power cut may undo."""

    def waits(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    found = [await file.write(waits, lasting=lasting) for lasting in (True, False, False, True)]

    assert [2, 1, 1, 2] == found


async def test_a_lasting_write_makes_all_that_gathered_with_it_last(file: Database) -> None:
    """In one transaction the most careful job decides."""

    def waits(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    async with asyncio.TaskGroup() as group:
        group.create_task(file.write(putting("first")))
        careless = group.create_task(file.write(waits, lasting=False))
        group.create_task(file.write(putting("last")))

    assert 2 == careless.result()


async def test_who_stands_still_holds_nobody_up(postgres_url: str) -> None:
    """A frozen process loses its transaction, and goes on with the next one when it awakes."""
    held, awake = asyncio.Event(), asyncio.Event()

    def freezes(connection: Connection) -> None:
        put(connection, "same")
        held.set()
        await_only(awake.wait())
        put(connection, "other")

    async with (
        Database(to_url(postgres_url), frozen_s=0.2) as frozen,
        Database(to_url(postgres_url)) as other,
        asyncio.TaskGroup() as group,
    ):
        await frozen.write(lambda connection: connection.execute(MAKE))
        stuck = group.create_task(_refused(frozen, freezes))
        await held.wait()

        await other.write(putting("same"))
        awake.set()

        assert "did not answer" in await stuck
        assert "again" == await frozen.write(putting("again"))
        assert ["again", "same"] == await other.read(words)


async def _refused(database: Database, job: Callable[[Connection], None]) -> str:
    with pytest.raises(LedgerUnavailable) as refused:
        await database.write(job)
    return str(refused.value)
