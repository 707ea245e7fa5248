"""SQLite has one writer, so ours is one thread, and what waits for it is committed together.

A few threads more read. Each job runs whole in one of them: a driver that crosses to its thread
four times a statement costs 8 ms of processor time for the fifteen statements of a message, whole
transactions in one thread 2 ms.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from secrets import randbelow
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from anima.errors import AnimaError, LedgerUnavailable
from memory.driver import changed

T = TypeVar("T")
Job = Callable[[Connection], Any]

_PRAGMAS = ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_SWITCHES = 50
_READERS = 4
"""Python runs one of them at a time; more would help only while the disk is waited for."""
_FAILURES = (SQLAlchemyError, OSError, ValueError, OverflowError)
"""What a database says no with; the last two are a driver's, for values that it cannot encode."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job, who waits for it, and whether it has to outlast a power cut."""

    job: Job
    done: asyncio.Future[Any]
    lasting: bool


class Writer:
    """Runs jobs in the order they came, as many in one transaction as have gathered meanwhile.

    A job that raises an `AnimaError` has not written anything by then, and the others go on. For
    an error of the database the transaction is undone and each job is tried alone.

    Only lasting jobs wait for the disk. In WAL mode what others wrote is on it, too, as soon as a
    lasting job has been committed after them.
    """

    def __init__(self, url: URL) -> None:
        self._file = str(url.database)
        self._engine = create_engine(url, hide_parameters=True)
        event.listen(self._engine, "connect", _keep_a_log)
        _prepare(self._engine, "BEGIN IMMEDIATE")
        self._connection: Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._queue: asyncio.Queue[Waiting | None] = asyncio.Queue()
        self._group = asyncio.TaskGroup()
        self._closed = False
        self._waits_for_disk = True

    async def __aenter__(self) -> Self:
        # for nobody else's eyes; the files that SQLite puts beside it are made like it
        with suppress(OSError):
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
        await self._group.__aenter__()
        self._group.create_task(self._run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        self._queue.put_nowait(None)
        await self._group.__aexit__(None, None, None)
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    async def __call__(self, job: Callable[[Connection], T], *, lasting: bool = True) -> T:
        """Run *job*; when it is *lasting*, what it did outlasts a power cut."""
        if self._closed:
            raise LedgerUnavailable("the database is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(Waiting(job, done, lasting))
        return await done

    async def _run(self) -> None:
        while True:
            waiting = [await self._queue.get()]
            while not self._queue.empty():
                waiting.append(self._queue.get_nowait())
            await self._commit([one for one in waiting if one is not None])
            if waiting[-1] is None:
                return

    async def _commit(self, waiting: Sequence[Waiting]) -> None:
        try:
            loop = asyncio.get_running_loop()
            results = await loop.run_in_executor(self._thread, self._together, waiting)
        except _FAILURES as error:
            await self._apart(waiting, error)
        else:
            for one, result in zip(waiting, results, strict=True):
                _settle(one.done, result)
        finally:
            for one in waiting:  # a job of ours is wrong: nobody shall wait for it for ever
                one.done.cancel()

    def _together(self, waiting: Sequence[Waiting]) -> list[Any]:
        """Run the jobs in one transaction, on a connection that is opened when first needed."""
        if self._connection is None or self._connection.invalidated:
            self._connection = self._engine.connect()
            self._waits_for_disk = True
        self._wait_for_disk(self._connection, lasting=any(one.lasting for one in waiting))
        with self._connection.begin():
            return [_caught(one.job, self._connection) for one in waiting]

    def _wait_for_disk(self, connection: Connection, *, lasting: bool) -> None:
        if lasting != self._waits_for_disk:
            self._waits_for_disk = lasting
            changed(connection, f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}", ())

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    async def _apart(self, waiting: Sequence[Waiting], error: Exception) -> None:
        if len(waiting) == 1:
            _settle(waiting[0].done, error)
            return
        for one in waiting:
            await self._commit([one])


class Readers:
    """Run jobs that only read, several at a time; none ever waits for the writer."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(url, hide_parameters=True, pool_size=_READERS, max_overflow=0)
        _prepare(self._engine, "BEGIN")
        self._threads = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        self._idle = list[Connection]()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        self._threads.shutdown()
        for connection in self._idle:
            connection.close()
        self._engine.dispose()

    async def __call__(self, job: Callable[[Connection], T]) -> T:
        """What *job* has read."""
        if self._closed:
            raise LedgerUnavailable("the database is closed")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._read, job)

    def _read(self, job: Callable[[Connection], T]) -> T:
        """Run *job* on the connection that was used last: what it has read is still at hand."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
        with ExitStack() as failed:
            failed.callback(connection.close)
            with connection.begin():
                result = job(connection)
            failed.pop_all()
        self._idle.append(connection)
        return result


def _prepare(engine: Engine, begin: str) -> None:
    """Say *begin* ourselves: a read that turns into a write would be refused without waiting."""

    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", lambda connection: changed(connection, begin, ()))


def _keep_a_log(connection: Any, _: object) -> None:
    """Switch to WAL, which the file remembers: readers and the writer do not wait for each other.

    Two that switch a new file at once wait for each other, each with a lock that the other wants,
    until one of them has waited long enough; so none may be as patient as the other.
    """
    for _attempt in range(_SWITCHES):
        connection.execute(f"PRAGMA busy_timeout={20 + randbelow(200)}")
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _caught(job: Job, connection: Connection) -> Any:
    try:
        return job(connection)
    except AnimaError as refusal:
        return refusal


def _settle(done: asyncio.Future[Any], result: Any) -> None:
    if done.done():  # whoever asked has gone away
        return
    if isinstance(result, BaseException):
        done.set_exception(result)
    else:
        done.set_result(result)
