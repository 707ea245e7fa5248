"""What the ledger promises about leases."""

import asyncio

from anima.ports import Ledger
from anima.steps import Released
from tests.contracts.ledgers import LEASE_S, Ledgers
from tests.contracts.words import (
    BOTS,
    arrival,
    claimed,
    exchange,
    incoming,
    message,
    place,
    texts,
)


async def fill(ledgers: Ledgers, ledger: Ledger, count: int) -> None:
    """Messages in *count* conversations, a second apart."""
    for chat in range(count):
        await ledger.hear([message(str(chat), f"from {chat}", place(str(chat)))])
        ledgers.clock.advance(1)


async def test_nothing_due_is_nothing_claimed(ledgers: Ledgers) -> None:
    """An idle ledger gives an empty tuple."""
    ledger = await ledgers.open()

    claims = await ledger.claim(9, BOTS)

    assert () == claims


async def test_the_longest_due_comes_first_up_to_the_limit(ledgers: Ledgers) -> None:
    """Conversations are given out in the order in which they became due."""
    ledger = await ledgers.open()
    await fill(ledgers, ledger, 5)
    await ledger.hear([message("again", "and again", place("0"))])

    first = await ledger.claim(3, BOTS)
    rest = await ledger.claim(3, BOTS)

    assert ["0", "1", "2"] == [claim.conversation.chat for claim in first]
    assert ["from 0", "and again"] == texts(first[0])
    assert ["3", "4"] == [claim.conversation.chat for claim in rest]


async def test_only_conversations_of_the_asked_bots_are_claimed(ledgers: Ledgers) -> None:
    """A process answers for the bots that it runs; no bots, no work."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])

    others = await ledger.claim(9, [("telegram", "other"), ("discord", "anima")])
    none = await ledger.claim(9, [])
    ours = await ledger.claim(9, [("discord", "anima"), *BOTS])

    assert ((), (), 1) == (others, none, len(ours))


async def test_a_leased_conversation_is_not_given_out_again(ledgers: Ledgers) -> None:
    """Until the lease ends nobody else gets it, new messages or not."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "hello")])
    await one.claim(9, BOTS)
    await one.hear([message("2", "are you there?")])
    ledgers.clock.advance(LEASE_S)

    again = (*await other.claim(9, BOTS), *await one.claim(9, BOTS))

    assert () == again


async def test_two_processes_that_claim_at_once_share_the_work(ledgers: Ledgers) -> None:
    """Each conversation goes to one of them, and together they get all."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message(str(chat), "hello", place(str(chat))) for chat in range(30)])

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(who.claim(5, BOTS)) for who in (one, other) * 3]

    ids = [claim.id for task in asked for claim in task.result()]
    rest = [claim.id for claim in await one.claim(99, BOTS)]
    assert 30 == len(ids + rest) == len({*ids, *rest})


async def test_an_expired_lease_goes_to_another_under_a_higher_epoch(ledgers: Ledgers) -> None:
    """A process that fell silent loses its conversation with all that waits in it."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "hello")])
    lost = await claimed(one)
    ledgers.clock.advance(LEASE_S + 1)

    claim = await claimed(other)

    assert claim.epoch > lost.epoch
    assert (lost.id, lost.conversation, lost.waiting) == (
        claim.id,
        claim.conversation,
        claim.waiting,
    )


async def test_a_renewed_lease_lasts_longer(ledgers: Ledgers) -> None:
    """Renewing counts from now, for the conversations named and no others."""
    one, other = await ledgers.open(), await ledgers.open()
    await fill(ledgers, one, 2)
    claims = await one.claim(9, BOTS)
    ledgers.clock.advance(LEASE_S - 1)

    held = await one.renew(claims[:1])
    ledgers.clock.advance(LEASE_S - 1)

    assert frozenset({claims[0].id}) == held
    assert [claims[1].id] == [claim.id for claim in await other.claim(9, BOTS)]


async def test_only_what_is_still_ours_is_renewed(ledgers: Ledgers) -> None:
    """A lease that somebody else took, or that was given back, is not reported and not touched."""
    one, other = await ledgers.open(), await ledgers.open()
    await fill(ledgers, one, 3)
    claims = await one.claim(9, BOTS)
    await one.write(claims[1], *exchange(claims[1], 1))
    await one.renew(claims[2:])
    ledgers.clock.advance(LEASE_S - 1)
    await one.renew(claims[2:])
    ledgers.clock.advance(2)
    await claimed(other)

    held = await one.renew(claims)

    assert frozenset({claims[2].id}) == held
    assert () == await one.claim(9, BOTS)


async def test_renewing_nothing_is_nothing(ledgers: Ledgers) -> None:
    """An idle process may ask as well."""
    ledger = await ledgers.open()

    held = await ledger.renew([])

    assert frozenset() == held


async def test_messages_wait_in_the_order_in_which_they_were_heard(ledgers: Ledgers) -> None:
    """Whatever the platform's own times and numbers say."""
    ledger = await ledgers.open()
    await ledger.hear([message("9", "first"), message("3", "second")])
    await ledger.hear([message("5", "third")])

    claim = await claimed(ledger)

    assert ["first", "second", "third"] == texts(claim)


async def test_what_is_heard_during_a_turn_waits_for_the_next(ledgers: Ledgers) -> None:
    """It is seen by whoever asks, stays waiting, and makes the conversation due on release."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.hear([message("2", "and?"), message("3", "elsewhere", place("8"))])
    await claimed(ledger)

    seen = await ledger.waiting(claim)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))

    assert ["hello", "and?"] == [heard.text for heard in seen]
    assert ["and?"] == texts(await claimed(ledger))


async def test_a_release_with_nothing_left_leaves_nothing_due(ledgers: Ledgers) -> None:
    """A conversation in which all is dealt with is not claimed, until somebody speaks again."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))
    ledgers.clock.advance(3600)

    idle = await ledger.claim(9, BOTS)
    await ledger.hear([message("2", "bye")])

    assert () == idle
    assert ["bye"] == texts(await claimed(ledger))


async def test_a_release_without_an_answer_gives_the_work_back(ledgers: Ledgers) -> None:
    """A process that stops hands over at once what it has not begun."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([arrival("1", incoming("hello"))])
    claim = await claimed(one)

    await one.write(claim, Released())

    assert ["hello"] == texts(await claimed(other))
