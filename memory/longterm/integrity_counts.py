"""What sittings and shelves count, held against what is there."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from memory.longterm.tables import memory, shelf, shelved, sitting, worded

_there: Final = (
    select(
        memory.c.conversation_id,
        memory.c.persona,
        memory.c.sitting,
        func.count().label("lines"),
        func.min(memory.c.at).label("began_at"),
        func.max(memory.c.at).label("ended_at"),
    )
    .where(memory.c.kind == "line")
    .group_by(memory.c.conversation_id, memory.c.persona, memory.c.sitting)
    .subquery()
)
_same: Final = and_(
    sitting.c.conversation_id == _there.c.conversation_id,
    sitting.c.persona == _there.c.persona,
    sitting.c.number == _there.c.sitting,
)
_held = func.coalesce(_there.c.lines, 0)
_MISCOUNTED: Final[Select[Any]] = (
    select(sitting, _held.label("held")).outerjoin(_there, _same).where(sitting.c.lines != _held)
)
_MISSING: Final[Select[Any]] = (
    select(_there).outerjoin(sitting, _same).where(sitting.c.number.is_(None))
)
_its = (
    sitting.c.conversation_id == bindparam("place"),
    sitting.c.persona == bindparam("whose"),
    sitting.c.number == bindparam("which"),
)
_RECOUNT: Final = update(sitting).where(*_its).values(lines=bindparam("held"))
_EMPTY: Final = delete(sitting).where(*_its)
_BEGIN: Final = insert(sitting)

_on = (
    select(
        shelved.c.shelf_id,
        func.count().label("memories"),
        func.sum(
            case(
                (worded.c.words == "", 0),
                else_=func.length(worded.c.words)
                - func.length(func.replace(worded.c.words, " ", ""))
                + 1,
            )
        ).label("words"),
    )
    .join(worded, worded.c.memory_id == shelved.c.memory_id)
    .group_by(shelved.c.shelf_id)
    .subquery()
)
_memories = func.coalesce(_on.c.memories, 0)
_words = func.coalesce(_on.c.words, 0)
_SHELVES: Final[Select[Any]] = (
    select(shelf.c.id, _memories.label("memories"), _words.label("words"))
    .outerjoin(_on, _on.c.shelf_id == shelf.c.id)
    .where((shelf.c.memories != _memories) | (shelf.c.words != _words))
)
_RIGHT: Final = (
    update(shelf)
    .where(shelf.c.id == bindparam("which"))
    .values(memories=bindparam("holds"), words=bindparam("says"))
)


def sittings(connection: Connection, *, mend: bool) -> int:
    """How many sittings do not count the lines that they have, put right where one is to *mend*."""
    miscounted = connection.execute(_MISCOUNTED).all()
    missing = connection.execute(_MISSING).all()
    if mend:
        for row in miscounted:
            its = {"place": row.conversation_id, "whose": row.persona, "which": row.number}
            if row.held:
                connection.execute(_RECOUNT, {**its, "held": row.held})
            else:
                connection.execute(_EMPTY, its)
        for row in missing:
            connection.execute(_BEGIN, _begun(row))
    return len(miscounted) + len(missing)


def shelves(connection: Connection, *, mend: bool) -> int:
    """How many shelves do not count the memories, or their words, that lie on them."""
    wrong = connection.execute(_SHELVES).all()
    for row in wrong if mend else ():
        right = {"which": row.id, "holds": row.memories, "says": row.words}
        connection.execute(_RIGHT, right)
    return len(wrong)


def _begun(row: Row[Any]) -> Mapping[str, object]:
    named = {"conversation_id": row.conversation_id, "persona": row.persona, "number": row.sitting}
    return named | {
        "began_at": row.began_at,
        "ended_at": row.ended_at,
        "lines": row.lines,
        "tries": 0,
    }
