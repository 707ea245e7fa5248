"""What is known of the one we talk with in a private place."""

from typing import Final

from sqlalchemy import bindparam, select

from anima.model import Conversation
from memory.database import Database
from memory.tables import conversation, heard

_PLACE: Final = (
    select(conversation.c.id)
    .where(
        *(
            conversation.c[name] == bindparam(name)
            for name in ("platform", "bot", "connection", "chat", "thread")
        )
    )
    .scalar_subquery()
)
_LANGUAGE: Final = (
    select(heard.c.speaker_language)
    .where(heard.c.conversation_id == _PLACE, heard.c.turn_id.is_not(None))
    .order_by(heard.c.turn_id.desc())
    .limit(1)
)


async def language_in(database: Database, place: Conversation) -> str:
    """The language that the last speaker's client had in *place*, or nothing."""
    named = {column: getattr(place, column) for column in place.__slots__}
    found = await database.read(lambda connection: connection.execute(_LANGUAGE, named).scalar())
    return found or ""
