"""What the ledger promises about what people think of an answer."""

from dataclasses import replace

import pytest

from anima.model import Account, Conversation, Rated, Speaker, Verdict
from anima.ports import Ledger
from anima.steps import Began, Changed, Ended, Released
from tests.contracts.ledgers import START, Ledgers
from tests.contracts.words import BOTS, HOME, MEI, arrival, claimed, message, place, said, waiting

BO = Speaker("telegram", "6", "Bo")
TURN = 1
BUBBLE = 10


def rated(
    verdict: Verdict, said: int = BUBBLE, speaker: Speaker = MEI, where: Conversation = HOME
) -> Rated:
    """Somebody's thumb."""
    return Rated(where, speaker, said, verdict)


async def answered(ledgers: Ledgers) -> Ledger:
    """A place in which KU6.0 has answered in two bubbles."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    bubbles = (*said(BUBBLE, TURN, "Hi."), *said(BUBBLE + 1, TURN, "And you?"))
    ended = Ended(TURN, waiting(claim), "answered", START, Account("KU6.0", "r1"))
    await ledger.write(claim, Began(TURN, START), *bubbles, ended, Released())
    ledgers.rang.clear()
    return ledger


async def test_a_verdict_is_kept_with_the_turn_and_the_soul(ledgers: Ledgers) -> None:
    """Whoever speaks here tomorrow, the thumb is for the one who gave that answer."""
    ledger = await answered(ledgers)

    new = await ledger.hear([arrival("2", rated("good"))])

    assert 1 == new
    assert [(TURN, "telegram:5", "good", "KU6.0")] == await ledgers.feedback()


async def test_a_verdict_wakes_nobody_up(ledgers: Ledgers) -> None:
    """There is nothing to answer."""
    ledger = await answered(ledgers)

    await ledger.hear([arrival("2", rated("bad"))])

    assert [] == ledgers.rang
    assert () == await ledger.claim(9, BOTS)
    assert [("hello", "answered"), ("", "event")] == await ledgers.heard()


async def test_the_newest_verdict_counts(ledgers: Ledgers) -> None:
    """Who changes their mind, on any bubble of the answer, is counted once."""
    ledger = await answered(ledgers)
    await ledger.hear([arrival("2", rated("good"))])

    await ledger.hear([arrival("3", rated("bad")), arrival("4", rated("unlike", BUBBLE + 1))])

    assert [(TURN, "telegram:5", "unlike", "KU6.0")] == await ledgers.feedback()


async def test_a_repeated_verdict_does_not_undo_a_newer_one(ledgers: Ledgers) -> None:
    """An update that comes again is known by its name."""
    ledger = await answered(ledgers)
    await ledger.hear([arrival("2", rated("good"))])
    await ledger.hear([arrival("3", rated("bad"))])

    new = await ledger.hear([arrival("2", rated("good"))])

    assert 0 == new
    assert [(TURN, "telegram:5", "bad", "KU6.0")] == await ledgers.feedback()


@pytest.mark.parametrize(("taken", "left"), [("good", []), ("bad", ["good"])])
async def test_a_verdict_is_taken_back(ledgers: Ledgers, taken: Verdict, left: list[str]) -> None:
    """By who gave it, and only as long as it is their newest word."""
    ledger = await answered(ledgers)
    await ledger.hear([arrival("2", rated("good")), arrival("3", rated("bad", speaker=BO))])

    await ledger.hear([arrival("4", replace(rated(taken), withdrawn=True))])

    assert [*left, "bad"] == [verdict for _, _, verdict, _ in await ledgers.feedback()]


async def test_each_speaker_has_a_verdict(ledgers: Ledgers) -> None:
    """In a group everybody may think otherwise."""
    ledger = await answered(ledgers)

    await ledger.hear([arrival("2", rated("good")), arrival("3", rated("bad", speaker=BO))])

    assert [
        (TURN, "telegram:5", "good", "KU6.0"),
        (TURN, "telegram:6", "bad", "KU6.0"),
    ] == await ledgers.feedback()


@pytest.mark.parametrize(
    "stray",
    [
        rated("good", 999),
        rated("good", 0),
        rated("good", -1),
        rated("good", 2**63),
        rated("good", 10**30),
        rated("good", where=place("8")),
        rated("good", where=replace(HOME, bot="other")),
    ],
    ids=["unknown", "zero", "negative", "too large", "huge", "another chat", "another bot"],
)
async def test_a_verdict_on_nothing_of_that_place_is_an_arrival_and_no_more(
    ledgers: Ledgers, stray: Rated
) -> None:
    """A button's payload may say anything; what follows in the batch is heard all the same."""
    ledger = await answered(ledgers)

    new = await ledger.hear([arrival("2", stray), message("3", "and now")])

    assert 2 == new
    assert [] == await ledgers.feedback()
    assert [("", "event"), ("and now", "waiting")] == (await ledgers.heard())[1:]


async def test_a_verdict_on_an_answer_that_goes_on_is_for_who_speaks_here(
    ledgers: Ledgers,
) -> None:
    """A quick thumb comes before the turn has said whose it was."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, Began(TURN, START), Changed("KU7.0", 0), *said(BUBBLE, TURN, "Hm"))

    await ledger.hear([arrival("2", rated("good"))])

    assert [(TURN, "telegram:5", "good", "KU7.0")] == await ledgers.feedback()


async def test_a_verdict_on_an_answer_of_nobody_is_kept(ledgers: Ledgers) -> None:
    """Before the first soul has its name there is an answer all the same."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    await ledger.write(await claimed(ledger), Began(TURN, START), *said(BUBBLE, TURN, "Hm"))

    await ledger.hear([arrival("2", rated("good"))])

    assert [(TURN, "telegram:5", "good", "")] == await ledgers.feedback()


async def test_a_verdict_may_name_the_bubble_as_the_platform_does(ledgers: Ledgers) -> None:
    """A reaction knows the message it is under, and nothing of our ids."""
    ledger = await answered(ledgers)

    await ledger.hear([arrival("2", Rated(HOME, MEI, 0, "good", message=f"m{BUBBLE}"))])
    await ledger.hear([arrival("3", Rated(HOME, BO, 0, "bad", message="m999"))])
    await ledger.hear([arrival("4", Rated(place("8"), BO, 0, "bad", message=f"m{BUBBLE}"))])

    assert [(TURN, "telegram:5", "good", "KU6.0")] == await ledgers.feedback()
