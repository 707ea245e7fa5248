"""What arrived, as it came: for whoever has to answer where the platform said so."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from memory.database import Database
from memory.tables import heard

_RAW: Final = select(heard.c.raw).where(
    heard.c.source == bindparam("source"), heard.c.key == bindparam("key")
)


class Arrived:
    """Reads the ledger's arrivals. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def raw(self, source: str, key: str) -> str:
        """What came from *source* under this *key*; nothing where it was forgotten."""

        def read(connection: Connection) -> str:
            return connection.execute(_RAW, {"source": source, "key": key}).scalar() or ""

        return await self._database.read(read)
