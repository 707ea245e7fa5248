"""How a database is away, and how it comes back."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.util import await_only

from anima.errors import LedgerUnavailable
from memory.address import to_url
from memory.bulk import rows
from memory.database import Database
from tests.database_words import MAKE, putting, words

_PAGE = 4096
"""Of a file of SQLite the first one says what is where."""

IMPATIENT = text("PRAGMA busy_timeout=5")


async def away(url: str) -> str:
    """What is said when both ways to the database fail."""
    async with Database(to_url(url)) as database:
        with pytest.raises(LedgerUnavailable) as written:
            await database.write(words)
        with pytest.raises(LedgerUnavailable) as read:
            await database.read(words)
    return f"{written.value} {read.value}"


async def test_a_server_that_does_not_run_is_away(free_port: int) -> None:
    """It is said without the password."""
    url = f"postgresql://me:hush@127.0.0.1:{free_port}/base"

    said = await away(url)

    assert "did not answer" in said
    assert "hush" not in said


@pytest.mark.parametrize("change", [("/anima_", "/nowhere_"), ("//postgres@", "//nobody:hush@")])
async def test_a_server_that_does_not_let_us_in_is_away(
    postgres_url: str, change: tuple[str, str]
) -> None:
    """No such base, or no such name."""
    said = await away(postgres_url.replace(*change))

    assert "does not exist" in said
    assert "hush" not in said


@pytest.mark.parametrize("kind", ["a folder", "no database"])
async def test_a_file_that_is_none_of_ours_is_away(tmp_path: Path, kind: str) -> None:
    """A folder in its place, or a file of another kind."""
    path = tmp_path / "words.db"
    if kind == "a folder":
        path.mkdir()
    else:
        path.write_text("a letter to somebody, which is longer than any header of a database" * 9)

    said = await away(f"sqlite:///{path}")

    assert "did not answer" in said


@pytest.mark.parametrize("reads", [words, lambda found: rows(found, "SELECT text FROM word")])
async def test_a_damaged_file_is_away_with_advice(
    tmp_path: Path, reads: Callable[[Connection], object]
) -> None:
    """What asks the driver past SQLAlchemy hears the same."""
    path = tmp_path / "words.db"
    async with Database(to_url(f"sqlite:///{path}")) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        await database.write(putting("hello"))
    kept = path.read_bytes()
    path.write_bytes(kept[:_PAGE] + b"\xff" * (len(kept) - _PAGE))

    async with Database(to_url(f"sqlite:///{path}")) as database:
        with pytest.raises(LedgerUnavailable, match=r"malformed; .* restore it from a backup"):
            await database.read(reads)


async def test_a_folder_that_vanishes_is_away(tmp_path: Path) -> None:
    """A disk that was taken away."""
    url = to_url(f"sqlite:///{tmp_path / 'gone' / 'words.db'}")
    (tmp_path / "gone").rmdir()

    async with Database(url) as database:
        with pytest.raises(LedgerUnavailable):
            await database.write(words)


async def test_a_file_that_somebody_holds_too_long_is_away_until_they_let_go(
    tmp_path: Path,
) -> None:
    """A backup that never ends is told to each who wants to write, and then all goes on."""
    path = tmp_path / "words.db"
    async with Database(to_url(f"sqlite:///{path}")) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        await database.write(lambda connection: connection.execute(IMPATIENT))
        with closing(sqlite3.connect(path, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            async with asyncio.TaskGroup() as group:
                for word in ("one", "two"):
                    group.create_task(locked_out(database, word))
            holder.execute("ROLLBACK")

        word = await database.write(putting("after"))

        assert ("after", ["after"]) == (word, await database.read(words))


async def locked_out(database: Database, word: str) -> None:
    """A write that finds no way in."""
    with pytest.raises(LedgerUnavailable, match="locked"):
        await database.write(putting(word))


def cut(connection: Connection) -> None:
    """The server ends this very connection."""
    connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


async def test_a_server_that_hangs_up_is_away_until_it_answers_again(postgres_url: str) -> None:
    """A cut connection is told as such, and the next transaction gets a new one."""
    async with Database(to_url(postgres_url)) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        for ask in (database.write, database.read):
            with pytest.raises(LedgerUnavailable):
                await ask(cut)

        word = await database.write(putting("back"))

    assert "back" == word


async def test_a_server_that_was_restarted_is_there_again(postgres_url: str) -> None:
    """Connections that died in the pool are told as away at most once each."""
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with Database(to_url(postgres_url)) as database, Database(to_url(postgres_url)) as other:
        await database.write(lambda connection: connection.execute(MAKE))
        await other.write(lambda connection: connection.execute(others))
        with suppress(LedgerUnavailable):
            await database.read(words)

        word = await database.write(putting("back"))

    assert "back" == word


async def test_of_two_in_each_others_way_one_tries_again(postgres_url: str) -> None:
    """PostgreSQL ends one of two transactions that wait for each other; nobody notices."""
    keep = text("INSERT INTO word VALUES (:word) ON CONFLICT DO NOTHING")
    attempts, met = list[str](), asyncio.Barrier(2)

    def crosswise(first: str, second: str) -> Callable[[Connection], None]:
        def job(connection: Connection) -> None:
            attempts.append(first)
            connection.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
            connection.execute(keep, {"word": first})
            if len(attempts) <= 2:
                await_only(met.wait())
            connection.execute(keep, {"word": second})

        return job

    async with Database(to_url(postgres_url)) as database:
        await database.write(lambda connection: connection.execute(MAKE))
        async with asyncio.TaskGroup() as group:
            group.create_task(database.write(crosswise("a", "b")))
            group.create_task(database.write(crosswise("b", "a")))
        found = await database.read(words)

    assert (["a", "b"], 3) == (found, len(attempts))
