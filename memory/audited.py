"""Who did what to the house, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from memory.database import Database
from memory.tables import audit

_NEWEST: Final = (
    select(
        audit.c.at,
        audit.c.by,
        audit.c.deed,
        audit.c.conversation_id,
        audit.c.subject,
        audit.c.before,
        audit.c.after,
    )
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("past"))
)


@dataclass(frozen=True, slots=True)
class Audited:
    """*by* (`telegram:123`, or `house`) changed *subject* from *before* to *after*.

    *place* is the conversation in which that counts; none: everywhere.
    """

    at: datetime
    by: str
    deed: str
    place: int | None
    subject: str
    before: str
    after: str


class Audit:
    """What was done, as the database kept it. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self, limit: int, past: int = 0) -> tuple[Audited, ...]:
        """The last *limit* deeds before the newest *past* ones, the newest first."""
        asked = {"most": limit, "past": past}
        rows = await self._database.read(lambda found: found.execute(_NEWEST, asked).all())
        return tuple(Audited(*row) for row in rows)
