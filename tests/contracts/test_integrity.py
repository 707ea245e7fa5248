"""Whether long-term memory is of one piece, over SQLite and a real PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from memory.longterm.dropping import drop
from memory.longterm.integrity import Integrity, Wrong
from memory.longterm.integrity_rows import PORTION
from memory.longterm.keeping import keep
from memory.longterm.keeping_facts import Episode, Learned, keep_episode, keep_fact
from memory.longterm.kept import Saying
from memory.longterm.scope import Origin, keys
from memory.longterm.shelving import Worded, shelve, unshelve
from memory.longterm.slots import mark
from memory.longterm.tables import memory, memory_source, shelf, shelved, sitting, worded
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.words import place

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MEI = "telegram:1"


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database."""
    return await opened(sql_ledgers)


@pytest.fixture
async def group(store: Store) -> int:
    """A place of several people."""
    return await store.talk(1, "hello", "Hi.")


async def write(store: Store, *statements: Any) -> None:
    """Do as no code of ours does."""
    for statement in statements:
        await store.database.write(lambda found, one=statement: found.execute(one).rowcount)


def origin(where: int, *, private: bool = False, who: str = MEI) -> Origin:
    """Where Mei says something."""
    return Origin("kokoro", where, private, who)


async def lines(store: Store, where: int, *words: str, private: bool = False) -> list[int]:
    """Mei says *words*, a minute apart."""
    sayings = [
        Saying(origin(where, private=private), "Mei", one, NOON + timedelta(minutes=number))
        for number, one in enumerate(words)
    ]
    kept = await store.database.write(lambda found: keep(found, sayings))
    return [one for one in kept if one]


async def learn(store: Store, where: int, sources: Sequence[int], *, private: bool = False) -> int:
    """A fact of these lines."""
    fact = Learned(MEI, "Mei", "has a cat", NOON, "pet", "cat", "a cat")
    whence = [origin(where, private=private)]
    return await store.database.write(lambda found: keep_fact(found, whence, fact, sources))


async def sums_up(store: Store, where: int, sources: Sequence[int]) -> int:
    """An episode of these lines."""
    episode = Episode("Mei has a cat.", NOON, 1, "en")
    whence = [origin(where), origin(where, who="")]
    return await store.database.write(lambda found: keep_episode(found, whence, episode, sources))


async def faults(store: Store, *, mend: bool = False) -> dict[str, int]:
    """What is wrong, by its kind."""
    return {one.fault: one.count for one in await Integrity(store.database).check(mend=mend)}


async def test_what_is_kept_and_dropped_is_of_one_piece(store: Store, group: int) -> None:
    """In three languages, in private and in company, facts and episodes, and after forgetting."""
    alone = await store.talk(2, "hello", "Hi.", where=place("8"))
    said = await lines(store, group, "I have a cat", "我养了一只猫", "猫を飼っています", "😀", "")
    secret = await lines(store, alone, "I have a secret cat", "really", private=True)
    await learn(store, group, said[:2])
    await learn(store, alone, secret, private=True)
    await sums_up(store, group, said)
    whole = await faults(store)

    await store.database.write(lambda found: drop(found, [said[0], secret[1]]))

    assert ({}, {}) == (whole, await faults(store))


async def test_what_is_made_of_nothing_goes(store: Store, group: int) -> None:
    """A fact of which all sources went behind our back."""
    said = await lines(store, group, "I have a cat")
    known = await learn(store, group, said)
    await write(store, delete(memory_source).where(memory_source.c.memory_id == known))

    before = await faults(store)
    mended = await faults(store, mend=True)

    assert ({"baseless": 1}, {"baseless": 1}, {}) == (before, mended, await faults(store))
    assert said == [row.id for row in await store.rows(memory)]


async def test_what_is_seen_by_too_many_is_taken_back(store: Store, group: int) -> None:
    """A private fact on the shelf of another place is found there no more."""
    said = await lines(store, group, "I have a cat", private=True)
    await lines(store, await store.talk(2, "hello", "Hi.", where=place("8")), "I have a dog")
    known = await learn(store, group, said, private=True)
    mine = {row.shelf_id for row in await store.rows(shelved) if row.memory_id == known}
    (other, *_) = [row.id for row in await store.rows(shelf) if row.id not in mine]
    await write(store, insert(shelved).values(shelf_id=other, memory_id=known))

    found = await faults(store)
    await faults(store, mend=True)

    after = {row.shelf_id for row in await store.rows(shelved) if row.memory_id == known}
    assert {"unindexed": 1, "wide": 1, "shelves": 1} == found
    assert (mine, {}) == (after, await faults(store))


async def test_a_fact_of_two_places_goes(store: Store, group: int) -> None:
    """Whoever may see the one line may not see the other, so nobody sees what is made of both."""
    elsewhere = await store.talk(2, "hello", "Hi.", where=place("8"))
    said = await lines(store, group, "I have a cat", private=True)
    more = await lines(store, elsewhere, "I have a dog", private=True)
    known = await learn(store, group, said, private=True)
    await write(store, insert(memory_source).values(memory_id=known, source_id=more[0]))

    assert {"baseless": 1} == await faults(store, mend=True)
    assert {} == await faults(store)


async def test_what_is_not_on_its_shelf_is_put_there(store: Store, group: int) -> None:
    """A line of a group lies on two shelves, and on both again."""
    (said,) = await lines(store, group, "I have a cat")
    known = await learn(store, group, [said])
    (here, _) = keys(origin(group))
    one = select(shelf.c.id).where(shelf.c.key == here).scalar_subquery()
    await write(store, delete(shelved).where(shelved.c.shelf_id == one))

    found = await faults(store)
    await faults(store, mend=True)

    lies = [row.memory_id for row in await store.rows(shelved)]
    assert {"unindexed": 2, "narrow": 2, "shelves": 1} == found
    assert ([said, said, known, known], {}) == (sorted(lies), await faults(store))
    assert len(keys(origin(group))) == lies.count(said)


@pytest.mark.parametrize("lost", ["words", "index", "other words"])
async def test_what_is_not_found_by_its_words_is_found_again(
    store: Store, group: int, lost: str
) -> None:
    """Where the words went, or the index of them, or either tells of something else."""
    said = await lines(store, group, "I have a cat", "我养了一只猫", "I have a parrot")
    if lost == "words":
        await write(store, delete(worded).where(worded.c.memory_id == said[0]))
    elif lost == "other words":
        await write(store, update(worded).where(worded.c.memory_id == said[0]).values(words="dog"))
    elif "sqlite" in store.ledgers.url:
        await write(store, text("INSERT INTO word_index (word_index) VALUES ('delete-all')"))
    else:
        await write(store, text("DELETE FROM word_index"))

    found = await faults(store)
    await faults(store, mend=True)

    rows = {"unfound": 1} if lost != "index" else {}
    shelves = {"words": 1, "index": 0, "other words": 1}[lost]
    assert {"unindexed": 3 if lost == "index" else 1, **rows} == {
        fault: count for fault, count in found.items() if fault != "shelves"
    }
    assert shelves == min(1, found.get("shelves", 0))
    assert {} == await faults(store)


async def test_what_is_gone_is_in_no_index(store: Store, group: int) -> None:
    """Words that a crash or a copy left behind are taken out, and tell of nothing any more."""
    said = await lines(store, group, "I have a cat", "I have a parrot")
    await write(
        store,
        delete(shelved).where(shelved.c.memory_id == said[0]),
        delete(worded).where(worded.c.memory_id == said[0]),
        delete(memory).where(memory.c.id == said[0]),
    )

    found = await faults(store)
    mended = await faults(store, mend=True)

    left = 1 if "sqlite" in store.ledgers.url else 0  # PostgreSQL lets nothing be left
    assert (left, left) == (found.get("unindexed", 0), mended.get("unindexed", 0))
    assert {} == await faults(store)


async def test_sittings_count_what_they_hold(store: Store, group: int) -> None:
    """One that counts wrong, one that is missing, and one that holds nothing."""
    await lines(store, group, "one", "two", "three")
    began = {"persona": "kokoro", "began_at": NOON, "ended_at": NOON, "lines": 2, "tries": 0}
    elsewhere = await store.talk(2, "hello", "Hi.", where=place("8"))
    await lines(store, elsewhere, "four")
    await write(
        store,
        update(sitting).where(sitting.c.conversation_id == group).values(lines=7),
        delete(sitting).where(sitting.c.conversation_id == elsewhere),
        insert(sitting).values(conversation_id=group, number=9, **began),
    )

    found = await faults(store)
    await faults(store, mend=True)

    counted = [(row.conversation_id, row.number, row.lines) for row in await store.rows(sitting)]
    assert {"sittings": 3} == found
    assert [(group, 1, 3), (elsewhere, 1, 1)] == counted
    assert {} == await faults(store)


async def test_a_fact_of_an_older_version_is_found_by_its_kind(store: Store, group: int) -> None:
    """When it has been mended; it was indexed by its words alone."""
    made = await learn(store, group, await lines(store, group, "Miso scratched me"))

    def older(connection: Connection) -> None:
        unshelve(connection, [made])
        shelve(connection, [Worded(made, keys(origin(group, who="")), "Mei: has a cat")])

    await store.database.write(older)

    assert {"unfound": 1} == await faults(store, mend=True)
    assert [f"mei has a cat {mark('pet')}"] == [
        row.words for row in await store.rows(worded) if row.memory_id == made
    ]
    assert {} == await faults(store)


async def test_it_looks_at_all_in_portions(store: Store, group: int) -> None:
    """Also at what lies behind the first portion."""
    said = await lines(store, group, *(f"line {number}" for number in range(PORTION + 2)))
    await write(store, delete(worded).where(worded.c.memory_id == said[-1]))

    assert 1 == (await faults(store))["unfound"]


def test_what_is_wrong_is_said_in_words() -> None:
    """So that an owner understands it."""
    assert "3 sittings count their lines wrong" == str(Wrong("sittings", 3))
    assert "memories: 1 are not found by their words (mended)" == str(
        Wrong("unfound", 1, mended=True)
    )
