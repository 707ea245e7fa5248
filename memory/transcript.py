"""The transcript of a place of our own, line by line, for whoever shows it."""

from dataclasses import replace
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

from anima.model import Beside, Conversation, Entry
from memory.beside import found
from memory.database import Database
from memory.place import named
from memory.rating import IDS
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
        return await self._database.read(lambda reads: _since(reads, asked)[:limit])

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        asked = _asked(conversation, before, limit)
        return await self._database.read(lambda reads: _before(reads, asked)[-limit:])

    async def document(self, conversation: Conversation, said: int) -> Beside | None:
        if said not in IDS:
            return None
        asked = {**named(conversation), "which": said}
        text = await self._database.read(lambda reads: reads.execute(_BESIDE, asked).scalar())
        beside = found(text or "")
        return beside if beside.document or beside.voice else None


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
        said.c.beside,
    )
    return (
        select(*columns)
        .join(conversation, conversation.c.id == said.c.conversation_id)
        .where(*_HERE, said.c.state == "delivered", *where)
        .limit(bindparam("most"))
    )


_BESIDE: Final = (
    select(said.c.beside)
    .join(conversation, conversation.c.id == said.c.conversation_id)
    .where(
        *_HERE,
        said.c.state == "delivered",
        said.c.id == bindparam("which"),
        said.c.text != "",  # what is forgotten brings nothing any more
    )
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
    message, key, text, at, state, *more = tuple(row)
    entry = Entry(int(message), str(key), ours, text, at, state)
    return replace(entry, asks=more[0], beside=found(more[1])) if more else entry
