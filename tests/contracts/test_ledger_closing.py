"""What the ledger promises about places that shut us out, and about how turns end."""

import pytest

from anima.errors import LeaseLost
from anima.model import Account, Claim, Closed, Usage
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, Outcome, Released, Say, Shut
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import (
    BOTS,
    HOME,
    arrival,
    claimed,
    exchange,
    message,
    spoken,
    texts,
    waiting,
)


async def running(ledgers: Ledgers) -> tuple[Ledger, Claim]:
    """A turn that has said one bubble, has another one to send, and somebody waiting."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    bubbles = Say(10, 1, "One.", START), Delivered(10, "m", START), Say(11, 1, "Two.", START)
    await ledger.write(claim, Began(1, START), *bubbles)
    return ledger, claim


@pytest.mark.parametrize("way", ["event", "step"])
async def test_a_closed_place_is_left_alone(ledgers: Ledgers, way: str) -> None:
    """What waits is refused, what is unsent fails, and nothing is due there any more."""
    ledger, claim = await running(ledgers)

    if way == "event":
        await ledger.hear([arrival("2", Closed(HOME, closed=True))])
    else:
        await ledger.write(claim, Shut())

    assert ("hello", "refused") == (await ledgers.heard())[0]
    assert [("One.", "delivered"), ("Two.", "failed")] == await ledgers.said()
    ledgers.clock.advance(LEASE_S + 1)
    assert () == await ledger.claim(9, BOTS)


async def test_a_closing_fences_the_running_turn(ledgers: Ledgers) -> None:
    """Whoever is at work there learns that it is over."""
    ledger, claim = await running(ledgers)
    await ledger.hear([arrival("2", Closed(HOME, closed=True))])

    held = await ledger.renew([claim])

    assert frozenset() == held
    with pytest.raises(LeaseLost):
        await ledger.write(claim, Delivered(11, "m", START), Released())
    assert [("One.", "delivered"), ("Two.", "failed")] == await ledgers.said()


async def test_a_place_that_opens_again_has_nothing_left_over(ledgers: Ledgers) -> None:
    """What was refused meanwhile stays so; the next message starts afresh."""
    ledger, _ = await running(ledgers)
    await ledger.hear([arrival("2", Closed(HOME, closed=True))])
    await ledger.hear([arrival("3", Closed(HOME, closed=False))])
    idle = await ledger.claim(9, BOTS)

    await ledger.hear([message("4", "I am back")])

    claim = await claimed(ledger)
    assert () == idle
    assert (["I am back"], (), None, ()) == (
        texts(claim),
        claim.unsent,
        claim.turn,
        claim.spoken,
    )
    assert ["One."] == spoken(await ledger.tail(claim, 9))


async def test_a_message_opens_a_closed_place(ledgers: Ledgers) -> None:
    """Whoever writes to us is there to be answered, whether the platform told us or not."""
    ledger, _ = await running(ledgers)
    await ledger.hear([arrival("2", Closed(HOME, closed=True)), message("3", "psst")])

    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 2, "Yes?"))

    assert ["One.", "psst", "Yes?"] == spoken(await ledger.tail(claim, 9))


async def test_a_place_of_which_only_its_closing_was_heard(ledgers: Ledgers) -> None:
    """Being thrown out of a place where nobody ever spoke is no trouble."""
    ledger = await ledgers.open()

    new = await ledger.hear([arrival("1", Closed(HOME, closed=True))])

    assert 1 == new
    assert () == await ledger.claim(9, BOTS)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("answered", "answered"),
        ("failed", "answered"),
        ("refused", "refused"),
        ("silent", "noted"),
        ("expired", "expired"),
    ],
)
async def test_the_end_of_a_turn_settles_what_it_dealt_with(
    ledgers: Ledgers, outcome: Outcome, state: str
) -> None:
    """Each message it names gets the state of the outcome; the others go on waiting."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.hear([message("2", "later")])

    await ledger.write(claim, *exchange(claim, 1, outcome=outcome))

    assert [("hello", state), ("later", "waiting")] == await ledgers.heard()
    again = await claimed(ledger)
    assert (["later"], None) == (texts(again), again.turn)


async def test_an_apology_is_remembered_with_its_time(ledgers: Ledgers) -> None:
    """The next claim tells when we said sorry last, and a turn without one changes nothing."""
    ledger = await ledgers.open()
    for number, apologised in enumerate([True, False], start=1):
        await ledger.hear([message(str(number), "hello?")])
        claim = await claimed(ledger)
        ended = Ended(number, waiting(claim), "expired", ledgers.clock.now(), apologised=apologised)
        await ledger.write(claim, Began(number, START), ended, Released())
        ledgers.clock.advance(60)
    await ledger.hear([message("3", "hello?")])

    apologised_at = (await claimed(ledger)).apologised_at

    assert START == apologised_at


async def test_an_end_with_an_account_is_an_end(ledgers: Ledgers) -> None:
    """Soul, cost and time to the first word are taken with it."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    account = Account("KU5.0", "a1b2", Usage(1200, 34))
    ended = Ended(1, waiting(claim), "answered", START, account, first_s=0.4)

    await ledger.write(claim, Began(1, START), ended, Released())

    assert [("hello", "answered")] == await ledgers.heard()
