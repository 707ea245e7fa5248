"""The transcript of a place of our own, line by line, for whoever shows it."""

from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    bindparam,
    select,
)

from anima.model import Conversation, Entry
from memory.database import Database
from memory.tables import conversation, heard, said

_DIGITS: Final = 19
"""As many as any 63-bit id of this century has, so that names sort as their numbers do."""

_HERE: Final = tuple(
    conversation.c[name] == bindparam(name)
    for name in ("platform", "bot", "chat", "connection", "thread")
)
_SHOWN: Final = ("waiting", "answered", "noted", "expired", "refused", "command")


class SqlTranscript:
    """The port `Transcript` over a `Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, conversation: Conversation, after: int, limit: int) -> tuple[Entry, ...]:
        asked = _asked(conversation, after, limit)
        return await self._database.read(lambda found: _since(found, asked)[:limit])

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        asked = _asked(conversation, before, limit)
        return await self._database.read(lambda found: _before(found, asked)[-limit:])


def _asked(where: Conversation, border: int, limit: int) -> dict[str, object]:
    return {
        "platform": where.platform,
        "bot": where.bot,
        "chat": where.chat,
        "connection": where.connection,
        "thread": where.thread,
        "border": f"{border:0{_DIGITS}}",
        "most": limit,
    }


_BORDER: Final[BindParameter[str]] = bindparam("border", type_=String())


def _heard(*where: ColumnElement[bool]) -> Select[Any]:
    columns = (heard.c.message, heard.c.key, heard.c.text, heard.c.heard_at, heard.c.state)
    return (
        select(*columns)
        .join(conversation, conversation.c.id == heard.c.conversation_id)
        .where(*_HERE, heard.c.state.in_(_SHOWN), *where)
        .limit(bindparam("most"))
    )


def _said(*where: ColumnElement[bool]) -> Select[Any]:
    columns = (
        said.c.message,
        said.c.id,
        said.c.text,
        said.c.delivered_at,
        said.c.state,
        said.c.asks,
    )
    return (
        select(*columns)
        .join(conversation, conversation.c.id == said.c.conversation_id)
        .where(*_HERE, said.c.state == "delivered", *where)
        .limit(bindparam("most"))
    )


_HEARD_SINCE: Final = _heard(heard.c.message > _BORDER).order_by(heard.c.message)
_SAID_SINCE: Final = _said(said.c.message > _BORDER).order_by(said.c.message)
_HEARD_BEFORE: Final = _heard(heard.c.message < _BORDER).order_by(heard.c.message.desc())
_SAID_BEFORE: Final = _said(said.c.message < _BORDER).order_by(said.c.message.desc())


def _since(connection: Connection, asked: dict[str, object]) -> tuple[Entry, ...]:
    return _merged(
        connection.execute(_HEARD_SINCE, asked).all(), connection.execute(_SAID_SINCE, asked).all()
    )


def _before(connection: Connection, asked: dict[str, object]) -> tuple[Entry, ...]:
    return _merged(
        connection.execute(_HEARD_BEFORE, asked).all(),
        connection.execute(_SAID_BEFORE, asked).all(),
    )


def _merged(theirs: Any, ours: Any) -> tuple[Entry, ...]:
    lines = [_entry(row, ours=False) for row in theirs] + [_entry(row, ours=True) for row in ours]
    return tuple(sorted(lines, key=lambda line: line.id))


def _entry(row: Row[Any], *, ours: bool) -> Entry:
    message, key, text, at, state, *asks = tuple(row)
    return Entry(int(message), str(key), ours, text, at, state, *asks)
