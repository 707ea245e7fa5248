"""The stores over which the contracts are proven."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from importlib import import_module
from pathlib import Path

import pytest

from tests.contracts.ledgers import Ledgers, MemoryLedgers, SqlLedgers
from tests.migrated import sqlite_at


@pytest.fixture(scope="session")
def _alembic() -> None:
    """Loading it takes longer than any test of the ledger; here no test pays for it."""
    import_module("alembic.command")


def _url(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    if kind == "postgresql":
        url: str = request.getfixturevalue("migrated_postgres_url")
        return url
    return sqlite_at(folder / "anima.db")


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the ledger is; nowhere for the one in memory."""
    kind: str = request.param
    return "" if kind == "memory" else _url(kind, request, tmp_path)


@pytest.fixture
async def ledgers(ledger_url: str, _alembic: None) -> AsyncIterator[Ledgers]:
    """One store for each test, over each implementation of the port."""
    async with AsyncExitStack() as stack:
        yield SqlLedgers(ledger_url, stack) if ledger_url else MemoryLedgers()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database is in which nothing was said yet."""
    return _url(request.param, request, tmp_path)


@pytest.fixture
async def sql_ledgers(database_url: str, _alembic: None) -> AsyncIterator[SqlLedgers]:
    """One database for each test."""
    async with AsyncExitStack() as stack:
        yield SqlLedgers(database_url, stack)
