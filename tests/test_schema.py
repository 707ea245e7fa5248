"""How a database comes to our version, and how it says that it has not."""

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, inspect, text

from anima.errors import ConfigError
from anima.ids import Ids
from memory import schema
from memory.address import to_url
from memory.columns import Moment
from memory.database import Database
from memory.holder import Holder
from memory.ledger import SqlLedger
from memory.schedule import Next, Schedule
from memory.tables import REVISION, metadata
from tests.contracts.ledgers import START, HandClock

OURS = {"alembic_version", "word_index", *metadata.tables}


@pytest.fixture(scope="module", autouse=True)
def _alembic() -> None:
    """Loading it takes longer than any of these tests."""
    import_module("alembic.command")


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An empty database."""
    async with Database(to_url(url)) as database:
        yield database


def tables(connection: Connection) -> set[str]:
    """What there is; what SQLite keeps the index of words in is its own."""
    found = inspect(connection).get_table_names()
    return {name for name in found if not name.startswith("word_index_")}


async def execute(database: Database, statement: str) -> None:
    """Do by hand what no migration does."""
    await database.write(lambda connection: connection.execute(text(statement)))


@pytest.mark.slow
async def test_an_empty_database_is_brought_to_our_version(database: Database) -> None:
    """All tables are made, and what is made is what the code wants."""
    before = await schema.differences(database)

    changed = await schema.upgrade(database)

    assert changed
    assert (f"version none, wanted {REVISION}: run `anima db upgrade`",) == before
    assert OURS == await database.read(tables)
    assert () == await schema.differences(database)


@pytest.mark.slow
async def test_the_second_time_there_is_nothing_to_do(database: Database) -> None:
    """An upgrade of what is new already changes nothing."""
    await schema.upgrade(database)

    changed = await schema.upgrade(database)

    assert not changed


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
async def test_every_migration_can_be_undone(database: Database) -> None:
    """Down to nothing, and up again."""
    await schema.upgrade(database)

    await database.write(downgrade)
    left = await database.read(tables)
    again = await schema.upgrade(database)

    assert {"alembic_version"} == left
    assert again
    assert () == await schema.differences(database)


def downgrade(connection: Connection, to: str = "base") -> None:
    """Undo the migrations after *to*, or all."""
    command = import_module("alembic.command")
    command.downgrade(config(connection), to)


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


OLD = (
    """
    INSERT INTO conversation (id, platform, bot, connection, chat, thread, private, title, epoch,
        unfinished, ready_at)
    VALUES (1, 'telegram', 'anima', '', '7', '', true, '', 4, true, :at)
    """,
    """
    INSERT INTO turn (id, conversation_id, epoch, outcome, soul, revision, began_at, ended_at)
    VALUES (10, 1, 4, 'answered', 'ku-5', 'r1', :at, :at)
    """,
    """
    INSERT INTO said (id, conversation_id, turn_id, text, reply_to, state, attempts, message, at)
    VALUES (100, 1, 10, '嗨!', '', 'delivered', 1, 'm100', :at),
        (101, 1, 10, 'And you?', '', 'ready', 0, NULL, :at)
    """,
    """
    INSERT INTO heard (source, key, conversation_id, turn_id, state, speaker_id, speaker_name,
        speaker_language, text, message, reply_to, addressed, at, heard_at, raw)
    VALUES ('telegram:anima', '1', 1, 10, 'answered', '5', 'Mei', 'zh', '你好', '1', '', true,
            :at, :at, '{}'),
        ('telegram:anima', '2', 1, NULL, 'waiting', '5', 'Mei', 'zh', 'well?', '2', '', true,
            :at, :at, '{}')
    """,
)
"""A talk as the first version kept it: an exchange, a bubble to be sent, a message that waits."""


def talk(connection: Connection) -> None:
    """Somebody talks in a database of the first version."""
    for statement in OLD:
        connection.execute(text(statement).bindparams(bindparam("at", START, Moment)))


def column(connection: Connection, wanted: str) -> list[str]:
    """The one column that *wanted* asks for."""
    return list(connection.execute(text(wanted)).scalars())


def upgrade_to_first(connection: Connection) -> None:
    """The tables as the first version made them."""
    upgrade_to(connection, "0001")


def upgrade_to(connection: Connection, which: str) -> None:
    """The tables as the version *which* made them."""
    import_module("alembic.command").upgrade(config(connection), which)


@pytest.mark.slow
async def test_an_old_talk_goes_on_after_the_upgrade(database: Database) -> None:
    """Nothing that was heard, said or left to do is lost, and nothing was chosen or archived."""
    await database.write(upgrade_to_first)
    await database.write(talk)

    changed = await schema.upgrade(database)

    ledger = SqlLedger(database, HandClock(), Holder.me(), lease_s=9, rang=lambda _: None)
    (claim,) = await ledger.claim(9, (("telegram", "anima"),))
    assert changed
    assert () == await schema.differences(database)
    assert (5, "", (), 1) == (claim.epoch, claim.soul, claim.choices, claim.dial)
    assert ["well?"] == [one.text for one in claim.waiting]
    assert [(101, "And you?", False)] == [(one.id, one.text, one.asks) for one in claim.unsent]
    assert ["你好", "嗨!"] == [line.text for line in await ledger.tail(claim, 9)]


@pytest.mark.slow
async def test_going_back_leaves_words_the_older_one_knows(database: Database) -> None:
    """A command is an answered message there, and the next upgrade finds all in order."""
    await database.write(upgrade_to_first)
    await database.write(talk)
    await schema.upgrade(database)
    for statement in (
        "UPDATE heard SET state = 'command' WHERE turn_id = 10",
        "UPDATE turn SET outcome = 'command' WHERE id = 10",
        (
            "INSERT INTO turn (id, conversation_id, epoch, outcome, began_at)"
            " SELECT 11, 1, 4, 'notice', began_at FROM turn"
        ),
    ):
        await execute(database, statement)

    await database.write(lambda connection: downgrade(connection, "0001"))

    def states(connection: Connection) -> tuple[list[str], list[str]]:
        heard = column(connection, "SELECT state FROM heard ORDER BY id")
        return heard, column(connection, "SELECT outcome FROM turn ORDER BY id")

    first = {"alembic_version", "conversation", "heard", "said", "turn"}
    assert ("0001", first) == (await database.read(schema.current), await database.read(tables))
    assert (["answered", "waiting"], ["answered"] * 2) == await database.read(states)
    assert await schema.upgrade(database)
    assert () == await schema.differences(database)


REMINDERS = """
    INSERT INTO reminder (conversation_id, digest, due, text, language, state, at)
    VALUES (1, 'a', :at, 'tea', 'en', 'waiting', :at), (1, 'b', :at, '茶', 'zh', 'told', :at)
    """


@pytest.mark.slow
async def test_old_reminders_are_on_the_schedule(database: Database) -> None:
    """They wait as before, are said in their time, and belong to whoever talked there alone."""
    await database.write(upgrade_to_first)
    await database.write(talk)
    await database.write(lambda connection: upgrade_to(connection, "0009"))
    told = text(REMINDERS).bindparams(bindparam("at", START, Moment))
    await database.write(lambda connection: connection.execute(told))

    await schema.upgrade(database)

    clock, rang = HandClock(), list[Any]()
    schedule = Schedule(database, clock, Ids(clock), rang.extend)
    waiting = await schedule.listed("telegram:7", 9)
    (job,) = await schedule.claim(9, (("telegram", "anima"),))
    said = await schedule.say(job, ["tea!"], Next())
    assert (["tea"], "tea", True) == ([one.text for one in waiting], job.text, said)
    assert () == await schema.differences(database)
    assert () == await schedule.claim(9, (("telegram", "anima"),))
