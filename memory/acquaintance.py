"""What is known of the one we talk with in a private place."""

from typing import Final

from sqlalchemy import Connection, func, select

from anima.model import Conversation
from memory.database import Database
from memory.place import IS_IT, named
from memory.preferences import TONGUE
from memory.tables import conversation, heard

_PLACE: Final = select(conversation.c.id).where(*IS_IT).scalar_subquery()
_LANGUAGE: Final = (
    select(func.coalesce(TONGUE, heard.c.speaker_language))
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(heard.c.conversation_id == _PLACE, heard.c.turn_id.is_not(None))
    .order_by(heard.c.turn_id.desc())
    .limit(1)
)


async def language_in(database: Database, place: Conversation) -> str:
    """The language that the last speaker in *place* chose, else their client's, or nothing."""
    return await database.read(lambda connection: language_of(connection, place))


def language_of(connection: Connection, place: Conversation) -> str:
    """The same, within a transaction."""
    return connection.execute(_LANGUAGE, named(place)).scalar() or ""
