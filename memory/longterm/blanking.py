"""Taking words out of the ledger: the rows stay, so that nothing is answered twice."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Update, bindparam, select, update
from sqlalchemy.sql.elements import ColumnElement

from memory.longterm.batches import batches
from memory.tables import heard, said, turn


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """That *column* is one of *which*, a portion of ids."""
    return column.in_(bindparam("which", expanding=True))


WORDLESS: Final[Mapping[str, str]] = MappingProxyType(
    {"text": "", "raw": "", "speaker_name": "", "attachments": "", "quoted": ""}
)
"""A row of `heard` from which all that somebody said is taken."""

_THEIRS: Final = update(heard).where(among(heard.c.id)).values(**WORDLESS)
_OURS: Final = update(said).where(among(said.c.id)).values(text="", beside="")
_REASONS: Final = update(turn).where(among(turn.c.id)).values(reason="")
_CALLED: Final = (
    select(heard.c.message).where(among(heard.c.id)),
    select(said.c.message).where(among(said.c.id)),
)
_EDITS: Final = (
    update(heard)
    .where(
        heard.c.conversation_id == bindparam("place"),
        among(heard.c.message),
        heard.c.state.in_(("edit", "event")),
    )
    .values(**WORDLESS)
)
_QUOTES: Final = (
    update(heard)
    .where(heard.c.conversation_id == bindparam("place"), among(heard.c.reply_to))
    .values(raw="", quoted="")
)
"""A platform sends the message that is replied to along with the reply."""


def blank(connection: Connection, place: int, theirs: Sequence[int], ours: Sequence[int]) -> None:
    """Take the words out of what was heard and said in *place* under these ids, wherever they are.

    What we thought in those turns goes as well, and every copy that a platform made of the words.
    """
    called = [
        name
        for which, ids in zip(_CALLED, (theirs, ours), strict=True)
        for some in batches(ids)
        for name in connection.execute(which, {"which": some}).scalars()
        if name
    ]
    _each(connection, _EDITS, called, place=place)
    _each(connection, _QUOTES, called, place=place)
    _each(connection, _REASONS, _turns(connection, theirs, ours))
    _each(connection, _THEIRS, theirs)
    _each(connection, _OURS, ours)


def _turns(connection: Connection, theirs: Sequence[int], ours: Sequence[int]) -> set[int]:
    return {
        which
        for table, ids in ((heard, theirs), (said, ours))
        for some in batches(ids)
        for which in connection.execute(
            select(table.c.turn_id).where(among(table.c.id)), {"which": some}
        ).scalars()
        if which is not None
    }


def _each(
    connection: Connection, statement: Update, which: Collection[object], **where: object
) -> None:
    for some in batches(which):
        connection.execute(statement, {"which": some, **where})
