"""What arrived is found again as it came, by the name under which it came."""

import asyncio

import pytest

from anima.model import Arrival, Incoming, Speaker
from memory.arrived import Arrived
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import HOME


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


async def heard(store: Store, *arrivals: tuple[str, str, str]) -> None:
    """Somebody said something, each time with a source, a key and a raw text."""
    ann = Speaker("discord", "7", "Ann", "en")
    await store.ledger.hear(
        [
            Arrival(source, key, raw, Incoming(HOME, ann, "Hi", START, key))
            for source, key, raw in arrivals
        ]
    )


async def test_what_arrived_is_found(store: Store) -> None:
    """By its source and its key together, to the letter."""
    await heard(store, ("discord:1", "i7", '{"d":"😀 你好"}'), ("discord:2", "i7", "other"))
    arrived = Arrived(store.database)

    found = [await arrived.raw(f"discord:{bot}", "i7") for bot in (1, 2)]

    assert ['{"d":"😀 你好"}', "other"] == found


async def test_what_never_came_is_nothing(store: Store) -> None:
    """Nor is what came under another name."""
    await heard(store, ("discord:1", "i7", "raw"))
    arrived = Arrived(store.database)

    found = await asyncio.gather(arrived.raw("discord:1", "i8"), arrived.raw("discord:3", "i7"))

    assert ["", ""] == found
