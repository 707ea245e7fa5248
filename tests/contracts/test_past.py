"""Past turns are found by what people call them, in their own place only."""

import pytest

from anima.model import Account, Heard, Line
from anima.steps import Began, Changed, Ended, Failed, Outcome, Released, Say
from memory.past import Past, PastTurn
from memory.tables import heard
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, MEI, place

REAL = 1_767_600_000_000 << 20 | 0x0A1B2C
"""An id as ours are; it ends in 0a1b2c."""


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def past(store: Store) -> Past:
    """Its past."""
    return Past(store.database)


async def found(past: Past, here: int, reference: str) -> int | None:
    """The id of the turn that *reference* means."""
    turn = await past.turn(here, reference)
    return turn.id if turn else None


async def test_a_turn_is_told_whole(store: Store, past: Past) -> None:
    """Who spoke and when, what was heard, what was said, and the lines before it."""
    account = Account("KU5.0", "r1")
    await store.talk(1, "hello", "Hi.", "You?", account=account)
    here = await store.talk(2, "well", "Good.", "Tea?", account=account, at=later(5))
    (_, row) = await store.rows(heard)

    turn = await past.turn(here, "2")

    message = Heard(row.id, MEI, "well", START, START, row.message)
    lines = (Line(MEI, "hello", START), Line(None, "Hi.", START), Line(None, "You?", START))
    assert PastTurn(2, "KU5.0", later(5), (message,), ("Good.", "Tea?"), lines) == turn


async def test_the_last_ones_come_first(store: Store, past: Past) -> None:
    """The newest turns are told, the newest first, no more than wanted."""
    for number in range(1, 5):
        here = await store.talk(number, f"{number}?", f"{number}!")

    told = await past.last(here, 3)

    assert [4, 3, 2] == [turn.id for turn in told]
    assert [("4!",), ("3!",), ("2!",)] == [turn.said for turn in told]


@pytest.mark.parametrize(
    "reference",
    [str(REAL), "0a1b2c", "0A1B2C", " #0a1b2c ", "last", "LAST"],
    ids=["id", "short", "capitals", "marked", "last", "LAST"],
)
async def test_a_turn_has_several_names(store: Store, past: Past, reference: str) -> None:
    """Its id, its last six digits as errors show them, and the word last mean the same turn."""
    await store.talk(REAL - (1 << 40), "before", "Yes.")
    here = await store.talk(REAL, "hello", "Hi.")

    assert REAL == await found(past, here, reference)


async def test_its_short_name_is_the_one_of_errors(store: Store, past: Past) -> None:
    """What a turn is called finds it again."""
    here = await store.talk(REAL, "hello", "Sorry.", outcome="failed")
    (turn,) = await past.last(here, 1)

    assert "0a1b2c" == turn.reference == f"{REAL:x}"[-6:]
    assert turn == await past.turn(here, turn.reference)


async def test_of_two_with_one_short_name_the_newer_is_meant(store: Store, past: Past) -> None:
    """Chance may give the same ending twice."""
    await store.talk(REAL - (1 << 24), "old", "Old.")
    here = await store.talk(REAL, "new", "New.")

    assert REAL == await found(past, here, "0a1b2c")


async def test_an_id_is_meant_rather_than_an_ending(store: Store, past: Past) -> None:
    """Six digits that are a whole id are not taken for the end of a newer one."""
    await store.talk(123456, "old", "Old.")
    here = await store.talk((1 << 50) + 0x123456, "new", "New.")

    assert 123456 == await found(past, here, "123456")


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "3",
        "1b2c",
        "zzzzzz",
        "-1",
        "+00001",
        "1_2_3_",
        "0x1b2c",
        "9" * 19,
        "9" * 400,
        "٣٣٣٣٣٣",
        "%",
    ],
)
async def test_what_means_no_turn_finds_none(store: Store, past: Past, reference: str) -> None:
    """No word, however odd or long, is an error."""
    here = await store.talk(REAL, "hello", "Hi.")

    assert await found(past, here, reference) is None


async def test_another_places_turns_are_not_told(store: Store, past: Past) -> None:
    """Neither its id nor its ending nor the word last reaches into another conversation."""
    there = await store.talk(REAL, "my canary", "Yes.")
    here = await store.talk(REAL + (1 << 30), "hello", "Hi.", where=place("8"))
    empty = await store.talk(REAL + (1 << 31), "/help", where=place("9"), outcome="command")

    assert REAL == await found(past, there, str(REAL))
    assert await found(past, here, str(REAL)) is None
    assert REAL + (1 << 30) == await found(past, here, "0a1b2c")
    assert await found(past, empty, "last") is None
    assert () == await past.last(empty, 9)
    assert () == (await past.last(here, 9))[0].lines


@pytest.mark.parametrize("outcome", ["command", "notice"])
async def test_what_the_house_did_is_no_turn_of_the_talk(
    store: Store, past: Past, outcome: Outcome
) -> None:
    """Commands and notices are neither told nor found, nor lines before a turn."""
    await store.talk(1, "hello", "Hi.")
    await store.talk(2, "/model list", "KU5.0", outcome=outcome)
    here = await store.talk(3, "so", "Yes?")

    told = await past.last(here, 9)

    assert [3, 1] == [turn.id for turn in told]
    assert ["hello", "Hi."] == [line.text for line in told[0].lines]
    assert await found(past, here, "2") is None


async def test_a_turn_in_which_nobody_was_heard_is_not_listed(store: Store, past: Past) -> None:
    """Another soul could answer nothing in it; by its name it is found all the same."""
    await store.talk(1, "hello", "Hi.")
    await store.heard("well")
    (claim,) = await store.ledger.claim(1, BOTS)
    alone = (Began(2, START), Say(20, 2, "By the way", START), Ended(2, (), "answered", START))
    await store.ledger.write(claim, *alone, Released())

    assert [1] == [turn.id for turn in await past.last(claim.id, 9)]
    assert 1 == await found(past, claim.id, "last")
    turn = await past.turn(claim.id, "2")
    assert turn is not None
    assert ((), ("By the way",)) == (turn.heard, turn.said)


async def test_a_turn_that_is_not_over_is_not_told(store: Store, past: Past) -> None:
    """What is being said now is no past yet."""
    await store.talk(1, "hello", "Hi.")
    await store.heard("well")
    (claim,) = await store.ledger.claim(1, BOTS)
    await store.ledger.write(claim, Began(2, START), Say(20, 2, "Hm", START))

    assert 1 == await found(past, claim.id, "last")
    assert await found(past, claim.id, "2") is None


@pytest.mark.parametrize("outcome", ["failed", "refused"])
async def test_a_turn_that_went_wrong_is_told(store: Store, past: Past, outcome: Outcome) -> None:
    """Those are the ones whose reference a person was given."""
    account = Account("KU5.0", "r1")
    here = await store.talk(1, "hello", "Sorry.", outcome=outcome, account=account)

    turn = await past.turn(here, "last")

    assert turn is not None
    assert ("KU5.0", ("Sorry.",)) == (turn.soul, turn.said)
    assert ["hello"] == [one.text for one in turn.heard]


async def test_what_never_arrived_was_not_said(store: Store, past: Past) -> None:
    """A bubble that failed is left out; one that is still on its way is not."""
    await store.heard("hello")
    (claim,) = await store.ledger.claim(1, BOTS)
    said = (Say(10, 1, "lost", START), Failed(10, "no"), Say(11, 1, "coming", START))
    ended = Ended(1, tuple(one.id for one in claim.waiting), "answered", START)
    await store.ledger.write(claim, Began(1, START), *said, ended)

    turn = await past.turn(claim.id, "1")

    assert turn is not None
    assert ("coming",) == turn.said


async def test_forty_lines_stand_before_a_turn(store: Store, past: Past) -> None:
    """The last forty, in the order in which they were said, and none after it."""
    for number in range(1, 26):
        here = await store.talk(number, f"{number}?", f"{number}!")
    await store.talk(26, "after", "After.")

    turn = await past.turn(here, "25")

    assert turn is not None
    assert [f"{number}{end}" for number in range(5, 25) for end in "?!"] == [
        line.text for line in turn.lines
    ]


async def test_a_talk_begins_with_its_soul(store: Store, past: Past) -> None:
    """A turn of the present talk has no line of the talk before; one of that time has its own."""
    await store.talk(1, "one", "One.")
    here = await store.talk(2, "two", "Two.")
    await store.heard("three")
    (claim,) = await store.ledger.claim(1, BOTS)
    ended = Ended(3, tuple(one.id for one in claim.waiting), "answered", START)
    steps = (Changed("KU6.0", 3), Began(3, START), ended, Released())
    await store.ledger.write(claim, *steps)
    await store.talk(4, "four", "Four.")

    new, old = await past.turn(here, "4"), await past.turn(here, "2")

    assert new is not None
    assert old is not None
    assert ["three"] == [line.text for line in new.lines]
    assert ["one", "One."] == [line.text for line in old.lines]
