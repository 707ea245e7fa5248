"""The transcript shows what was heard and delivered in a place of our own, in its order."""

from datetime import timedelta
from pathlib import Path

import pytest

from anima.model import (
    Arrival,
    Beside,
    Button,
    Claim,
    Conversation,
    Entry,
    Incoming,
    Rated,
    Speaker,
)
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, Failed, Outcome, Released, Say
from memory.longterm.blanking import blank
from memory.transcript import SqlTranscript
from tests.contracts.conftest import _alembic, database_url, sql_ledgers
from tests.contracts.ledgers import START, SqlLedgers

__all__ = ["_alembic", "database_url", "sql_ledgers"]

BOTS = (("web", "page"),)
HERE = Conversation("web", "page", "ann")
THERE = Conversation("web", "page", "bob")
FIRST = 1_800_000_000_000_000_000
"""Ids have nineteen digits; the words here are numbered from this one."""


class Place:
    """A ledger and the transcript of its places."""

    def __init__(self, ledger: Ledger, transcript: SqlTranscript) -> None:
        self.ledger = ledger
        self.transcript = transcript

    async def hears(self, number: int, text: str, where: Conversation = HERE) -> None:
        """A guest says *text*, which is line *number* there."""
        incoming = Incoming(
            where, Speaker("web", where.chat, "Guest"), text, START, str(FIRST + number)
        )
        key = f"{where.chat}:key-{number}"
        await self.ledger.hear([Arrival("web:page", key, text, incoming)])

    async def claim(self) -> Claim:
        """The place in which somebody waits."""
        (claim,) = await self.ledger.claim(1, BOTS)
        return claim

    async def answers(
        self, claim: Claim, turn: int, *texts: str, outcome: Outcome = "answered"
    ) -> None:
        """We say *texts*, as lines *turn* and on, and have answered all that waited."""
        later = START + timedelta(seconds=turn)
        steps = [
            step
            for number, text in enumerate(texts, start=turn)
            for step in (
                Say(number, turn, text, START, state="sending"),
                Delivered(number, str(FIRST + number), later),
            )
        ]
        heard = tuple(one.id for one in claim.waiting)
        ended = Ended(turn, heard, outcome, later)
        await self.ledger.write(claim, Began(turn, START), *steps, ended, Released())

    async def since(self, after: int, limit: int = 99, where: Conversation = HERE) -> list[str]:
        """The words after line *after*."""
        found = await self.transcript.since(where, FIRST + after, limit)
        return [one.text for one in found]

    async def before(self, before: int, limit: int = 99) -> list[str]:
        """The words before line *before*."""
        found = await self.transcript.before(HERE, FIRST + before, limit)
        return [one.text for one in found]


@pytest.fixture
async def place(sql_ledgers: SqlLedgers) -> Place:
    """An empty place, over each database."""
    ledger = await sql_ledgers.open()
    return Place(ledger, SqlTranscript(sql_ledgers.databases[0]))


async def test_it_shows_who_said_what(place: Place) -> None:
    """Each line has its id, its key, whose it is, its words, its time and its state."""
    await place.hears(1, "hello")
    await place.answers(await place.claim(), 2, "Hi!")
    await place.hears(3, "there?")

    lines = await place.transcript.since(HERE, 0, 9)

    later = START + timedelta(seconds=2)
    assert (
        Entry(FIRST + 1, "ann:key-1", ours=False, text="hello", at=START, state="answered"),
        Entry(FIRST + 2, "2", ours=True, text="Hi!", at=later, state="delivered"),
        Entry(FIRST + 3, "ann:key-3", ours=False, text="there?", at=START, state="waiting"),
    ) == lines


async def test_it_goes_on_after_a_line(place: Place) -> None:
    """Only what came after the line is told, and the first of it where there is too much."""
    await place.hears(1, "one")
    await place.answers(await place.claim(), 2, "two", "three", "four")
    await place.hears(5, "five")

    told = await place.since(2), await place.since(0, limit=2), await place.since(5)

    assert (["three", "four", "five"], ["one", "two"], []) == told


async def test_it_goes_back_before_a_line(place: Place) -> None:
    """What came before the line is told in order, and the last of it where there is too much."""
    await place.hears(1, "one")
    await place.answers(await place.claim(), 2, "two", "three", "four")
    await place.hears(5, "five")

    told = await place.before(4), await place.before(6, limit=2), await place.before(1)

    assert (["one", "two", "three"], ["four", "five"], []) == told


async def test_each_place_has_its_own(place: Place) -> None:
    """Nobody reads what was said elsewhere."""
    await place.hears(1, "ann's canary")
    await place.hears(2, "bob's canary", THERE)

    told = await place.since(0), await place.since(0, where=THERE)

    assert (["ann's canary"], ["bob's canary"]) == told


async def test_a_place_where_nobody_spoke_is_empty(place: Place) -> None:
    """Nothing is told of a place that the ledger does not know."""
    assert [] == await place.since(0)
    assert [] == await place.before(9)


async def test_what_was_not_delivered_is_not_shown(place: Place) -> None:
    """A bubble that waits, is on its way or failed is no line yet."""
    await place.hears(1, "hello")
    claim = await place.claim()
    await place.ledger.write(
        claim,
        Began(2, START),
        Say(2, 2, "failed", START),
        Failed(2, "no"),
        Say(3, 2, "sending", START, state="sending"),
        Say(4, 2, "ready", START),
    )

    assert ["hello"] == await place.since(0)


async def test_a_bubble_that_asks_is_known_as_one(place: Place) -> None:
    """Whether we asked how it is liked is told of each of our bubbles, by either way of reading."""
    await place.hears(1, "hello")
    claim = await place.claim()
    steps = [
        step
        for number, asks in ((2, False), (3, True))
        for step in (
            Say(number, 2, "Hi!", START, state="sending", asks=asks),
            Delivered(number, str(FIRST + number), START),
        )
    ]
    await place.ledger.write(claim, Began(2, START), *steps)

    since = await place.transcript.since(HERE, 0, 9)
    before = await place.transcript.before(HERE, FIRST + 9, 9)

    assert [False, False, True] == [line.asks for line in since]
    assert since == before


FILE = Beside(document=Path("/data/exports/1.zip"), name="我的回忆.zip")
ASKING = Beside((Button("Yes", "/yes"), Button("No", "/no")))


async def bring(place: Place) -> None:
    """We say three lines; with one come buttons, with one a file, and one with a file is lost."""
    await place.hears(1, "/memory export")
    claim = await place.claim()
    steps = [
        step
        for number, beside in ((2, ASKING), (3, FILE))
        for step in (
            Say(number, 2, "Here.", START, state="sending", beside=beside),
            Delivered(number, str(FIRST + number), START),
        )
    ]
    lost = (Say(4, 2, "Lost.", START, beside=FILE), Failed(4, "no"))
    await place.ledger.write(claim, Began(2, START), *steps, *lost)


async def test_what_comes_with_a_bubble_is_told(place: Place) -> None:
    """Each line has its buttons or its file, by either way of reading."""
    await bring(place)

    since = await place.transcript.since(HERE, 0, 9)
    before = await place.transcript.before(HERE, FIRST + 9, 9)

    assert [Beside(), ASKING, FILE] == [line.beside for line in since]
    assert since == before


async def test_a_file_is_found_by_its_bubble(place: Place) -> None:
    """In the place where it was delivered, and in no other."""
    await bring(place)

    found = {said: await place.transcript.document(HERE, said) for said in range(-1, 7)}
    stray = await place.transcript.document(HERE, 2**70)
    elsewhere = await place.transcript.document(THERE, 3)

    assert {3: FILE} == {said: beside for said, beside in found.items() if beside}
    assert (None, None) == (stray, elsewhere)


async def test_a_forgotten_bubble_brings_no_file(place: Place, sql_ledgers: SqlLedgers) -> None:
    """Whoever kept its address is given nothing."""
    await bring(place)
    await sql_ledgers.databases[0].write(lambda writes: blank(writes, 1, (), (3,)))

    assert await place.transcript.document(HERE, 3) is None


async def test_a_verdict_is_no_line(place: Place) -> None:
    """Somebody pressed a button: nothing was said."""
    await place.hears(1, "hello")
    await place.answers(await place.claim(), 2, "Hi!")
    rated = Rated(HERE, Speaker("web", "ann", "Guest"), 2, "good")
    await place.ledger.hear([Arrival("web:page", "ann:rate:3", "{}", rated)])

    told = await place.since(0), await place.before(9)

    assert (["hello", "Hi!"],) * 2 == told


async def test_the_same_words_again_are_one_line(place: Place) -> None:
    """What a page repeats under the same key keeps its first place."""
    await place.hears(1, "hello")
    incoming = Incoming(HERE, Speaker("web", "ann", "Guest"), "hello", START, str(FIRST + 7))
    await place.ledger.hear([Arrival("web:page", "ann:key-1", "hello", incoming)])

    lines = await place.transcript.since(HERE, 0, 9)

    assert [FIRST + 1] == [line.id for line in lines]


async def test_commands_and_notices_are_shown(place: Place) -> None:
    """No part of the talk, and yet both were said on this very page."""
    await place.hears(1, "/help")
    await place.answers(await place.claim(), 2, "Commands: none.", outcome="command")
    await place.hears(3, "hello")
    await place.answers(await place.claim(), 4, "A backend is away.", outcome="notice")

    told = await place.since(0), await place.before(9)

    everything = ["/help", "Commands: none.", "hello", "A backend is away."]
    assert (everything, everything) == told
