"""Messages that were taken back: not answered if they waited, and forgotten in any case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from anima.model import Deleted
from memory.longterm.deleting import delete
from memory.place import IS_IT, named
from memory.tables import UNSENT, conversation, heard, said, turn

_FIND: Final = select(conversation.c.id).where(*IS_IT)
_LOCK: Final = (
    select(conversation.c.id).where(conversation.c.id == bindparam("place")).with_for_update()
)
_THEIRS: Final = select(heard).where(
    heard.c.conversation_id == bindparam("place"),
    heard.c.message.in_(bindparam("named", expanding=True)),
    heard.c.state.not_in(("edit", "event", "aside")),
)
_OURS: Final = select(said).where(
    said.c.conversation_id == bindparam("place"),
    said.c.message.in_(bindparam("named", expanding=True)),
    said.c.state.not_in(UNSENT),
)
_WITHDRAW: Final = (
    update(heard)
    .where(heard.c.id.in_(bindparam("which", expanding=True)), heard.c.state == "waiting")
    .values(state="withdrawn")
)
_ANEW: Final = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(epoch=conversation.c.epoch + 1, lease_until=None)
)
"""Who is at work there, or holds the last lines in a cache, reads what is left."""

_OPEN: Final = select(turn.c.id).where(
    turn.c.conversation_id == bindparam("place"), turn.c.outcome.is_(None)
)


def place_of(connection: Connection, deleted: Deleted) -> int | None:
    """Where it was; None where nothing was ever heard, so that there is nothing to forget."""
    return connection.execute(_FIND, named(deleted.conversation)).scalar()


def take_back(connection: Connection, place: int, messages: Sequence[str], now: datetime) -> bool:
    """Forget *messages*; whether there were any."""
    connection.execute(_LOCK, {"place": place})
    theirs = _rows(connection, _THEIRS, place, messages)
    ours = _rows(connection, _OURS, place, messages)
    if not (theirs or ours):
        return False
    if theirs:
        connection.execute(_WITHDRAW, {"which": list(theirs)})
    delete(connection, place, theirs, ours, now)
    # what only waited is in nobody's hands, and a bubble on its way must not be said again for it
    touched = ours or any(row.state != "waiting" for row in theirs.values())
    if touched or connection.execute(_OPEN, {"place": place}).first():
        connection.execute(_ANEW, {"place": place})
    return True


def _rows(
    connection: Connection, which: Select[Any], place: int, messages: Sequence[str]
) -> dict[int, Row[Any]]:
    asked = {"place": place, "named": list(messages)}
    return {row.id: row for row in connection.execute(which, asked)}
