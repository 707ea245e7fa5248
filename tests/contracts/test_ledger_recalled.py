"""An answer knows what it rests on, and what was forgotten meanwhile is no part of that."""

from anima.steps import Began, Recollected
from memory.tables import memory, recalled
from tests.contracts.databases import opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS


async def test_what_was_in_mind_is_kept_with_the_turn(sql_ledgers: SqlLedgers) -> None:
    """It counts as used; a memory that is gone, and others, are left alone."""
    store = await opened(sql_ledgers)
    place = await store.talk(1, "My cat is called Miso")
    for id_ in (7, 8):
        await store.add(
            memory,
            id=id_,
            persona="ku",
            kind="line",
            conversation_id=place,
            private=True,
            speaker="telegram:1",
            name="Mei",
            text="My cat is called Miso",
            language="en",
            at=START,
            sitting=1,
            digest=str(id_),
            importance=3,
        )
    await store.heard("And my cat?")
    (claim,) = await store.ledger.claim(1, BOTS)

    await store.ledger.write(claim, Began(2, START), Recollected(2, (7, 9), START))

    assert [(2, 7)] == [(row.turn_id, row.memory_id) for row in await store.rows(recalled)]
    assert [(1, START), (0, None)] == [(row.uses, row.used_at) for row in await store.rows(memory)]
