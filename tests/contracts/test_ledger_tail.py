"""What the ledger promises about the past: what really was heard and really was said."""

import pytest

from anima.model import Line
from anima.steps import Began, Delivered, Ended, Outcome, Released, Say
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import MEI, claimed, exchange, message, place, said, spoken, waiting


async def test_what_was_heard_stands_before_what_was_answered(ledgers: Ledgers) -> None:
    """Turn by turn, the messages of a burst and then the bubbles."""
    ledger = await ledgers.open()
    for turn in (1, 2):
        await ledger.hear([message(f"a{turn}", f"a{turn}"), message(f"b{turn}", f"b{turn}")])
        claim = await claimed(ledger)
        await ledger.write(claim, *exchange(claim, turn, f"c{turn}", f"d{turn}"))

    lines = await ledger.tail(claim, 99)

    assert ["a1", "b1", "c1", "d1", "a2", "b2", "c2", "d2"] == spoken(lines)


async def test_a_line_knows_its_speaker_and_its_time(ledgers: Ledgers) -> None:
    """Ours have no speaker."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "你好")])
    claim = await claimed(ledger)
    say, delivered = said(10, 1, "元気ですか🌸")
    await ledger.write(
        claim, Began(1, START), say, delivered, Ended(1, waiting(claim), "answered", START)
    )

    lines = await ledger.tail(claim, 9)

    assert isinstance(say, Say)
    assert (Line(MEI, "你好", START, addressed=True), Line(None, "元気ですか🌸", say.at)) == lines


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(0, []), (1, ["d"]), (2, ["c", "d"]), (3, ["b", "c", "d"]), (9, ["a", "b", "c", "d"])],
)
async def test_the_last_lines_are_the_ones_kept(
    ledgers: Ledgers, limit: int, expected: list[str]
) -> None:
    """A limit cuts the oldest away, over the edges of turns."""
    ledger = await ledgers.open()
    for turn, (heard, answer) in enumerate([("a", "b"), ("c", "d")], start=1):
        await ledger.hear([message(heard, heard)])
        claim = await claimed(ledger)
        await ledger.write(claim, *exchange(claim, turn, answer))

    lines = await ledger.tail(claim, limit)

    assert expected == spoken(lines)


async def test_what_waits_and_what_is_not_delivered_is_not_past(ledgers: Ledgers) -> None:
    """Neither the messages of the present turn nor bubbles in any other state."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "old")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "answer"))
    await ledger.hear([message("2", "new")])
    claim = await claimed(ledger)
    await ledger.write(
        claim,
        Began(2, START),
        Say(20, 2, "on its way", START, state="sending"),
        Say(21, 2, "ready", START),
    )

    lines = await ledger.tail(claim, 9)

    assert ["old", "answer"] == spoken(lines)


async def test_a_resumed_turn_stands_where_it_began(ledgers: Ledgers) -> None:
    """The words before the crash and after it are one answer, after all that it answers."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "hello")])
    claim = await claimed(one)
    await one.write(claim, Began(1, START), *said(10, 1, "One."))
    ledgers.clock.advance(LEASE_S + 1)
    await other.hear([message("2", "hm?")])
    claim = await claimed(other)
    await other.write(
        claim, *said(11, 1, "Two."), Ended(1, waiting(claim), "answered", START), Released()
    )

    lines = await other.tail(claim, 9)

    assert ["hello", "hm?", "One.", "Two."] == spoken(lines)


@pytest.mark.parametrize("outcome", ["silent", "expired"])
async def test_what_was_heard_and_not_answered_is_remembered(
    ledgers: Ledgers, outcome: Outcome
) -> None:
    """We kept silent, or were too late; it was heard all the same."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "by the way")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, outcome=outcome))

    lines = await ledger.tail(claim, 9)

    assert ["by the way"] == spoken(lines)


async def test_whom_we_refused_is_not_remembered(ledgers: Ledgers) -> None:
    """The words of somebody who may not speak with us stay out of every prompt."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "let me in")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, outcome="refused"))

    lines = await ledger.tail(claim, 9)

    assert () == lines


async def test_a_proactive_line_stands_at_its_time(ledgers: Ledgers) -> None:
    """A turn that answers nobody is remembered as well."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    first = Began(1, START), *said(10, 1, "Good morning!"), Ended(1, (), "answered", START)
    await ledger.write(claim, *first, *exchange(claim, 2, "Hi."))

    lines = await ledger.tail(claim, 9)

    assert ["Good morning!", "hello", "Hi."] == spoken(lines)


async def test_other_conversations_stay_out(ledgers: Ledgers) -> None:
    """What was said elsewhere is not of this place."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "here")])
    here = await claimed(ledger)
    await ledger.hear([message("2", "there", place("8"))])
    there = await claimed(ledger)
    await ledger.write(here, *exchange(here, 1, "yes"))
    await ledger.write(there, *exchange(there, 2, "no"))

    lines = await ledger.tail(here, 9)

    assert ["here", "yes"] == spoken(lines)


async def test_words_of_ours_are_made_storable(ledgers: Ledgers) -> None:
    """A model may say what no database takes."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)

    await ledger.write(claim, Began(1, START), Say(10, 1, "nu\0ll \udc00", START))
    await ledger.write(claim, Delivered(10, "m", START))

    assert ["null ?"] == spoken(await ledger.tail(claim, 9))


async def test_commands_and_their_answers_are_no_past(ledgers: Ledgers) -> None:
    """The house and the owner talk over the persona's head; the talk goes on around it."""
    ledger = await ledgers.open()
    for turn, outcome in ((1, "answered"), (2, "command"), (3, "answered")):
        await ledger.hear([message(f"q{turn}", f"q{turn}")])
        claim = await claimed(ledger)
        await ledger.write(claim, *exchange(claim, turn, f"a{turn}", outcome=outcome))

    lines = await ledger.tail(claim, 3)

    assert ["a1", "q3", "a3"] == spoken(lines)
    assert [("q1", "answered"), ("q2", "command"), ("q3", "answered")] == await ledgers.heard()


async def test_a_notice_to_the_owner_is_no_past(ledgers: Ledgers) -> None:
    """What the house tells its owner is not what the persona said."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    notice = Began(1, START), *said(10, 1, "A backend is away."), Ended(1, (), "notice", START)
    await ledger.write(claim, *notice, *exchange(claim, 2, "Hi."))

    lines = await ledger.tail(claim, 9)

    assert ["hello", "Hi."] == spoken(lines)


async def test_a_resumed_command_is_no_past_either(ledgers: Ledgers) -> None:
    """Until it is over nobody knows what a turn is; then all of it is left out."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "/help")])
    claim = await claimed(one)
    await one.write(claim, Began(1, START), *said(10, 1, "Commands:"))
    ledgers.clock.advance(LEASE_S + 1)
    claim = await claimed(other)
    await other.write(claim, *said(11, 1, "/help"), Ended(1, waiting(claim), "command", START))

    lines = await other.tail(claim, 9)

    assert () == lines
