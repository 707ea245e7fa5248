"""What the ledger promises about buttons, and about files that come with a bubble."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from anima.model import Beside, Button, Conversation, Incoming, Pressed, Speaker
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, Failed, Postponed, Released, Say
from memory.longterm.blanking import blank
from memory.tables import heard
from tests.contracts.ledgers import LEASE_S, START, Ledgers, SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI, arrival, claimed, message, place, waiting

BO = Speaker("telegram", "6", "Bo")
TURN = 1
BUBBLE = 10
ASKING = Beside((Button("Ja 削除", '/memory forget "猫" \u0000yes'), Button("No", "/memory keep")))


def pressed(
    which: int, said: int = BUBBLE, who: Speaker = MEI, where: Conversation = HOME
) -> Pressed:
    """Somebody's finger on a button."""
    return Pressed(said, which, Incoming(where, who, "", START, "m10", addressed=False))


async def asked(ledgers: Ledgers) -> Ledger:
    """A place in which we asked something by two buttons."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "/memory forget")])
    claim = await claimed(ledger)
    ended = Ended(TURN, waiting(claim), "command", START)
    bubbles = (
        Say(BUBBLE, TURN, "Sure?", START, state="sending", beside=ASKING),
        Delivered(BUBBLE, "m10", START),
        Say(BUBBLE + 1, TURN, "And now?", START, state="sending"),
        Delivered(BUBBLE + 1, "m11", START),
    )
    await ledger.write(claim, Began(TURN, START), *bubbles, ended, Released())
    ledgers.rang.clear()
    ledgers.clock.advance(90)
    return ledger


@pytest.mark.parametrize(("which", "words"), [(0, '/memory forget "猫" yes'), (1, "/memory keep")])
async def test_who_presses_says_what_the_button_says(
    ledgers: Ledgers, which: int, words: str
) -> None:
    """It is a message to us like any other, said now, in the name of who pressed."""
    ledger = await asked(ledgers)

    new = await ledger.hear([arrival("2", pressed(which, who=BO))])

    (said,) = (await claimed(ledger)).waiting
    assert (1, 1) == (new, len(ledgers.rang))
    assert (words, "6", "m10") == (said.text, said.speaker.id, said.message)
    assert (ledgers.clock.now(), said.addressed) == (said.at, True)
    assert [("/memory forget", "command"), (words, "waiting")] == await ledgers.heard()


async def test_a_press_that_comes_again_is_one(ledgers: Ledgers) -> None:
    """The same update is known by its name; another press is another message."""
    ledger = await asked(ledgers)
    await ledger.hear([arrival("2", pressed(1))])

    new = await ledger.hear([arrival("2", pressed(1)), arrival("3", pressed(1))])

    assert 1 == new
    assert ["/memory keep"] * 2 == [text for text, _ in (await ledgers.heard())[1:]]


@pytest.mark.parametrize(
    "stray",
    [
        pressed(2),
        pressed(-1),
        pressed(2**70),
        pressed(0, BUBBLE + 1),
        pressed(0, 999),
        pressed(0, 0),
        pressed(0, -1),
        pressed(0, 10**30),
        pressed(0, where=place("8")),
        pressed(0, where=replace(HOME, bot="other")),
        pressed(0, where=replace(HOME, thread="5")),
    ],
    ids=[
        *("no such button", "negative button", "huge button", "a bubble without", "unknown"),
        *("zero", "negative", "huge", "another chat", "another bot", "another thread"),
    ],
)
async def test_a_press_on_nothing_of_that_place_is_an_arrival_and_no_more(
    ledgers: Ledgers, stray: Pressed
) -> None:
    """A payload may say anything; what follows in the batch is heard all the same."""
    ledger = await asked(ledgers)

    new = await ledger.hear([arrival("2", stray), message("3", "and now")])

    assert 2 == new
    assert [("", "event"), ("and now", "waiting")] == (await ledgers.heard())[1:]


async def test_a_press_on_nothing_wakes_nobody(ledgers: Ledgers) -> None:
    """There is nothing to do."""
    ledger = await asked(ledgers)

    await ledger.hear([arrival("2", pressed(0, 999))])

    assert [] == ledgers.rang
    assert () == await ledger.claim(9, BOTS)


async def test_a_press_counts_while_the_bubble_is_on_its_way(ledgers: Ledgers) -> None:
    """Who is quick presses before the platform has told us that it arrived."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "/memory forget")])
    claim = await claimed(ledger)
    say = Say(BUBBLE, TURN, "Sure?", START, state="sending", beside=ASKING)
    await ledger.write(claim, Began(TURN, START), say)

    await ledger.hear([arrival("2", pressed(1))])

    assert ["/memory forget", "/memory keep"] == [one.text for one in await ledger.waiting(claim)]


async def raws(ledgers: SqlLedgers) -> list[str]:
    """The text of each update, as it came."""
    wanted = select(heard.c.raw).order_by(heard.c.id)
    return await ledgers.databases[0].read(lambda reads: list(reads.execute(wanted).scalars()))


async def test_what_is_forgotten_asks_nothing(sql_ledgers: SqlLedgers) -> None:
    """Its buttons on somebody's screen say nothing any more."""
    ledger = await asked(sql_ledgers)
    await sql_ledgers.databases[0].write(lambda writes: blank(writes, 1, (), (BUBBLE,)))

    await ledger.hear([arrival("2", pressed(0))])

    assert [("", "event")] == (await sql_ledgers.heard())[1:]


async def test_presses_of_what_is_forgotten_are_forgotten_with_it(sql_ledgers: SqlLedgers) -> None:
    """A platform sends the bubble along with each press, whatever became of that."""
    ledger = await asked(sql_ledgers)
    again = replace(pressed(1), message=replace(pressed(1).message, reply_to="m10"))
    await ledger.hear([arrival("2", pressed(7)), arrival("3", again)])
    before = await raws(sql_ledgers)

    await sql_ledgers.databases[0].write(lambda writes: blank(writes, 1, (), (BUBBLE,)))

    assert [before[0], "", ""] == await raws(sql_ledgers)


async def test_what_comes_with_a_bubble_survives_a_crash(ledgers: Ledgers) -> None:
    """Buttons and files are with the bubbles that are not sent yet, and with no others."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "/memory export")])
    claim = await claimed(one)
    file = Beside(document=Path("/数据/exports/猫 1.zip"), name="思い出.zip")
    asking = Beside((Button("Yes", "/yes"), Button("いいえ", "/no 'x' \"y\"")))
    await one.write(
        claim,
        Began(TURN, START),
        Say(100, TURN, "One.", START),
        Say(101, TURN, "Two.", START, beside=asking),
        Say(102, TURN, "Three.", START, state="sending", beside=file),
        Postponed(102, START, unsure=True),
        Say(103, TURN, "Four.", START, beside=file),
        Failed(103, "no"),
    )
    ledgers.clock.advance(LEASE_S + 1)

    claim = await claimed(other)

    unsent = [(one.text, one.beside) for one in claim.unsent]
    assert [("One.", Beside()), ("Two.", asking), ("Three.", file)] == unsent
