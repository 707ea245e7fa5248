"""How often the personas were to be read again, which every process of the house must learn."""

from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from anima.steps import Reloaded
from memory.database import Database
from memory.tables import audit, note, turn

SUBJECT: Final = "personas"
_NEWEST: Final = select(func.coalesce(func.max(audit.c.id), 0)).where(audit.c.subject == SUBJECT)
_AUDIT: Final = insert(audit)
_ADOPT: Final = tuple(
    update(table).where(table.c.persona == "").values(persona=bindparam("whose"))
    for table in (turn, note)
)


def take(connection: Connection, place: int, step: Reloaded) -> None:
    """Leave a mark that other processes find."""
    row = {
        "at": step.at,
        "by": step.by,
        "deed": "persona reload",
        "conversation_id": place,
        "subject": SUBJECT,
        "before": "",
        "after": "",
    }
    connection.execute(_AUDIT, row)


class Reloads:
    """The marks in the database. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> int:
        """A number that rises with each of them."""
        return await self._database.read(lambda found: found.execute(_NEWEST).scalar_one())


async def adopt(database: Database, persona: str) -> None:
    """What nobody in particular said or noted, before there were several, was *persona*'s."""

    def job(connection: Connection) -> None:
        for statement in _ADOPT:
            connection.execute(statement, {"whose": persona})

    await database.write(job)
