"""The row of a conversation, by the name that it has outside."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.model import Conversation
from memory.tables import conversation

_NAME: Final = (
    conversation.c.platform,
    conversation.c.bot,
    conversation.c.connection,
    conversation.c.chat,
    conversation.c.thread,
)
_NEW: Final = {
    "sqlite": sqlite.insert(conversation).on_conflict_do_nothing(index_elements=_NAME),
    "postgresql": postgresql.insert(conversation).on_conflict_do_nothing(index_elements=_NAME),
}
IS_IT: Final = tuple(column == bindparam(column.name) for column in _NAME)
"""The conditions for the conversation that is `named` so."""

_FIND: Final = select(
    conversation.c.id, conversation.c.private, conversation.c.title, conversation.c.role
).where(*IS_IT)


def named(where: Conversation) -> Mapping[str, str]:
    """The values by which *where* is found."""
    return {column.name: getattr(where, column.name) for column in _NAME}


def placed(
    connection: Connection, where: Conversation, *, private: bool, title: str
) -> Row[int, bool, str, str | None]:
    """The row of *where*: its id, whether it is private, its title, who was chosen to play there.

    It is made where there is none: *private* and *title* are what a new one is held for.
    """
    name = named(where)
    fresh = {"private": private, "title": title, "epoch": 0, "unfinished": False}
    connection.execute(_NEW[connection.dialect.name], {**name, **fresh})
    return connection.execute(_FIND, name).one()


def where(row: Row[Any]) -> Conversation:
    """The conversation in *row*."""
    return Conversation(row.platform, row.bot, row.chat, row.connection, row.thread)
