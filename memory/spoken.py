"""Which bubbles still have words: of the others, no sound may be left either."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, select

from memory.database import Database
from memory.longterm.batches import batches
from memory.tables import said

_WORDED: Final = select(said.c.id).where(
    said.c.id.in_(bindparam("which", expanding=True)), said.c.text != ""
)


class SqlSpoken:
    """Looks into a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def worded(self, ids: Collection[int]) -> Collection[int]:
        """Those of *ids* that are there and not forgotten. Raises `LedgerUnavailable`."""
        return await self._database.read(lambda connection: _worded(connection, ids))


def _worded(connection: Connection, ids: Collection[int]) -> Collection[int]:
    return {
        which
        for some in batches(sorted(ids))
        for which in connection.execute(_WORDED, {"which": some}).scalars()
    }
