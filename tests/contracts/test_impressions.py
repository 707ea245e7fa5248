"""What turns leave behind in the database, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from anima.bonds import Bond, Mood, Relation, Thread
from anima.model import Claim, Line
from anima.steps import Changed, Recast
from memory.impressions import TURNS, Impressions
from memory.tables import conversation, hush, relation, thread
from tests.contracts.databases import BOTS, Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import HOME, MEI, place

WHO = MEI.address


class Counting:
    """Counts what it is shown: a tenth of pleasure a line, a turn each, and every word ahead."""

    def feels(self, before: Mood | None, lines: Sequence[Line], at: datetime) -> Mood:
        return Mood((before.pleasure if before else 0) + len(lines) / 10, 0, at)

    def stands(self, before: Relation | None, lines: Sequence[Line], at: datetime) -> Relation:
        turns = (before.turns if before else 0) + 1
        return Relation(turns / 100, turns, before.first_at if before else at, at, 0.01)

    def awaits(
        self, before: Sequence[Thread], lines: Sequence[Line], at: datetime
    ) -> Sequence[Thread]:
        if any(line.text == "over" for line in lines):
            return ()
        return (*before, *(Thread(line.text, None, at) for line in lines if "plan" in line.text))


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def impressions(store: Store) -> Impressions:
    """What Kokoro and Harrow make of it; nobody else is there."""
    known = {"kokoro": Counting(), "harrow": Counting()}
    return Impressions(store.database, known.get)


async def talk(store: Store, turn: int, text: str, persona: str = "kokoro", chat: str = "7") -> int:
    """A turn with *persona*, whose talk it is from then on."""
    await store.heard(text, place(chat))
    (claim,) = await store.ledger.claim(1, BOTS)
    begins = 0 if claim.persona in {"", persona} else turn
    await store.ledger.write(claim, Changed("KU5.0", begins, persona))
    return await store.goes_on(claim, turn, "Hm.", persona=persona)


async def claim_of(store: Store, chat: str = "7") -> Claim:
    """The claim after somebody has said something more."""
    await store.heard("more", place(chat))
    (claim,) = await store.ledger.claim(1, BOTS)
    return claim


async def test_a_claim_brings_what_was_left(store: Store, impressions: Impressions) -> None:
    """Mood, closeness and what lies ahead come with the next claim."""
    here = await talk(store, 1, "my plan")

    more = await impressions.catch_up(here)

    claim = await claim_of(store)
    assert not more
    assert Mood(0.2, 0, START) == claim.mood
    stands = Relation(0.01, 1, START, START, 0.01)
    assert (Bond("kokoro", WHO, stands, (Thread("my plan", None, START),)),) == claim.bonds


async def test_each_turn_counts_once(store: Store, impressions: Impressions) -> None:
    """However often it is looked at, also by two at once."""
    here = await talk(store, 1, "hello")
    await impressions.catch_up(here)
    await talk(store, 2, "hello again")

    for _ in range(3):
        await impressions.catch_up(here)

    claim = await claim_of(store)
    assert [2] == [bond.relation.turns for bond in claim.bonds]


@pytest.mark.slow
async def test_what_was_missed_is_caught_up_with(store: Store, impressions: Impressions) -> None:
    """Turns that nobody looked at are looked at later, in portions."""
    for turn in range(1, TURNS + 3):
        here = await talk(store, turn, "hello")

    first, second = await impressions.catch_up(here), await impressions.catch_up(here)

    claim = await claim_of(store)
    assert [True, False] == [first, second]
    assert [TURNS + 2] == [bond.relation.turns for bond in claim.bonds]


async def test_what_lies_ahead_stays_where_it_was_said(
    store: Store, impressions: Impressions
) -> None:
    """In another place the same persona knows how near somebody is, and no word of theirs."""
    await impressions.catch_up(await talk(store, 1, "my secret plan"))

    claim = await claim_of(store, "8")

    assert [()] == [bond.threads for bond in claim.bonds]
    assert [1] == [bond.relation.turns for bond in claim.bonds]
    assert claim.mood is None


async def test_personas_share_nothing(store: Store, impressions: Impressions) -> None:
    """Who follows in a place feels as it always does, and starts from nothing with people."""
    here = await talk(store, 1, "my plan")
    await impressions.catch_up(here)
    claim = await claim_of(store)
    await store.ledger.write(claim, Recast("", "harrow", WHO, START), Changed("KU5.0", 2, "harrow"))
    await store.goes_on(claim, 2, "Hm.", persona="harrow")

    switched = await claim_of(store)
    await store.goes_on(switched, 3, "Hm.", persona="harrow")
    await impressions.catch_up(here)

    after = await claim_of(store)
    assert switched.mood is None
    by_name = {bond.persona: bond for bond in after.bonds}
    assert {"kokoro", "harrow"} == set(by_name)
    assert () == by_name["harrow"].threads


async def test_what_is_over_goes(store: Store, impressions: Impressions) -> None:
    """A thread that is closed leaves no row behind."""
    await impressions.catch_up(await talk(store, 1, "my plan"))

    await impressions.catch_up(await talk(store, 2, "over"))

    assert [] == await store.rows(thread)
    assert 1 == len(await store.rows(relation))


async def test_nobodys_talk_leaves_nothing(store: Store, impressions: Impressions) -> None:
    """A place in which nobody of the house plays is left alone."""
    here = await store.talk(1, "hello", "Hi.")

    await impressions.catch_up(here)

    (row,) = await store.rows(conversation)
    assert row.felt_turn is None
    assert HOME.chat == row.chat


async def test_what_is_to_be_forgotten_leaves_nothing(
    store: Store, impressions: Impressions
) -> None:
    """Turns that nobody is to remember are passed over, however many; the next one counts."""
    here = await talk(store, 1, "my secret plan")
    await store.add(
        hush, conversation_id=here, kind="off", since=1, until=TURNS + 1, by=WHO, at=START
    )
    for turn in range(2, TURNS + 1):
        await talk(store, turn, f"plan {turn}")
    await talk(store, TURNS + 1, "another plan")

    more = [await impressions.catch_up(here) for _ in range(3)]

    assert [True, False, False] == more
    assert ["another plan"] == [row.text for row in await store.rows(thread)]
    assert [1] == [row.turns for row in await store.rows(relation)]
