"""What the ledger promises about dials, chosen languages, asides and reasons."""

import pytest

from anima.errors import LeaseLost
from anima.model import Claim, Incoming, Renamed, Speaker
from anima.ports import Ledger
from anima.steps import Began, Dialled, Ended, Preferred, Released, Step
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import (
    HOME,
    MEI,
    arrival,
    claimed,
    exchange,
    message,
    place,
    spoken,
    waiting,
)

OWNER = "telegram:5"
BO = Speaker("telegram", "6", "Bo", "en")
NEW = place("-100")


def dialled(after: int, before: int = 1) -> Dialled:
    """The owner turns the dial."""
    return Dialled(before, after, OWNER, START)


def prefers(tongue: str, who: Speaker = MEI) -> Preferred:
    """Somebody chooses."""
    return Preferred(who.address, tongue, START)


async def command(ledger: Ledger, turn: int, *steps: Step, chat: str = "7") -> None:
    """Somebody writes a command in *chat*, and *steps* come of it."""
    await ledger.hear([message(f"{chat}-{turn}", "/talk", place(chat))])
    claim = await claimed(ledger)
    ended = Ended(turn, waiting(claim), "command", START)
    await ledger.write(claim, Began(turn, START), *steps, ended, Released())


async def claim_of(ledger: Ledger, chat: str, key: str = "more") -> Claim:
    """The claim after somebody has said something more in *chat*."""
    await ledger.hear([message(f"{key}-{chat}", "more", place(chat))])
    return await claimed(ledger)


async def test_a_dial_holds_in_its_own_conversation(ledgers: Ledgers) -> None:
    """Any process knows it with the next claim; elsewhere it stands where it stood."""
    ledger, other = await ledgers.open(), await ledgers.open()

    await command(ledger, 1, dialled(4))

    assert [4, 1] == [(await claim_of(other, chat)).dial for chat in ("7", "8")]


async def test_the_newest_dial_counts_and_each_turn_is_audited(ledgers: Ledgers) -> None:
    """Also one that shuts it up for good; who did it, from what to what."""
    ledger = await ledgers.open()

    await command(ledger, 1, dialled(4), dialled(0, before=4))

    assert 0 == (await claim_of(ledger, "7")).dial
    assert [
        (OWNER, "talk", "here", "1", "4"),
        (OWNER, "talk", "here", "4", "0"),
    ] == await ledgers.audit()


@pytest.mark.parametrize(
    ("there", "expected"), [(None, 4), (dialled(2), 2)], ids=["nobody's yet", "one of its own"]
)
async def test_a_dial_moves_with_its_conversation(
    ledgers: Ledgers, there: Dialled | None, expected: int
) -> None:
    """What the group that goes on has set itself counts first."""
    ledger = await ledgers.open()
    await command(ledger, 1, dialled(4))
    await command(ledger, 2, *([there] if there else []), chat=NEW.chat)

    await ledger.hear([arrival("moved", Renamed(HOME, NEW.chat))])

    assert expected == (await claim_of(ledger, NEW.chat)).dial


async def test_a_chosen_language_is_known_wherever_its_speaker_writes(ledgers: Ledgers) -> None:
    """In any process and place, with any message; what others want is their own."""
    ledger, other = await ledgers.open(), await ledgers.open()
    await command(ledger, 1, prefers("ja"))
    theirs = Incoming(place("8"), BO, "hello", START, "b")
    await other.hear([message("a", "hi", place("8")), arrival("b", theirs)])

    claim = await claimed(other)

    assert ["ja", ""] == [one.tongue for one in claim.waiting]
    assert claim.waiting == await other.waiting(claim)


async def test_a_message_that_waited_is_answered_as_its_speaker_wants_by_now(
    ledgers: Ledgers,
) -> None:
    """The choice is looked up when the message is, not when it came."""
    ledger, other = await ledgers.open(), await ledgers.open()
    await ledger.hear([message("a", "hi", place("8"))])
    claim = await claimed(ledger)

    await command(other, 1, prefers("zh"))

    assert ["zh"] == [one.tongue for one in await ledger.waiting(claim)]


async def test_the_newest_language_counts_until_it_is_taken_back(ledgers: Ledgers) -> None:
    """It may be chosen as often as one likes; nothing of it is audited."""
    ledger = await ledgers.open()
    found = []

    for turn, steps in enumerate(([prefers("ja"), prefers("de")], [prefers("")], [prefers("")])):
        await command(ledger, turn + 1, *steps)
        claim = await claim_of(ledger, "7", key=f"more-{turn}")
        found += [one.tongue for one in claim.waiting]
        await ledger.write(claim, *exchange(claim, turn + 10))

    assert ["de", "", ""] == found
    assert [] == await ledgers.audit()


async def test_who_has_lost_the_lease_changes_nothing(ledgers: Ledgers) -> None:
    """Neither dial nor language."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "/talk 5")])
    lost = await claimed(one)
    ledgers.clock.advance(LEASE_S + 1)
    await claimed(other)

    with pytest.raises(LeaseLost):
        await one.write(lost, Began(1, START), dialled(5), prefers("ja"))

    ledgers.clock.advance(LEASE_S + 1)
    claim = await claimed(other)
    assert (1, [""]) == (claim.dial, [heard.tongue for heard in claim.waiting])
    assert [] == await ledgers.audit()


async def test_what_was_only_known_stands_in_its_place_and_is_noted(ledgers: Ledgers) -> None:
    """It belongs to the turn in which others were answered, and to what is remembered."""
    ledger = await ledgers.open()
    await ledger.hear([message(str(n), f"m{n}") for n in range(3)])
    claim = await claimed(ledger)
    first, aside, last = waiting(claim)
    ended = Ended(1, (first, last), "answered", START, noted=(aside,), reason="addressed")

    await ledger.write(claim, Began(1, START), ended, Released())

    assert [("m0", "answered"), ("m1", "noted"), ("m2", "answered")] == await ledgers.heard()
    assert ["m0", "m1", "m2"] == spoken(await ledger.tail(claim, 9))


async def test_a_refused_turn_may_leave_others_words_known(ledgers: Ledgers) -> None:
    """What a stranger said goes; what was said beside it stays."""
    ledger = await ledgers.open()
    await ledger.hear([message(str(n), f"m{n}") for n in range(2)])
    claim = await claimed(ledger)
    aside, stranger = waiting(claim)
    ended = Ended(1, (stranger,), "refused", START, noted=(aside,))

    await ledger.write(claim, Began(1, START), ended, Released())

    assert ["m0"] == spoken(await ledger.tail(claim, 9))


async def test_a_line_tells_whether_it_was_said_to_us(ledgers: Ledgers) -> None:
    """Ours never are."""
    ledger = await ledgers.open()
    chatter = Incoming(HOME, BO, "lunch", START, "1", private=False, addressed=False)
    await ledger.hear([arrival("1", chatter), message("2", "avatar?")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Yes?"))

    lines = await ledger.tail(claim, 9)

    assert [False, True, False] == [line.addressed for line in lines]
