"""One database, SQLite or PostgreSQL: short transactions, each a function of a connection."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import create_async_engine

from anima.errors import LedgerUnavailable
from memory.sqlite import Writer, prepared

T = TypeVar("T")
Job = Callable[[Connection], T]

_AWAY = (OperationalError, InterfaceError, PoolTimeoutError, OSError)
_CONFLICTS = ("40001", "40P01")
"""PostgreSQL gave up one of two transactions that stood in each other's way; again is right."""
_ATTEMPTS = 3
_ANSWER_S = 30
"""Longer than this no transaction of ours may wait for the database."""


class Database:
    """Open while entered. Jobs are short, wait for the database only, and may be repeated."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        if self._url.get_backend_name() == "sqlite":
            self._engine = prepared(create_async_engine(self._url))
            self._writer = await self._stack.enter_async_context(Writer(self._url))
        else:
            self._engine = create_async_engine(
                self._url, pool_size=10, max_overflow=10, pool_timeout=_ANSWER_S
            )
        self._stack.push_async_callback(self._engine.dispose)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def write(self, job: Job[T]) -> T:
        """Run *job* in a transaction that is durable when this returns."""
        try:
            if self._url.get_backend_name() == "sqlite":
                return await self._writer(job)
            return await self._patiently(job)
        except _AWAY as error:
            raise LedgerUnavailable(_in_words(error)) from error

    async def read(self, job: Job[T]) -> T:
        """Run *job*, which only reads."""
        try:
            async with self._engine.connect() as connection:
                return await connection.run_sync(job)
        except _AWAY as error:
            raise LedgerUnavailable(_in_words(error)) from error

    async def _patiently(self, job: Job[T]) -> T:
        for _ in range(_ATTEMPTS - 1):
            try:
                return await self._once(job)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _CONFLICTS:
                    raise
        return await self._once(job)

    async def _once(self, job: Job[T]) -> T:
        async with asyncio.timeout(_ANSWER_S), self._engine.begin() as connection:
            return await connection.run_sync(job)


def _in_words(error: BaseException) -> str:
    return f"the database did not answer: {getattr(error, 'orig', None) or error}"
