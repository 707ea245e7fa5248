"""Why we spoke in a place, or kept silent, as the database tells it."""

import pytest

from anima.steps import Began, Ended, Outcome, Released
from memory.past import Past
from memory.reasons import Decided
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, place


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An open database."""
    return await opened(sql_ledgers)


async def decides(store: Store, turn: int, outcome: Outcome, reason: str, chat: str = "7") -> int:
    """A turn that ends so; returns the place."""
    await store.heard("hm", place(chat))
    (claim,) = await store.ledger.claim(1, BOTS)
    ended = Ended(turn, tuple(one.id for one in claim.waiting), outcome, START, reason=reason)
    await store.ledger.write(claim, Began(turn, START), ended, Released())
    return claim.id


async def test_the_last_decision_of_a_place_is_told(store: Store) -> None:
    """Commands, whose turns decide nothing, are passed over; so is what happened elsewhere."""
    here = await decides(store, 1, "answered", "addressed")
    await decides(store, 2, "silent", "share 2 6")
    await decides(store, 3, "command", "")
    await decides(store, 4, "silent", "unasked", chat="8")

    decided = await Past(store.database).why(here)

    assert Decided("silent", "share 2 6") == decided


async def test_where_nothing_was_decided_there_is_nothing_to_tell(store: Store) -> None:
    """A place that nobody knows, and one with a command only."""
    here = await decides(store, 1, "command", "")

    assert [None, None] == [await Past(store.database).why(one) for one in (here, here + 99)]


async def test_a_decision_is_of_a_turn_that_is_over(store: Store) -> None:
    """One that is open has none yet."""
    here = await decides(store, 1, "answered", "addressed")
    await store.heard("and?")
    (claim,) = await store.ledger.claim(1, BOTS)
    await store.ledger.write(claim, Began(2, START))

    assert Decided("answered", "addressed") == await Past(store.database).why(here)


async def test_a_reason_may_quote_anything(store: Store) -> None:
    """Words of people stand in it, whatever a database thinks of them."""
    here = await decides(store, 1, "answered", "topic 红茶\0\ud83d")

    decided = await Past(store.database).why(here)

    assert decided is not None
    assert decided.reason.startswith("topic 红茶")
