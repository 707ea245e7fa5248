"""What is kept of talk, over SQLite and a real PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select, text

from memory.longterm import index
from memory.longterm.dropping import Dropped, drop
from memory.longterm.keeping import keep
from memory.longterm.keeping_facts import Episode, Learned, keep_episode, keep_fact
from memory.longterm.kept import Saying
from memory.longterm.scope import Origin, keys
from memory.longterm.shelving import inked
from memory.longterm.tables import (
    fact,
    memory,
    memory_source,
    shelf,
    shelved,
    sitting,
    tombstone,
    vector,
    worded,
)
from memory.longterm.words import asked
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import SqlLedgers

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MEI = "telegram:1"


def said(place: int, words: str, minutes: float = 0, *, who: str = MEI, **more: Any) -> Saying:
    """Somebody said *words*, alone with Kokoro."""
    origin = Origin("kokoro", place, private=True, speaker=who)
    return Saying(
        origin, "Mei" if who else "Kokoro", words, NOON + timedelta(minutes=minutes), **more
    )


async def kept(store: Store, *sayings: Saying) -> tuple[int | None, ...]:
    """Keep them all at once."""
    return await store.database.write(lambda found: keep(found, sayings))


async def found(store: Store, origin: Origin, words: str) -> list[int]:
    """Which memories of a place the index finds by *words*."""

    def find(connection: Any) -> list[int]:
        mine = select(shelf.c.id).where(shelf.c.key.in_(keys(origin)))
        shelves = connection.execute(mine).scalars().all()
        return sorted(
            {one for each in index.newest(connection, shelves, asked(words), 9) for one in each}
        )

    return await store.database.read(find)


async def count(store: Store, table: Table) -> int:
    """How many rows there are."""
    wanted = select(func.count()).select_from(table)
    return await store.database.read(lambda connection: connection.execute(wanted).scalar_one())


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database."""
    return await opened(sql_ledgers)


@pytest.fixture
async def home(store: Store) -> int:
    """A place."""
    return await store.talk(1, "hello", "Hi.")


async def test_a_line_is_kept_with_all_that_is_told_of_it(store: Store, home: int) -> None:
    """Who said what, when and where; and it is found by its words in any form."""
    one = said(home, "我昨天买了一台相机\0\ud83d", heard=7, language="zh")

    (number,) = await kept(store, one)

    (row,) = await store.rows(memory)
    assert (number, "line", "kokoro", home, True) == (
        *(row.id, row.kind, row.persona, row.conversation_id, row.private),
    )
    assert (MEI, "Mei", "我昨天买了一台相机?", "zh", NOON) == (
        *(row.speaker, row.name, row.text, row.language, row.at),
    )
    assert (7, None, 1) == (row.heard_id, row.said_id, row.sitting)
    assert [number] == await found(store, one.origin, "什么相机")
    assert [] == await found(store, replace(one.origin, persona="harrow"), "什么相机")


async def test_what_was_said_in_a_group_lies_under_two_keys(store: Store, home: int) -> None:
    """The group's, and that of who said it; ours under the group's alone."""
    theirs = said(home, "I like tea")
    group = [
        replace(each, origin=replace(each.origin, private=False))
        for each in (theirs, said(home, "So do I", who=""))
    ]

    numbers = await kept(store, *group)

    shelves = {row.key: row.id for row in await store.rows(shelf)}
    here, by = (shelves[key] for key in keys(group[0].origin))
    assert {(here, numbers[0]), (by, numbers[0]), (here, numbers[1])} == {
        (row.shelf_id, row.memory_id) for row in await store.rows(shelved)
    }


async def test_the_same_line_is_kept_once(store: Store, home: int) -> None:
    """By the ledger's id, by what was said when and where; in one batch and in the next."""
    first = said(home, "I like tea", heard=7)
    edited, imported = replace(first, text="I like coffee"), replace(first, heard=None)

    once = await kept(store, first, edited, imported)
    again = await kept(store, imported, edited, said(home, "I like tea", 1))

    assert once[0] == once[1] == once[2] == again[0] == again[1]
    assert again[2] not in {None, once[0]}
    assert 2 == await count(store, memory)
    assert [2] == [row.memories for row in await store.rows(shelf)]


async def test_each_persona_keeps_a_line_for_itself(store: Store, home: int) -> None:
    """Two that heard the same know it apart."""
    one = said(home, "hello", heard=7)

    ours, theirs = await kept(
        store, one, replace(one, origin=replace(one.origin, persona="harrow"))
    )

    assert ours != theirs


async def test_what_was_forgotten_is_not_kept_again(store: Store, home: int) -> None:
    """Its tombstone stands, whatever is imported; the line beside it is kept."""
    gone = said(home, "a secret")
    await store.database.write(
        lambda found: found.execute(insert(tombstone), {"digest": gone.digest, "at": NOON})
    )

    found = await kept(store, gone, said(home, "no secret"))

    assert found[0] is None
    assert ["no secret"] == [row.text for row in await store.rows(memory)]


async def test_a_sitting_ends_with_a_long_pause(store: Store, home: int) -> None:
    """Three hours of silence begin a new one, in one batch or between two."""
    await kept(store, said(home, "a"), said(home, "b", 100), said(home, "c", 100 + 180))
    await kept(store, said(home, "d", 300), said(home, "e", 600))

    assert [1, 1, 2, 2, 3] == [row.sitting for row in await store.rows(memory)]
    assert [(1, 0, 100, 2), (2, 280, 300, 2), (3, 600, 600, 1)] == [
        (row.number, *(_minutes(at) for at in (row.began_at, row.ended_at)), row.lines)
        for row in await store.rows(sitting)
    ]


async def test_what_comes_late_finds_its_sitting(store: Store, home: int) -> None:
    """A line of before is counted where it belongs, or begins one of its own."""
    await kept(store, said(home, "a"), said(home, "c", 1000))

    await kept(store, said(home, "b", 60), said(home, "z", -1000))

    assert {"a": 1, "c": 2, "b": 1, "z": 3} == {
        row.text: row.sitting for row in await store.rows(memory)
    }


def _minutes(at: datetime) -> int:
    return int((at - NOON) / timedelta(minutes=1))


def likes(norm: str) -> Learned:
    """Mei likes something."""
    text = f"Mei likes {norm}"
    return Learned(MEI, "Mei", text, NOON, "likes", norm, f"I like {norm}", finder="rules")


async def test_a_fact_is_seen_where_its_sources_are(store: Store, home: int) -> None:
    """With the narrowest of their keys, and it names them."""
    one = said(home, "I like tea")
    (line,) = await kept(store, one)
    assert line

    made = await store.database.write(
        lambda found: keep_fact(found, [one.origin], likes("tea"), [line])
    )

    assert [line, made] == await found(store, one.origin, "tea")
    assert [(made, line)] == [tuple(row) for row in await store.rows(memory_source)]
    assert [(made, "likes", "tea", "rules")] == [
        (row.memory_id, row.slot, row.norm, row.finder) for row in await store.rows(fact)
    ]


async def test_what_nobody_could_see_is_not_kept(store: Store, home: int) -> None:
    """A fact of two places that know nothing of each other is none."""
    one = said(home, "I like tea")
    (line,) = await kept(store, one)
    elsewhere = replace(one.origin, place=home + 1)

    with pytest.raises(ValueError, match="no key in common"):
        await store.database.write(
            lambda found: keep_fact(found, [one.origin, elsewhere], likes("tea"), [line or 0])
        )

    assert 1 == await count(store, memory)


async def test_what_is_dropped_is_gone_from_every_table(store: Store, home: int) -> None:
    """With its facts, what became of the talk and the vectors made of it; the rest stays."""
    one = said(home, "I like tea")
    first, second = await kept(store, one, said(home, "and coffee", 1))
    assert first
    assert second

    def more(connection: Any) -> tuple[int, int]:
        made = keep_fact(connection, [one.origin], likes("tea"), [first])
        told = keep_episode(connection, [one.origin], Episode("They drank.", NOON, 1), [made])
        cells = {"embedder": "e", "cells": b"\1", "scale": 1.0}
        connection.execute(
            insert(vector), [cells | {"memory_id": each} for each in (first, second)]
        )
        inked(connection, [first, second])
        return made, told

    made, told = await store.database.write(more)

    gone = await store.database.write(lambda found: drop(found, [first, 999]))

    assert Dropped((first,), (made,), (told,)) == gone
    assert [second] == [row.id for row in await store.rows(memory)]
    assert [1, 1, 0, 0, 0] == [
        await count(store, table) for table in (worded, shelved, vector, fact, memory_source)
    ]
    assert ([], [second]) == (
        await found(store, one.origin, "tea drank"),
        await found(store, one.origin, "coffee"),
    )
    assert [(1, 3, 3, 2)] == [
        (row.memories, row.words, row.dropped, row.inked) for row in await store.rows(shelf)
    ]
    assert [1] == [row.lines for row in await store.rows(sitting)]
    assert Dropped() == await store.database.write(lambda found: drop(found, [first]))


async def test_an_empty_sitting_is_none(store: Store, home: int) -> None:
    """With its last line it is gone, too."""
    (line,) = await kept(store, said(home, "a"))

    await store.database.write(lambda found: drop(found, [line or 0]))

    assert 0 == await count(store, sitting)


async def test_a_tidy_index_holds_no_word_of_what_is_gone(store: Store, home: int) -> None:
    """SQLite keeps words until it rewrites its index, so it is told to; PostgreSQL has VACUUM."""
    first, _ = await kept(store, said(home, "xylophone"), said(home, "tea", 1))
    blocks = "SELECT block FROM word_index_data"
    rows = "SELECT CAST(CAST(words AS text) AS bytea) FROM word_index"

    await store.database.write(lambda connection: drop(connection, [first or 0]))
    await store.database.write(index.tidy)

    held = await store.database.read(
        lambda found: (
            found.execute(text({"sqlite": blocks}.get(found.dialect.name, rows))).scalars().all()
        )
    )
    assert b"tea" in b"".join(map(bytes, held))
    assert b"xylophon" not in b"".join(map(bytes, held))


@pytest.mark.slow
async def test_ten_thousand_lines_are_kept_at_once(store: Store, home: int) -> None:
    """As an import brings them; each is found."""
    lines = [said(home, f"line number n{n} of many", n, heard=n + 1) for n in range(10_000)]

    numbers = await kept(store, *lines)

    assert 10_000 == len(set(numbers))
    assert [numbers[77]] == await found(store, lines[0].origin, "n77")
