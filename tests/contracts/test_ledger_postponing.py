"""What the ledger promises about bubbles that could not be sent yet, or never."""

from datetime import timedelta

from anima.model import Claim
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, Failed, Postponed, Released, Say, Sending
from tests.contracts.ledgers import START, Ledgers
from tests.contracts.words import BOTS, claimed, message, spoken, texts, waiting

SOON, LATE = START + timedelta(seconds=60), START + timedelta(seconds=600)


async def answered(ledgers: Ledgers) -> tuple[Ledger, Claim]:
    """A turn that has ended with two bubbles which are not sent yet."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(
        claim,
        Began(1, START),
        Say(10, 1, "One.", START, reply_to="1", state="sending"),
        Say(11, 1, "Two.", START),
        Ended(1, waiting(claim), "answered", START),
    )
    return ledger, claim


async def test_a_bubble_keeps_what_is_known_of_its_sending(ledgers: Ledgers) -> None:
    """Attempts, state, time and reply come back in the next claim."""
    ledger, claim = await answered(ledgers)
    await ledger.write(claim, Postponed(10, SOON, unsure=True), Sending(11), Released())
    ledgers.clock.advance(60)

    one, two = (await claimed(ledger)).unsent

    assert ("maybe", 1, SOON, "1") == (one.state, one.attempts, one.not_before, one.reply_to)
    assert ("sending", 1, None, "") == (two.state, two.attempts, two.not_before, two.reply_to)


async def test_each_sending_is_counted(ledgers: Ledgers) -> None:
    """The number of attempts rises, and a sure failure makes the bubble ready again."""
    ledger, claim = await answered(ledgers)
    await ledger.write(claim, Postponed(10, SOON, unsure=True), Sending(10))
    await ledger.write(claim, Postponed(10, START, unsure=False), Released())

    one, _ = (await claimed(ledger)).unsent

    assert ("ready", 2, START) == (one.state, one.attempts, one.not_before)


async def test_a_conversation_is_due_when_its_first_bubble_is(ledgers: Ledgers) -> None:
    """Not before, and then at once."""
    ledger, claim = await answered(ledgers)
    postponed = Postponed(10, SOON, unsure=False), Postponed(11, LATE, unsure=False)
    await ledger.write(claim, *postponed, Released())
    ledgers.clock.advance(59)

    early = await ledger.claim(9, BOTS)
    ledgers.clock.advance(1)

    assert () == early
    assert ["One.", "Two."] == [one.text for one in (await claimed(ledger)).unsent]


async def test_bubbles_that_are_ready_make_it_due_at_once(ledgers: Ledgers) -> None:
    """One bubble that must wait does not hold back the release of another that need not."""
    ledger, claim = await answered(ledgers)
    await ledger.write(claim, Postponed(11, LATE, unsure=False), Released())

    again = await claimed(ledger)

    assert [10, 11] == [one.id for one in again.unsent]


async def test_a_new_message_makes_it_due_at_once(ledgers: Ledgers) -> None:
    """Somebody who speaks does not wait for an old bubble."""
    ledger, claim = await answered(ledgers)
    await ledger.write(
        claim, Postponed(10, LATE, unsure=False), Postponed(11, LATE, unsure=False), Released()
    )
    idle = await ledger.claim(9, BOTS)
    await ledger.hear([message("2", "hm?")])

    again = await claimed(ledger)

    assert () == idle
    assert ["hm?"] == texts(again)
    assert [10, 11] == [one.id for one in again.unsent]


async def test_a_message_that_waits_behind_a_postponed_bubble_waits_for_it(
    ledgers: Ledgers,
) -> None:
    """What is decided first is said first, so the answer to the new message comes after it."""
    ledger, claim = await answered(ledgers)
    await ledger.hear([message("2", "hm?")])
    await ledger.write(
        claim, Postponed(10, SOON, unsure=False), Postponed(11, SOON, unsure=False), Released()
    )

    early = await ledger.claim(9, BOTS)
    ledgers.clock.advance(60)

    assert () == early
    assert ["hm?"] == texts(await claimed(ledger))


async def test_a_failed_bubble_is_not_sent_again_and_not_remembered(ledgers: Ledgers) -> None:
    """What never arrived was never said, whatever the platform's reason looked like."""
    ledger, claim = await answered(ledgers)

    await ledger.write(claim, Failed(10, "no\0 \ud83d"), Delivered(11, "m", START), Released())

    assert [("One.", "failed"), ("Two.", "delivered")] == await ledgers.said()
    assert () == await ledger.claim(9, BOTS)
    assert ["hello", "Two."] == spoken(await ledger.tail(claim, 9))


async def test_a_failed_bubble_of_an_open_turn_was_not_spoken(ledgers: Ledgers) -> None:
    """Whoever takes up the turn may say it again in other words."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    say = Say(10, 1, "One.", START, state="sending"), Say(11, 1, "Two.", START)
    await ledger.write(claim, Began(1, START), *say, Failed(10, "too long"), Released())

    again = await claimed(ledger)

    assert (1, ("Two.",), [11]) == (again.turn, again.spoken, [one.id for one in again.unsent])


async def test_a_bubble_of_an_ended_turn_is_not_a_word_of_the_open_one(ledgers: Ledgers) -> None:
    """Unsent bubbles come back whatever their turn; spoken are those of the open turn alone."""
    ledger, claim = await answered(ledgers)
    await ledger.hear([message("2", "hm?")])
    await ledger.write(claim, Began(2, START), Say(20, 2, "Three.", START), Released())

    again = await claimed(ledger)

    assert [10, 11, 20] == [one.id for one in again.unsent]
    assert (2, ("Three.",)) == (again.turn, again.spoken)
