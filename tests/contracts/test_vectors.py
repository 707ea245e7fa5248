"""The vectors of a shelf as they are held: the same whether they grew or were read anew."""

import random
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, insert

from memory.longterm.held import Held, brought_up, states
from memory.longterm.scope import Viewer, visible
from memory.longterm.shelving import inked
from memory.longterm.tables import vector
from memory.longterm.vectors import Leg, as_vector, legged
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.minds import Mind, minded

DIM = 8
MANY = 4_096
"""As many are held in one piece."""

Known = tuple[Held, Leg]


def ink(connection: Connection, ids: Sequence[int], chance: random.Random) -> None:
    """Give each of *ids* some vector."""
    rows = [
        {"memory_id": one, "embedder": "e", "cells": chance.randbytes(DIM), "scale": 0.01}
        for one in ids
    ]
    connection.execute(insert(vector), rows)
    inked(connection, ids)


async def known(mind: Mind, place: int, old: Known | None = None) -> Known:
    """The shelf of a place: what came since *old*, or all of it."""

    def read(connection: Connection) -> Known:
        (state,) = states(connection, visible(Viewer("kokoro", place, private=True)))
        held = brought_up(connection, state, old and old[0])
        return held, legged(connection, held, "e", old and old[1])

    return await mind.store.database.read(read)


def likeness(leg: Leg) -> list[float]:
    """How near all are to some question."""
    asked = as_vector(b"\0\0\x80\x3f" * DIM)
    found: list[float] = leg.likeness(asked).tolist()
    return found


@pytest.mark.slow
async def test_what_grew_is_what_is_read_anew(sql_ledgers: SqlLedgers) -> None:
    """Over the border of a piece, with vectors that come late, with one dropped at the end."""
    chance = random.Random(5)
    mind = await minded(sql_ledgers)
    home = await mind.place()
    database = mind.store.database
    first = await mind.says(home, *(f"line {n}" for n in range(MANY - 3)))
    await database.write(lambda found: ink(found, first[::2], chance))
    seen = [await known(mind, home)]

    second = await mind.says(home, *(f"more {n}" for n in range(6)))
    seen.append(await known(mind, home, seen[-1]))
    await database.write(lambda found: ink(found, [*first[1:99:2], *second], chance))
    seen.append(await known(mind, home, seen[-1]))
    await mind.drop(second[-1])
    seen.append(await known(mind, home, seen[-1]))
    anew = await known(mind, home)

    assert [MANY - 3, MANY + 3, MANY + 3, MANY + 2] == [len(held) for held, _ in seen]
    assert seen[-1][0].ids == anew[0].ids
    assert likeness(seen[-1][1]) == likeness(anew[1])
    assert likeness(seen[2][1])[: MANY + 2] == likeness(anew[1])
    assert [MANY // 2 - 1] * 2 == [sum(map(bool, leg.scales.tolist())) for _, leg in seen[:2]]


async def test_what_is_held_is_never_changed(sql_ledgers: SqlLedgers) -> None:
    """Another question may be reading it."""
    chance = random.Random(5)
    mind = await minded(sql_ledgers)
    home = await mind.place()
    ids = await mind.says(home, "a", "b")
    await mind.store.database.write(lambda found: ink(found, ids[:1], chance))
    old = await known(mind, home)
    before = likeness(old[1])

    await mind.store.database.write(lambda found: ink(found, ids[1:], chance))
    new = await known(mind, home, old)

    assert before == likeness(old[1])
    assert before[0] == likeness(new[1])[0]
    assert [True, False] == [bool(one) for one in old[1].scales.tolist()]
    assert all(new[1].scales.tolist())
    assert (await known(mind, home, new))[1] is new[1]


async def test_the_vector_of_what_was_said_meanwhile_is_left(sql_ledgers: SqlLedgers) -> None:
    """It has no place yet, and takes nobody else's."""
    chance = random.Random(5)
    mind = await minded(sql_ledgers)
    home = await mind.place()
    ids = await mind.says(home, "a", "b")
    await mind.store.database.write(lambda found: ink(found, ids, chance))
    held, leg = await known(mind, home)

    late = await mind.says(home, "c")
    await mind.store.database.write(lambda found: ink(found, late, chance))
    again = await mind.store.database.read(lambda found: legged(found, held, "e", None))

    assert likeness(leg) == likeness(again)
