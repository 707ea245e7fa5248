"""What the ledger promises about writes under a lease that is lost."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from anima.errors import LeaseLost
from anima.model import Account, Claim, Usage
from anima.ports import Ledger
from anima.steps import (
    Began,
    Delivered,
    Ended,
    Failed,
    MovedTo,
    Postponed,
    Released,
    Say,
    Sending,
    Shut,
    Step,
)
from memory.tables import turn
from tests.contracts.ledgers import LEASE_S, START, Ledgers, SqlLedgers
from tests.contracts.words import BOTS, claimed, exchange, message, place, texts, waiting

FIRST = (Began(1, START), Say(10, 1, "One.", START), Say(11, 1, "Two.", START))
LATER = START + timedelta(seconds=60)


async def overtaken(ledgers: Ledgers) -> tuple[Ledger, Claim, Ledger]:
    """A process in the middle of its turn whose lease has run out, and another one."""
    slow, quick = await ledgers.open(), await ledgers.open()
    await slow.hear([message("1", "hello")])
    lost = await claimed(slow)
    await slow.write(lost, *FIRST)
    ledgers.clock.advance(LEASE_S + 1)
    return slow, lost, quick


STEPS: list[Step] = [
    Began(2, START),
    Say(12, 1, "Three.", START),
    Sending(10),
    Delivered(10, "m10", START),
    Postponed(10, LATER, unsure=True),
    Failed(10, "no"),
    Ended(1, (1,), "answered", START, apologised=True),
    Shut(),
    MovedTo("8"),
    Released(),
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
async def test_a_write_under_an_old_epoch_writes_nothing(ledgers: Ledgers, step: Step) -> None:
    """Whoever was overtaken learns it and has changed nothing, whatever it wanted to write."""
    slow, lost, quick = await overtaken(ledgers)
    claim = await claimed(quick)

    with pytest.raises(LeaseLost):
        await slow.write(lost, Delivered(11, "m11", START), step)

    assert [("hello", "waiting")] == await ledgers.heard()
    assert [("One.", "ready"), ("Two.", "ready")] == await ledgers.said()
    assert frozenset({claim.id}) == await quick.renew([claim])
    ledgers.clock.advance(LEASE_S + 1)
    again = await claimed(quick)
    assert (claim.conversation, claim.unsent, 1, None) == (
        again.conversation,
        again.unsent,
        again.turn,
        again.apologised_at,
    )


async def test_an_expired_lease_that_nobody_took_still_writes(ledgers: Ledgers) -> None:
    """Being late harms nobody as long as nobody else has begun."""
    slow, lost, _ = await overtaken(ledgers)

    await slow.write(lost, Delivered(10, "m10", START))

    assert [("One.", "delivered"), ("Two.", "ready")] == await ledgers.said()


async def test_the_new_owner_goes_on_where_the_old_one_was(ledgers: Ledgers) -> None:
    """The steps of the new claim are taken though the old owner still tries."""
    slow, lost, quick = await overtaken(ledgers)
    claim = await claimed(quick)

    async with asyncio.TaskGroup() as group:
        group.create_task(fenced(slow, lost))
        group.create_task(quick.write(claim, Delivered(10, "m10", START)))

    assert [("One.", "delivered"), ("Two.", "ready")] == await ledgers.said()


async def fenced(ledger: Ledger, claim: Claim) -> None:
    """A write that is refused."""
    with pytest.raises(LeaseLost):
        await ledger.write(claim, Failed(10, "no"), Failed(11, "no"))


async def test_a_refused_write_does_not_harm_those_written_with_it(ledgers: Ledgers) -> None:
    """Of many writes at once only the one under the old epoch fails."""
    slow, lost, _ = await overtaken(ledgers)
    await claimed(slow)
    await slow.hear([message(f"k{chat}", "hey", place(f"c{chat}")) for chat in range(8)])
    claims = await slow.claim(99, BOTS)

    async with asyncio.TaskGroup() as group:
        for number, claim in enumerate(claims, start=5):
            group.create_task(slow.write(claim, *exchange(claim, number, f"Answer {number}.")))
            if number == 8:
                group.create_task(fenced(slow, lost))
        new = group.create_task(slow.hear([message("last", "last", place("z"))]))

    delivered = [text for text, state in await ledgers.said() if state == "delivered"]
    assert [f"Answer {number}." for number in range(5, 13)] == sorted(delivered, key=len)
    assert 1 == new.result()


async def test_one_write_of_a_whole_turn_is_enough(ledgers: Ledgers) -> None:
    """All steps of a turn may be taken together."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)

    await ledger.write(claim, *exchange(claim, 1, "Hi.", "And you?"))

    assert [("Hi.", "delivered"), ("And you?", "delivered")] == await ledgers.said()
    assert [("hello", "answered")] == await ledgers.heard()


async def test_a_write_of_nothing_tells_whether_the_claim_is_ours(ledgers: Ledgers) -> None:
    """Without steps the epoch is checked all the same."""
    slow, lost, quick = await overtaken(ledgers)
    await slow.write(lost)
    claim = await claimed(quick)

    await fenced_empty(slow, lost)

    assert ["hello"] == texts(claim)
    assert 1 == len(waiting(claim))


async def fenced_empty(ledger: Ledger, claim: Claim) -> None:
    """An empty write that is refused."""
    with pytest.raises(LeaseLost):
        await ledger.write(claim)


async def test_the_account_of_a_turn_is_kept(sql_ledgers: SqlLedgers) -> None:
    """Who spoke and what it cost and how often it slipped, of a failure as of an answer."""
    ledger = await sql_ledgers.open()
    whole = Account("KU6.0", "r1", Usage(70, 30), slips=2)
    broken = Account("KU6.0", "")
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)

    await ledger.write(
        claim,
        Began(1, START),
        Ended(1, waiting(claim), "answered", START, whole, first_s=0.5),
        Began(2, START),
    )
    await ledger.write(claim, Ended(2, (), "failed", START, broken), Began(3, START))

    assert [
        (1, "answered", "KU6.0", "r1", 70, 30, 2),
        (2, "failed", "KU6.0", "", 0, 0, 0),
        (3, None, None, None, None, None, 0),
    ] == await accounts(sql_ledgers)


async def accounts(ledgers: SqlLedgers) -> list[tuple[object, ...]]:
    """What is known of each turn."""
    of = turn.c
    wanted = select(
        of.id, of.outcome, of.soul, of.revision, of.prompt_tokens, of.completion_tokens, of.slips
    )
    return await ledgers.databases[0].read(
        lambda connection: [tuple(row) for row in connection.execute(wanted.order_by(of.id))]
    )
