"""Where a bot has been, on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest

from anima.model import Closed, Edited, Incoming, Visited
from anima.steps import Recast
from memory.places import SqlPlaces
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI, arrival, message, place

ROOM = place("-100")


async def store_of(ledgers: SqlLedgers) -> tuple[Store, SqlPlaces]:
    """A database, and what knows its places."""
    store = await opened(ledgers)
    return store, SqlPlaces(store.database)


async def test_each_place_comes_with_the_newest_message(sql_ledgers: SqlLedgers) -> None:
    """The place that was found last comes first."""
    store, places = await store_of(sql_ledgers)
    await store.ledger.hear([message("1", "one"), message("2", "two")])
    said = Incoming(ROOM, MEI, "to all", START, "77", private=False)
    await store.ledger.hear([arrival("r1", said)])

    seen = await places.seen(BOTS[0])

    assert (Visited(ROOM, False, "77"), Visited(HOME, True, "2")) == seen


async def test_an_older_message_that_was_edited_is_not_the_newest(sql_ledgers: SqlLedgers) -> None:
    """What counts is what was heard."""
    store, places = await store_of(sql_ledgers)
    await store.ledger.hear([message("1", "one"), message("2", "two")])
    await store.ledger.hear([arrival("e1", Edited(HOME, "1", "eins"))])

    (seen,) = await places.seen(BOTS[0])

    assert "2" == seen.message


async def test_other_bots_and_closed_places_are_none_of_ours(sql_ledgers: SqlLedgers) -> None:
    """Nothing can be missed where we may not be."""
    store, places = await store_of(sql_ledgers)
    elsewhere = replace(HOME, bot="other")
    await store.ledger.hear([message("1", "one", elsewhere), message("2", "two", ROOM)])
    await store.ledger.hear([arrival("c1", Closed(ROOM, closed=True))])

    assert () == await places.seen(BOTS[0])
    assert 1 == len(await places.seen(("telegram", "other")))


async def test_where_nothing_was_heard_nothing_is_known(sql_ledgers: SqlLedgers) -> None:
    """A place that the house only spoke of is none."""
    store, places = await store_of(sql_ledgers)
    await store.ledger.hear([arrival("c1", Closed(HOME, closed=False))])

    assert () == await places.seen(BOTS[0])


@pytest.mark.parametrize(("older", "newer"), [("999", "1000"), ("1000", "1001")])
async def test_ids_that_grow_never_skip_anything(
    older: str, newer: str, sql_ledgers: SqlLedgers
) -> None:
    """Nothing that is newer than what is told was heard is taken for heard."""
    store, places = await store_of(sql_ledgers)
    await store.ledger.hear([message(older, "one"), message(newer, "two")])

    (seen,) = await places.seen(BOTS[0])

    assert int(seen.message) <= int(newer)
    assert seen.message in {older, newer}


async def test_who_was_chosen_for_a_place_is_known(sql_ledgers: SqlLedgers) -> None:
    """In company; in private there is nobody from whom one would have to be told."""
    store, places = await store_of(sql_ledgers)
    said = Incoming(ROOM, MEI, "to all", START, "77", private=False)
    await store.ledger.hear([arrival("r1", said), message("1", "one")])
    for claim in await store.ledger.claim(9, BOTS):
        await store.ledger.write(claim, Recast("", "harrow", MEI.address, START))

    assert ("harrow", "") == (await places.role(ROOM), await places.role(HOME))
    assert "" == await places.role(place("99"))
