"""How a database comes to our version, and how it says that it has not."""

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from anima.errors import ConfigError
from memory import schema
from memory.address import to_url
from memory.database import Database
from memory.tables import REVISION, metadata

OURS = {"alembic_version", *metadata.tables}


@pytest.fixture(scope="module", autouse=True)
def _alembic() -> None:
    """Loading it takes longer than any of these tests."""
    import_module("alembic.command")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'anima.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An empty database."""
    async with Database(to_url(url)) as database:
        yield database


def tables(connection: Connection) -> set[str]:
    """What there is."""
    return set(inspect(connection).get_table_names())


async def execute(database: Database, statement: str) -> None:
    """Do by hand what no migration does."""
    await database.write(lambda connection: connection.execute(text(statement)))


async def test_an_empty_database_is_brought_to_our_version(database: Database) -> None:
    """All tables are made, and what is made is what the code wants."""
    before = await schema.differences(database)

    changed = await schema.upgrade(database)

    assert changed
    assert (f"version none, wanted {REVISION}: run `anima db upgrade`",) == before
    assert OURS == await database.read(tables)
    assert () == await schema.differences(database)


async def test_the_second_time_there_is_nothing_to_do(database: Database) -> None:
    """An upgrade of what is new already changes nothing."""
    await schema.upgrade(database)

    changed = await schema.upgrade(database)

    assert not changed


async def test_two_that_start_at_once_do_not_collide(url: str) -> None:
    """One of them makes the tables, the others wait and find them."""
    async with (
        Database(to_url(url)) as one,
        Database(to_url(url)) as other,
        Database(to_url(url)) as third,
        asyncio.TaskGroup() as group,
    ):
        starting = [group.create_task(schema.upgrade(each)) for each in (one, other, third)]

    assert [False, False, True] == sorted(task.result() for task in starting)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE said DROP COLUMN reason", "reason"),
        ("ALTER TABLE heard ADD COLUMN mood TEXT", "mood"),
        ("DROP INDEX ix_heard_waiting", "ix_heard_waiting"),
        ("CREATE TABLE guest (name TEXT)", "guest"),
    ],
)
async def test_what_is_not_as_we_want_it_is_told(
    database: Database, statement: str, told: str
) -> None:
    """Something missing or something more, by name."""
    await schema.upgrade(database)
    await execute(database, statement)

    (difference,) = await schema.differences(database)

    assert told in difference


async def test_a_newer_database_is_refused_and_left_as_it_is(database: Database) -> None:
    """Whoever goes back to an older Anima is told so in one line."""
    await schema.upgrade(database)
    await execute(database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(ConfigError, match="version 9999, which this Anima"):
        await schema.upgrade(database)

    assert "9999" == await database.read(schema.current)
    assert f"version 9999, wanted {REVISION}: run `anima db upgrade`" in (
        await schema.differences(database)
    )


async def test_a_failed_upgrade_leaves_nothing_behind(database: Database) -> None:
    """A table in the way stops it, and no half of it stays."""
    await execute(database, "CREATE TABLE said (id INTEGER)")

    with pytest.raises(Exception, match="said"):  # the driver's own, for it is nobody's fault
        await schema.upgrade(database)

    assert {"said"} == await database.read(tables)


async def test_every_migration_can_be_undone(database: Database) -> None:
    """Down to nothing, and up again."""
    await schema.upgrade(database)

    await database.write(downgrade)
    left = await database.read(tables)
    again = await schema.upgrade(database)

    assert {"alembic_version"} == left
    assert again
    assert () == await schema.differences(database)


def downgrade(connection: Connection) -> None:
    """Undo all migrations."""
    command = import_module("alembic.command")
    command.downgrade(config(connection), "base")


def config(connection: Connection | None = None) -> object:
    """What alembic wants to know."""
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parents[1] / "migrations"))
    config.attributes["connection"] = connection
    return config


def test_the_revision_we_name_is_the_newest_migration() -> None:
    """A start compares it without loading alembic, so it must be right."""
    scripts = import_module("alembic.script").ScriptDirectory.from_config(config())

    heads = scripts.get_heads()

    assert [REVISION] == heads
