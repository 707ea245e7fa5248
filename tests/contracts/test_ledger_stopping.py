"""What the ledger promises about answers that somebody stopped."""

from anima.model import Conversation, Stopped
from anima.steps import Released
from tests.contracts.ledgers import Ledgers
from tests.contracts.words import BOTS, HOME, arrival, claimed, message, place

MARK = 2**31 - 1


async def test_a_stop_is_known_to_every_process(ledgers: Ledgers) -> None:
    """It rings where it was heard, and whoever writes there finds it by the turn's mark."""
    ears, ledger = await ledgers.open(), await ledgers.open()
    await ears.hear([message("1", "hello")])
    claim = await claimed(ledger)
    before = await ledger.stopped(claim, MARK)
    ledgers.rang.clear()

    new = await ears.hear([arrival("2", Stopped(HOME, MARK))])

    assert (False, True) == (before, await ledger.stopped(claim, MARK))
    assert (1, [claim.id]) == (new, ledgers.rang)
    assert [("hello", "waiting"), ("", "stop")] == await ledgers.heard()


async def test_it_is_the_stop_of_one_turn_in_one_place(ledgers: Ledgers) -> None:
    """Neither another turn there nor the same mark elsewhere is stopped by it."""
    ledger = await ledgers.open()
    there: Conversation = place("another")
    await ledger.hear([message("1", "hello"), arrival("2", Stopped(there, MARK))])

    claim = await claimed(ledger)

    assert not await ledger.stopped(claim, MARK)
    assert not await ledger.stopped(claim, MARK - 1)


async def test_a_stop_twice_is_one(ledgers: Ledgers) -> None:
    """The same update again changes nothing, and another press of the button neither."""
    ledger = await ledgers.open()
    stop = arrival("1", Stopped(HOME, MARK))

    counts = [await ledger.hear([one]) for one in (stop, stop, arrival("2", stop.meaning))]

    assert [1, 0, 1] == counts


async def test_a_stop_where_nothing_runs_is_no_work(ledgers: Ledgers) -> None:
    """Nobody is called to a place for it, and nothing waits there afterwards."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.hear([arrival("2", Stopped(HOME, MARK))])

    waits = await ledger.waiting(claim)
    await ledger.write(claim, Released())
    again = await ledger.claim(9, BOTS)

    assert ["hello"] == [one.text for one in waits]
    assert [["hello"]] == [[one.text for one in found.waiting] for found in again]


async def test_a_stop_in_an_unknown_place_is_no_work(ledgers: Ledgers) -> None:
    """It is kept, and nobody is to do anything about it."""
    ledger = await ledgers.open()

    await ledger.hear([arrival("1", Stopped(HOME, MARK))])

    assert () == await ledger.claim(9, BOTS)
