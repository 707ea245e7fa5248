"""Where a bot has been, and what it heard there last."""

from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from anima.model import Conversation, Visited
from anima.ports import BotName
from memory.database import Database
from memory.place import IS_IT, named
from memory.tables import conversation, heard

_newest = (
    select(func.max(heard.c.id).label("id"))
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(
        conversation.c.platform == bindparam("platform"),
        conversation.c.bot == bindparam("bot"),
        conversation.c.closed_at.is_(None),
        heard.c.message != "",
        heard.c.state.not_in(("edit", "event", "aside")),
    )
    .group_by(heard.c.conversation_id)
    .subquery()
)
_SEEN: Final = (
    select(conversation, heard.c.message)
    .join(heard, heard.c.conversation_id == conversation.c.id)
    .join(_newest, _newest.c.id == heard.c.id)
    .order_by(heard.c.id.desc())
)


_ROLE: Final = select(conversation.c.role).where(*IS_IT, ~conversation.c.private)


class SqlPlaces:
    """The port `Places` over a `Database`; where something was heard last comes first."""

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
            row.message,
        )
        for row in rows
    )
