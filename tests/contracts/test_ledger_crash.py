"""A process that dies at any step of a turn leaves exactly what was left to do."""

from dataclasses import dataclass

import pytest

from anima.model import Claim
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, Released, Say, Step
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import BOTS, claimed, message, spoken, texts, waiting

PLAN = {100: "One.", 101: "Two."}


def writes(claim: Claim) -> list[tuple[Step, ...]]:
    """A turn of two bubbles, as the writes that it is made of."""
    return [
        (Began(10, START), Say(100, 10, "One.", START, state="sending")),
        (Delivered(100, "m100", START), Say(101, 10, "Two.", START, state="sending")),
        (Delivered(101, "m101", START),),
        (Ended(10, waiting(claim), "answered", START),),
        (Released(),),
    ]


@dataclass(frozen=True)
class Left:
    """What is left after a crash."""

    waiting: list[str]
    unsent: list[tuple[int, str, int]]
    turn: int | None
    spoken: list[str]


LEFT = [
    Left(["hello"], [], None, []),
    Left(["hello"], [(100, "sending", 1)], 10, ["One."]),
    Left(["hello"], [(101, "sending", 1)], 10, ["One.", "Two."]),
    Left(["hello"], [], 10, ["One.", "Two."]),
    Left([], [], None, []),
]


async def crashed(ledgers: Ledgers, written: int) -> Ledger:
    """Another process, after one has died when it had made *written* writes."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    for steps in writes(claim)[:written]:
        await ledger.write(claim, *steps)
    ledgers.clock.advance(LEASE_S + 1)
    return await ledgers.open()


@pytest.mark.parametrize(("written", "left"), list(enumerate(LEFT)))
async def test_the_next_claim_holds_what_was_left_to_do(
    ledgers: Ledgers, written: int, left: Left
) -> None:
    """Messages not dealt with, bubbles not confirmed, the open turn and its words; no more."""
    other = await crashed(ledgers, written)

    claim = await claimed(other)

    assert left == Left(
        texts(claim),
        [(one.id, one.state, one.attempts) for one in claim.unsent],
        claim.turn,
        list(claim.spoken),
    )


async def test_a_turn_that_is_given_back_leaves_nothing(ledgers: Ledgers) -> None:
    """After the last write there is nothing to claim."""
    other = await crashed(ledgers, 5)

    claims = await other.claim(9, BOTS)

    assert () == claims


async def go_on(ledger: Ledger, claim: Claim) -> None:
    """Finish what *claim* leaves to do, as one who sends each bubble at most once."""
    if claim.waiting and claim.turn is None:
        await ledger.write(claim, Began(10, START))
    for one in claim.unsent:
        await ledger.write(claim, Delivered(one.id, f"m{one.id}", START))
    for id_, text in PLAN.items():
        if claim.waiting and text not in claim.spoken:
            await ledger.write(claim, Say(id_, 10, text, START), Delivered(id_, "m", START))
    if claim.waiting:
        await ledger.write(claim, Ended(10, waiting(claim), "answered", START))
    await ledger.write(claim, Released())


@pytest.mark.parametrize("written", range(5))
async def test_whoever_goes_on_ends_with_the_same_talk(ledgers: Ledgers, written: int) -> None:
    """Nothing is lost and nothing is said twice, wherever the crash was."""
    other = await crashed(ledgers, written)

    claim = await claimed(other)
    await go_on(other, claim)

    assert [("hello", "answered")] == await ledgers.heard()
    assert [("One.", "delivered"), ("Two.", "delivered")] == await ledgers.said()
    assert ["hello", "One.", "Two."] == spoken(await other.tail(claim, 9))
    assert () == await other.claim(9, BOTS)


@pytest.mark.parametrize("written", range(5))
async def test_a_second_crash_is_no_different_from_the_first(
    ledgers: Ledgers, written: int
) -> None:
    """Nothing is said twice when those who take over die as well."""
    await crashed(ledgers, written)
    middle = await ledgers.open()
    await claimed(middle)
    ledgers.clock.advance(LEASE_S + 1)
    last = await ledgers.open()

    await go_on(last, await claimed(last))

    assert [("One.", "delivered"), ("Two.", "delivered")] == await ledgers.said()


async def test_what_was_heard_after_the_crash_waits_behind(ledgers: Ledgers) -> None:
    """A message that came while nobody worked joins what is left."""
    other = await crashed(ledgers, 1)
    await other.hear([message("2", "still there?")])

    claim = await claimed(other)

    assert ["hello", "still there?"] == texts(claim)
    assert ("One.",) == claim.spoken


async def test_a_turn_stopped_and_given_back_is_taken_up_at_once(ledgers: Ledgers) -> None:
    """A stop in mid-turn releases it: no lease has to run out."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "hello")])
    parked = await claimed(one)
    await one.write(parked, *writes(parked)[0], Delivered(100, "m", START), Released())

    claim = await claimed(other)

    assert (["hello"], 10, ("One.",), ()) == (
        texts(claim),
        claim.turn,
        claim.spoken,
        claim.unsent,
    )


async def test_bubbles_keep_their_buttons_over_a_crash(ledgers: Ledgers) -> None:
    """What asks how people like it still does when another process sends it."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "hello")])
    claim = await claimed(one)
    bubbles = Say(100, 10, "One.", START), Say(101, 10, "Two.", START, asks=True)
    await one.write(claim, Began(10, START), *bubbles)
    ledgers.clock.advance(LEASE_S + 1)

    claim = await claimed(other)

    assert [("One.", False), ("Two.", True)] == [(one.text, one.asks) for one in claim.unsent]
