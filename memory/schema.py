"""The database's own version, and how it is brought up to ours."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

import migrations
from anima.errors import ConfigError
from memory.database import Database
from memory.tables import REVISION

_LOCK = 0x616E696D61
"""PostgreSQL's advisory lock for our migrations: the word anima, in letters."""


async def upgrade(database: Database) -> bool:
    """Migrate to our version and return whether there was anything to do.

    Processes that start at once wait for each other. A database from a newer version of Anima is
    refused with `ConfigError` and left as it is.
    """
    if await database.read(current) == REVISION:
        return False
    return await database.write(_upgrade)


def current(connection: Connection) -> str | None:
    """The database's version, or None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


async def differences(database: Database) -> tuple[str, ...]:
    """What in the database is not as this version wants it, in words; nothing when all is well."""
    return await database.read(_differences)


def _upgrade(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    found = current(connection)
    if found == REVISION:
        return False
    _refuse_unknown(found)
    # alembic costs half a second to load and most starts have nothing to migrate
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def _refuse_unknown(found: str | None) -> None:
    ours = {path.name.partition("_")[0] for path in (_folder() / "versions").glob("*.py")}
    if found is not None and found not in ours:
        raise ConfigError(
            f"the database is at version {found}, which this Anima ({REVISION}) does not know;"
            " start the newer Anima that made it, or restore a backup"
        )


def _differences(connection: Connection) -> tuple[str, ...]:
    found = current(connection)
    if found != REVISION:
        return (f"version {found or 'none'}, wanted {REVISION}: run `anima db upgrade`",)
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - as above
    from alembic.migration import MigrationContext  # noqa: PLC0415 - as above

    from memory.tables import metadata  # noqa: PLC0415 - goes with alembic

    context = MigrationContext.configure(connection, opts={"include_name": _is_compared})
    return tuple(map(str, compare_metadata(context, metadata)))


def _is_compared(name: str | None, kind: str, _: object) -> bool:
    """Not the index of words: each engine has another, and SQLite keeps tables of its own in it."""
    return kind != "table" or not (name or "").startswith("word_index")


def _folder() -> Path:
    return Path(migrations.__path__[0])
