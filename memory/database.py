"""One database, SQLite or PostgreSQL: short transactions, each a function of a connection."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from types import TracebackType
from typing import Final, Self, TypeVar

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import create_async_engine

from anima.errors import LedgerUnavailable
from memory.sqlite import Readers, Writer

T = TypeVar("T")
Job = Callable[[Connection], T]

_TROUBLE = (DBAPIError, PoolTimeoutError, OSError)
_AWAY = (OperationalError, InterfaceError)
_AWAY_STATES = ("08", "25006", "25P03", "28", "3D", "40", "53", "57", "58")
"""How those of PostgreSQL's errors begin that say nothing of the job: a cut line, a server that may
only be read, a transaction given up because we stood still, no entry, no room."""
_CONFLICTS = ("40001", "40P01")
"""PostgreSQL gave up one of two transactions that stood in each other's way; again is right."""
_ATTEMPTS = 3
_PAUSE_S = 0.05
"""For the other one to get through; one who is back at once may stand in the way again."""
_ANSWER_S = 30
"""Longer than this no transaction of ours may wait for a server; a file has its own limit."""
FROZEN_S: Final = 10.0
"""Longer than this no server waits for the next word of a transaction of ours."""


class Database:
    """Open while entered. Jobs are short, wait for the database only, and may be repeated."""

    def __init__(self, url: URL, *, frozen_s: float = FROZEN_S) -> None:
        self._url = url
        self._frozen_s = frozen_s
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        if self._url.get_backend_name() == "sqlite":
            self._writer = await self._stack.enter_async_context(Writer(self._url))
            self._readers = await self._stack.enter_async_context(Readers(self._url))
        else:
            self._engine = create_async_engine(
                self._url,
                hide_parameters=True,
                pool_size=10,
                max_overflow=10,
                pool_timeout=_ANSWER_S,
            )
            # each statement sees what is there by then, also in a transaction, which would take two
            # journeys more
            self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            event.listen(self._engine.sync_engine, "connect", self._bound)
            self._stack.push_async_callback(self._engine.dispose)
        return self

    def _bound(self, connection: DBAPIConnection, _record: object) -> None:
        """A process that stands still in the middle of a job shall not hold up the others."""
        cursor = connection.cursor()
        milliseconds = round(self._frozen_s * 1000)
        cursor.execute(f"SET idle_in_transaction_session_timeout = {milliseconds}")
        cursor.close()
        connection.commit()  # else it would be taken back with the transaction it began

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def write(self, job: Job[T], *, lasting: bool = True) -> T:
        """Run *job* in a transaction; when it is *lasting*, it is durable when this returns.

        What is not may be undone by a power cut, never by a crash of ours.
        """
        with _translated():
            if self._url.get_backend_name() == "sqlite":
                return await self._writer(job, lasting=lasting)
            return await self._patiently(job)

    @property
    def apart(self) -> bool:
        """Whether what reads runs in a thread of its own, which may stand still."""
        return self._url.get_backend_name() == "sqlite"

    async def read(self, job: Job[T]) -> T:
        """Run *job*, which only reads."""
        with _translated():
            if self.apart:
                return await self._readers(job)
            async with asyncio.timeout(_ANSWER_S), self._reading.connect() as connection:
                return await connection.run_sync(job)

    async def _patiently(self, job: Job[T]) -> T:
        for attempt in range(1, _ATTEMPTS):
            try:
                return await self._once(job)
            except DBAPIError as error:
                if _sqlstate(error) not in _CONFLICTS:
                    raise
            await asyncio.sleep(_PAUSE_S * attempt)
        return await self._once(job)

    async def _once(self, job: Job[T]) -> T:
        async with asyncio.timeout(_ANSWER_S), self._engine.begin() as connection:
            return await connection.run_sync(job)


@contextmanager
def _translated() -> Iterator[None]:
    """Raise `LedgerUnavailable` for what is no fault of the job."""
    try:
        yield
    except _TROUBLE as error:
        if isinstance(error, DBAPIError) and not _is_away(error):
            raise
        raise LedgerUnavailable(_in_words(error)) from error


def _is_away(error: DBAPIError) -> bool:
    """Whether there is no database; a file that is none is an error of no finer kind."""
    no_file_of_ours = type(error) is DatabaseError
    cut = error.connection_invalidated or _sqlstate(error).startswith(_AWAY_STATES)
    return isinstance(error, _AWAY) or cut or no_file_of_ours


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _in_words(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    damaged = getattr(cause, "sqlite_errorname", "").startswith("SQLITE_CORRUPT")
    advice = "; the file is damaged, restore it from a backup" if damaged else ""
    return f"the database did not answer: {cause}{advice}"
