"""What is known of the one we talk with in a private place."""

from typing import Final

from sqlalchemy import bindparam, func, select

from anima.model import Conversation
from memory.database import Database
from memory.preferences import TONGUE
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
    select(func.coalesce(TONGUE, heard.c.speaker_language))
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(heard.c.conversation_id == _PLACE, heard.c.turn_id.is_not(None))
    .order_by(heard.c.turn_id.desc())
    .limit(1)
)


async def language_in(database: Database, place: Conversation) -> str:
    """The language that the last speaker in *place* chose, else their client's, or nothing."""
    named = {column: getattr(place, column) for column in place.__slots__}
    found = await database.read(lambda connection: connection.execute(_LANGUAGE, named).scalar())
    return found or ""
