"""Databases at our version: migrated once, and copied for each test, which costs a tenth."""

import asyncio
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from memory import schema
from memory.address import to_url
from memory.database import Database


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "anima.db"
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            schema._upgrade(connection)
        engine.dispose()
        return file.read_bytes()


def sqlite_at(file: Path) -> str:
    """A migrated file there; its url."""
    file.write_bytes(_template())
    return f"sqlite:///{file}"


def migrate(url: str) -> None:
    """Bring the database at *url* to our version."""

    async def upgrade() -> None:
        async with Database(to_url(url)) as database:
            await schema.upgrade(database)

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(upgrade())
