"""What is prepared comes to what SQLAlchemy comes to, on either database."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from anima.errors import LedgerUnavailable
from memory.address import to_url
from memory.bulk import rows
from memory.columns import Id, Moment
from memory.database import Database
from memory.prepared import Prepared

AT: Final = datetime(2026, 11, 30, 12, 0, 0, 250, UTC)
_all: Final = MetaData()
NOTE: Final = Table(
    "note_kept",
    _all,
    Column("id", Id, primary_key=True),
    Column("text", String, unique=True),
    Column("at", Moment),
    Column("told", Boolean),
)
PUT: Final = Prepared(insert(NOTE))
PUT_BACK: Final = Prepared(insert(NOTE).returning(NOTE.c.id, NOTE.c.at))
ALL: Final = Prepared(select(NOTE).order_by(NOTE.c.id))
AMONG: Final = Prepared(
    select(NOTE.c.id)
    .where(NOTE.c.id.in_(bindparam("ids", expanding=True)), NOTE.c.told == bindparam("told"))
    .order_by(NOTE.c.id)
)
PAIRS: Final = Prepared(
    select(NOTE.c.id)
    .where(tuple_(NOTE.c.id, NOTE.c.text).in_(bindparam("pairs", expanding=True)))
    .order_by(NOTE.c.id)
)
TELL: Final = Prepared(
    update(NOTE).where(NOTE.c.id.in_(bindparam("ids", expanding=True))).values(told=True)
)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database with three notes."""
    async with Database(to_url(url)) as database:
        await database.write(_all.create_all)
        await database.write(_three)
        yield database


def _three(connection: Connection) -> None:
    for number, text in enumerate(("one", "二", "三つ"), 1):
        row = {"id": number, "text": text, "at": AT, "told": number == 2}
        assert PUT.run(connection, row) == 1


def asking(prepared: Prepared, **values: Any) -> Callable[[Connection], list[int]]:
    """A job that finds the ids of what is *prepared*."""
    return lambda connection: [row.id for row in prepared.rows(connection, values)]


async def test_values_come_back_as_they_were(database: Database) -> None:
    """Times with their zone, truths as such; what was not given is nothing."""
    there = AT.astimezone(timezone(timedelta(hours=9)))
    written = await database.write(
        lambda connection: PUT_BACK.rows(connection, {"id": 4, "text": "4", "at": there})
    )

    found = await database.read(lambda connection: ALL.rows(connection, {}))

    assert [(4, AT)] == [(one.id, one.at) for one in written]
    assert [True] == [one.told for one in found if one.id == 2]
    assert [("二", AT)] == [(one.text, one.at) for one in found if one.told]
    assert [None] == [one.told for one in found if one.id == 4]
    assert found[-1].at.tzinfo is not None


@pytest.mark.parametrize(
    ("ids", "expected"), [((1, 3), [1, 3]), ([3], [3]), ((), []), ((1, 2, 3, 9), [1, 3])]
)
async def test_a_list_has_as_many_as_it_has(
    database: Database, ids: list[int], expected: list[int]
) -> None:
    """One statement serves lists of any length, also of none."""
    found = await database.read(asking(AMONG, ids=ids, told=False))

    assert expected == found


async def test_pairs_are_found_as_pairs(database: Database) -> None:
    """A list of tuples is no longer list of their parts."""
    first = await database.read(asking(PAIRS, pairs=[(1, "one"), (2, "one")]))
    second = await database.read(asking(PAIRS, pairs=[(3, "三つ"), (2, "二"), (1, "one")]))

    assert ([1], [1, 2, 3]) == (first, second)


async def test_it_tells_how_many_it_changed(database: Database) -> None:
    """So does a statement that finds nothing to change."""
    changed = await database.write(lambda found: TELL.run(found, {"ids": [1, 2]}))
    nothing = await database.write(lambda found: TELL.run(found, {"ids": [9]}))

    assert (2, 0) == (changed, nothing)
    assert [1, 2] == await database.read(asking(AMONG, ids=[1, 2, 3], told=True))


async def test_a_no_is_the_one_that_all_know(database: Database) -> None:
    """It undoes the job, shows no words of people, and the next job is done."""
    with pytest.raises(IntegrityError) as caught:
        await database.write(lambda found: PUT.run(found, {"id": 5, "text": "二"}))

    await database.write(lambda found: PUT.run(found, {"id": 5, "text": "五"}))

    assert "二" not in str(caught.value).partition("DETAIL")[0]
    assert [1, 2, 3, 5] == await database.read(asking(ALL))


async def test_what_the_driver_refuses_harms_no_other_job(database: Database) -> None:
    """Words that go straight to the driver are a job like any other."""
    with pytest.raises((DBAPIError, LedgerUnavailable)):
        await database.write(lambda found: rows(found, "SELECT nothing FROM nowhere"))

    assert 1 == await database.write(lambda found: PUT.run(found, {"id": 5, "text": "五"}))


async def test_a_default_of_ours_would_be_forgotten(tmp_path: Path) -> None:
    """SQLAlchemy fills them in as it runs a statement, so none is prepared that needs it."""
    kept = Table("kept", MetaData(), Column("id", Id, primary_key=True), Column("n", Id, default=7))
    prepared = Prepared(insert(kept))

    async with Database(to_url(f"sqlite:///{tmp_path / 'kept.db'}")) as database:
        job = asking(prepared, id=1)
        with pytest.raises(LookupError, match="default of ours"):
            await database.read(job)
