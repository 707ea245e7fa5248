"""Getting the bytes of what was deleted out of the files, which is a matter of its own.

SQLite overwrites what it deletes, but its log holds older pages and its index of words older
terms until somebody tidies up. That this is owed stands in the file itself, as of the transaction
that deletes, so that a crash in between is made good at the next start.
"""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import Connection, text

from memory.database import Database
from memory.longterm.index import tidy

Erased = Literal["gone", "busy", "vacuumed"]
"""What became of the bytes: none is left, somebody still reads them, or as PostgreSQL does it."""

_BUSY_MS: Final = 5000
_TABLES: Final = (
    "heard, said, turn, note, thread, schedule, relation, memory, fact, vector, word_index"
)


def owe(connection: Connection) -> None:
    """Write down that bytes are to be erased, in the transaction that deletes the rows."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA user_version = 1"))


class Erasing:
    """Erases what was deleted from the files of *database*. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase(self) -> Erased:
        """Do what is owed now. PostgreSQL frees the room of the rows, and overwrites it later."""
        file = await self._database.read(_file)
        if file is None:
            await self._database.read(_vacuum)
            return "vacuumed"
        return await self._tidy(file)

    async def resume(self) -> bool:
        """Do what an earlier process still owed when it ended; whether there was any."""
        if not await self._database.read(_is_owed):
            return False
        await self.erase()
        return True

    async def _tidy(self, file: Path) -> Erased:
        await self._database.write(tidy)
        if not await asyncio.to_thread(_empty_log, file):
            return "busy"
        await self._database.write(_settle)
        return "gone"


def _file(connection: Connection) -> Path | None:
    url = connection.engine.url
    return Path(str(url.database)) if connection.dialect.name == "sqlite" else None


def _is_owed(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    return bool(connection.execute(text("PRAGMA user_version")).scalar())


def _settle(connection: Connection) -> None:
    connection.execute(text("PRAGMA user_version = 0"))


def _empty_log(file: Path) -> bool:
    """Move the log into the file and cut it to nothing; False: readers held on to it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _vacuum(connection: Connection) -> None:
    """VACUUM wants no transaction around it."""
    alone = connection.execution_options(isolation_level="AUTOCOMMIT")
    alone.exec_driver_sql(f"VACUUM {_TABLES}")
