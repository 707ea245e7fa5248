"""What happens when two processes meet in the middle of a transaction of PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.util import await_only

from anima.model import Arrival, Closed, Renamed
from memory.database import Database
from memory.hearing import Hearing
from memory.ledger import SqlLedger
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.words import HOME, arrival, claimed, exchange, message, place, texts

_BLOCKED = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE NOT granted AND datname = current_database()"
)


@pytest.fixture
async def postgres_ledgers(postgres_url: str, _alembic: None) -> AsyncIterator[SqlLedgers]:
    """One database for each test, where transactions really overlap."""
    async with AsyncExitStack() as stack:
        yield SqlLedgers(postgres_url, stack)


@asynccontextmanager
async def half_heard(
    ledgers: SqlLedgers, *arrivals: Arrival
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Somebody has written down *arrivals* and not committed until the body calls it."""
    written, proceed = asyncio.Event(), asyncio.Event()

    def hear(connection: Connection) -> None:
        Hearing(connection, ledgers.clock.now(), {}).take(arrivals)
        written.set()
        await_only(proceed.wait())

    async with asyncio.TaskGroup() as group:
        hearing = group.create_task(ledgers.databases[0].write(hear))
        await written.wait()

        async def commit() -> None:
            proceed.set()
            await hearing

        yield commit
        proceed.set()


async def until_somebody_waits(database: Database) -> None:
    """Return when a transaction stands before a lock."""
    while not await database.read(lambda connection: connection.execute(_BLOCKED).scalar()):
        pass


async def turn_running(ledgers: SqlLedgers) -> SqlLedger:
    """A ledger whose home conversation was spoken in."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    return ledger


@pytest.mark.slow
async def test_a_message_committed_while_its_place_is_released_is_not_forgotten(
    postgres_ledgers: SqlLedgers,
) -> None:
    """The release waits for whoever is writing down a message there, and sees it."""
    ledger = await turn_running(postgres_ledgers)
    claim = await claimed(ledger)

    async with (
        half_heard(postgres_ledgers, message("2", "and?")) as commit,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(ledger.write(claim, *exchange(claim, 1, "Hi.")))
        await until_somebody_waits(postgres_ledgers.databases[0])
        await commit()

    assert ["and?"] == texts(await claimed(ledger))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "at_last"),
    [(Closed(HOME, closed=True), "refused"), (Renamed(HOME, "-100"), "waiting")],
    ids=["closed", "joined"],
)
async def test_a_message_committed_while_its_place_goes_is_not_forgotten(
    postgres_ledgers: SqlLedgers, event: Closed | Renamed, at_last: str
) -> None:
    """It shares the fate of those before it, and is not left waiting where nobody looks."""
    ledger = await turn_running(postgres_ledgers)
    await ledger.hear([message("0", "there", place("-100"))])

    async with (
        half_heard(postgres_ledgers, message("2", "and?")) as commit,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(ledger.hear([arrival("3", event)]))
        await until_somebody_waits(postgres_ledgers.databases[0])
        await commit()

    states = {text: state for text, state in await postgres_ledgers.heard() if text}
    assert {"there": "waiting", "hello": at_last, "and?": at_last} == states
    heard = [
        text for claim in await ledger.claim(9, [("telegram", "anima")]) for text in texts(claim)
    ]
    assert sorted(text for text, state in states.items() if state == "waiting") == sorted(heard)


@pytest.mark.slow
async def test_a_claim_does_not_wait_for_somebody_else(postgres_ledgers: SqlLedgers) -> None:
    """A conversation in which something is being written is left out, and the others are given."""
    ledger = await turn_running(postgres_ledgers)
    await ledger.hear([message("0", "there", place("8"))])

    async with half_heard(postgres_ledgers, message("2", "and?")) as commit:
        claim = await claimed(ledger, limit=9)
        await commit()

    assert ["there"] == texts(claim)
    assert ["hello", "and?"] == texts(await claimed(ledger))
