"""Where two that see the same would both act on it, the second waits for the first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import Connection
from sqlalchemy.util import await_only

from memory.alone import alone
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.test_ledger_races import until_somebody_waits


@pytest.fixture
async def store(postgres_url: str, _alembic: None) -> AsyncIterator[Store]:
    """Where transactions really overlap."""
    async with AsyncExitStack() as stack:
        yield await opened(SqlLedgers(postgres_url, stack))


async def test_the_second_waits_for_the_first(store: Store) -> None:
    """Until the first transaction is over nobody else is past there; with another subject, yes."""
    inside, proceed, order = asyncio.Event(), asyncio.Event(), list[str]()

    def first(connection: Connection) -> None:
        alone(connection, "backend ku")
        inside.set()
        await_only(proceed.wait())
        order.append("first")

    def later(connection: Connection, name: str, subject: str) -> None:
        alone(connection, subject)
        order.append(name)

    write = store.database.write
    async with asyncio.TaskGroup() as group:
        group.create_task(write(first))
        await inside.wait()
        group.create_task(write(lambda found: later(found, "second", "backend ku")))
        await until_somebody_waits(store.database)
        await write(lambda found: later(found, "another", "backend gpu"))
        proceed.set()

    assert ["another", "first", "second"] == order
