"""What the ledger promises of messages that are taken back."""

import pytest

from anima.errors import LeaseLost
from anima.model import Conversation, Deleted, Edited
from anima.ports import Ledger
from anima.steps import Began, Released
from memory.tables import conversation, heard, memory, tombstone
from tests.contracts.databases import opened
from tests.contracts.ledgers import START, Ledgers, SqlLedgers
from tests.contracts.lived_in import House
from tests.contracts.words import (
    BOTS,
    HOME,
    MEI,
    arrival,
    claimed,
    exchange,
    message,
    place,
    spoken,
    texts,
)


def deleted(*which: str, where: Conversation = HOME) -> Deleted:
    """Somebody takes back messages."""
    return Deleted(where, which)


async def answered(ledgers: Ledgers) -> Ledger:
    """A place in which "hello" was answered by "Hi.", which is called m10 there."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))
    ledgers.rang.clear()
    return ledger


@pytest.mark.parametrize("text", ["hello", "你好", "こんにちは"])
async def test_what_waits_is_not_answered(ledgers: Ledgers, text: str) -> None:
    """Taken back before its turn, it is as if it had never been said."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", text), message("2", "and this")])

    new = await ledger.hear([arrival("d1", deleted("1"))])

    assert 1 == new
    assert ["and this"] == texts(await claimed(ledger))
    assert [("", "withdrawn"), ("and this", "waiting"), ("", "event")] == await ledgers.heard()


async def test_who_is_answering_it_stops(ledgers: Ledgers) -> None:
    """Nothing more of that turn is written, and the next claim finds it open with nothing to do."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, Began(1, START))

    await ledger.hear([arrival("d1", deleted("1"))])

    with pytest.raises(LeaseLost):
        await ledger.write(claim, *exchange(claim, 1, "Hi."))
    again = await claimed(ledger)
    assert (1, ()) == (again.turn, again.waiting)
    assert [claim.id, claim.id] == ledgers.rang


async def test_what_was_answered_is_blanked(ledgers: Ledgers) -> None:
    """It stays answered, and nobody reads it again."""
    ledger = await answered(ledgers)

    await ledger.hear([arrival("d1", deleted("1"))])

    assert [("", "answered"), ("", "event")] == await ledgers.heard()
    assert [("Hi.", "delivered")] == await ledgers.said()
    await ledger.hear([message("2", "and now")])
    assert "hello" not in spoken(await ledger.tail(await claimed(ledger), 9))


async def test_what_we_said_can_be_taken_back_too(ledgers: Ledgers) -> None:
    """As by a moderator."""
    ledger = await answered(ledgers)

    await ledger.hear([arrival("d1", deleted("m10"))])

    assert [("", "delivered")] == await ledgers.said()
    assert [("hello", "answered"), ("", "event")] == await ledgers.heard()


async def test_the_last_lines_are_read_again(ledgers: Ledgers) -> None:
    """A cache that still holds the words belongs to an older claim."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    first = await claimed(ledger)
    await ledger.write(first, *exchange(first, 1, "Hi."))

    await ledger.hear([arrival("d1", deleted("1")), message("2", "and now")])

    assert first.epoch + 2 == (await claimed(ledger)).epoch


@pytest.mark.parametrize(
    "stray",
    [deleted("9"), deleted(""), deleted(), deleted("1", where=place("8"))],
    ids=["unknown", "no name", "none", "elsewhere"],
)
async def test_what_was_never_heard_changes_nothing(ledgers: Ledgers, stray: Deleted) -> None:
    """Nobody wakes up, and the rest of the batch is heard."""
    ledger = await answered(ledgers)

    await ledger.hear([arrival("d1", stray), message("2", "and now")])

    assert 1 == len(ledgers.rang)
    found = await ledgers.heard()
    assert (("hello", "answered"), ("and now", "waiting")) == (found[0], found[-1])


async def test_a_repeat_is_known_as_one(ledgers: Ledgers) -> None:
    """What has gone cannot go twice."""
    ledger = await answered(ledgers)
    await ledger.hear([arrival("d1", deleted("1"))])
    ledgers.rang.clear()

    new = await ledger.hear([arrival("d1", deleted("1"))])

    assert (0, []) == (new, ledgers.rang)
    assert () == await ledger.claim(9, BOTS)


async def test_a_claim_may_be_given_back_after_it(ledgers: Ledgers) -> None:
    """Whoever claims the place next closes what was left open, and rests."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    await ledger.hear([arrival("d1", deleted("1"))])

    await ledger.write(await claimed(ledger), Released())

    assert () == await ledger.claim(9, BOTS)


async def test_no_place_is_made_for_what_is_gone(sql_ledgers: SqlLedgers) -> None:
    """Where nothing was ever heard there is nothing to keep."""
    store = await opened(sql_ledgers)

    new = await store.ledger.hear([arrival("d1", deleted("1", where=place("99")))])

    assert 0 == new
    assert ([], []) == (await store.rows(conversation), await store.rows(heard))


async def test_its_older_words_go_as_well(sql_ledgers: SqlLedgers) -> None:
    """What it said before it was edited, and the raw text of both."""
    store = await opened(sql_ledgers)
    await store.ledger.hear([message("1", "apricot")])
    await store.ledger.hear([arrival("e1", Edited(HOME, "1", "plum"))])

    await store.ledger.hear([arrival("d1", deleted("1"))])

    rows = await store.rows(heard)
    assert [("", ""), ("", ""), ("", '{"update_id": "d1"}')] == [(r.text, r.raw) for r in rows]


async def test_it_is_forgotten_for_good(sql_ledgers: SqlLedgers) -> None:
    """Long-term memory loses the line and what was made of it, and no import brings it back."""
    house = House(await opened(sql_ledgers))
    here = await house.talk(1, "my cat is Tama", "Lovely.")
    await house.talk(2, "I hate rain", "Me too.")
    cat, rain = await house.id_of("my cat is Tama"), await house.id_of("I hate rain")
    await house.learn(here, MEI, "has a cat", cat)
    await house.learn(here, MEI, "hates rain", rain)

    await house.store.ledger.hear([arrival("d1", deleted("k1", where=place(MEI.id)))])

    left = {row.text for row in await house.store.rows(memory)}
    assert {"Lovely.", "I hate rain", "Me too.", "hates rain"} == left
    assert 1 == len(await house.store.rows(tombstone))
    assert await house.erasing.resume() or "sqlite" not in sql_ledgers.url


async def test_many_go_at_once(ledgers: Ledgers) -> None:
    """Theirs and ours, waiting and answered, as a moderator does it."""
    ledger = await answered(ledgers)
    await ledger.hear([message("2", "and this"), message("3", "and that")])

    await ledger.hear([arrival("d1", deleted("1", "m10", "2", "99"))])

    assert ["and that"] == texts(await claimed(ledger))
    assert [("", "delivered")] == await ledgers.said()
    assert ["answered", "withdrawn", "waiting", "event"] == [s for _, s in await ledgers.heard()]
