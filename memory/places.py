"""Where a bot has been, and what it heard there last."""

from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from anima.model import Conversation, Visited
from anima.ports import BotName
from memory.database import Database
from memory.place import IS_IT, named
from memory.tables import conversation, heard

# The ids of a platform rise, so the last by the alphabet is the newest, or, where they have just
# grown by a digit, an older one. An index gives it without a look at the rows: for 1000 places with
# 500,000 messages that took 0.1 s, and 5.8 s with them.
_newest = (
    select(func.max(heard.c.message))
    .where(heard.c.conversation_id == conversation.c.id)
    .scalar_subquery()
)
_SEEN: Final = (
    select(conversation, _newest.label("newest"))
    .where(
        conversation.c.platform == bindparam("platform"),
        conversation.c.bot == bindparam("bot"),
        conversation.c.closed_at.is_(None),
    )
    .order_by(conversation.c.id.desc())
)
_ROLE: Final = select(conversation.c.role).where(*IS_IT, ~conversation.c.private)


class SqlPlaces:
    """The port `Places` over a `Database`; the places that were found last come first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, bot: BotName) -> tuple[Visited, ...]:
        return await self._database.read(lambda connection: _seen(connection, bot))

    async def role(self, conversation: Conversation) -> str:
        """The persona that was chosen to play in a place with company, or nothing.

        Raises `LedgerUnavailable`.
        """
        asked = named(conversation)
        role = await self._database.read(lambda reads: reads.execute(_ROLE, asked).scalar())
        return role or ""


def _seen(connection: Connection, bot: BotName) -> tuple[Visited, ...]:
    platform, name = bot
    rows = connection.execute(_SEEN, {"platform": platform, "bot": name})
    return tuple(
        Visited(
            Conversation(row.platform, row.bot, row.chat, row.connection, row.thread),
            row.private,
            row.newest,
        )
        for row in rows
        if row.newest
    )
