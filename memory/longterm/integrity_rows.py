"""Each memory by itself: whether its sources, its shelves and its words are what they must be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select, text

from memory.longterm import index
from memory.longterm.dropping import drop
from memory.longterm.index import Entry
from memory.longterm.scope import Key, Origin, keys, narrowest
from memory.longterm.shelving import Worded, entered, shelve, unshelve
from memory.longterm.tables import memory, memory_source, shelf, shelved
from memory.longterm.words import tokens

Fault = Literal["baseless", "wide", "narrow", "unfound"]

PORTION: Final = 300
"""Memories that are looked at in one job."""
_TOKENS: Final = 12
"""Of so many words of a memory the index is asked."""

_some: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_AFTER: Final = (
    select(memory).where(memory.c.id > bindparam("last")).order_by(memory.c.id).limit(PORTION)
)
_THESE: Final[Select[Any]] = select(memory).where(memory.c.id.in_(_some)).order_by(memory.c.id)
_source = memory.alias("source")
_SOURCES: Final = (
    select(
        memory_source.c.memory_id,
        _source.c.persona,
        _source.c.conversation_id,
        _source.c.private,
        _source.c.speaker,
    )
    .join(_source, _source.c.id == memory_source.c.source_id)
    .where(memory_source.c.memory_id.in_(_some))
)
_SHELVES: Final = (
    select(shelved.c.memory_id, shelf.c.key)
    .join(shelf, shelf.c.id == shelved.c.shelf_id)
    .where(shelved.c.memory_id.in_(_some))
)
_HELD: Final = "SELECT 1 FROM word_index WHERE word_index MATCH ? AND rowid = ?"
_TAKE_OUT: Final = text("DELETE FROM word_index WHERE memory_id IN :some").bindparams(_some)
_HELD_TOO: Final = text(
    "SELECT 1 FROM word_index WHERE memory_id = :id AND words @@ CAST(:query AS tsquery)"
)


@dataclass(frozen=True, slots=True)
class _Portion:
    """Memories, with what is known of them."""

    rows: Sequence[Row[Any]]
    belongs: Mapping[int, frozenset[Key]]
    lies: Mapping[int, frozenset[Key]]
    entries: Mapping[int, Entry]


def after(connection: Connection, last: int) -> tuple[int, Mapping[int, Fault]]:
    """What is wrong with the memories behind the id *last*, and the id to go on from; 0: none."""
    rows = connection.execute(_AFTER, {"last": last}).all()
    return (rows[-1].id if rows else 0), _judged(connection, rows)


def mend(connection: Connection, ids: Sequence[int]) -> Mapping[int, Fault]:
    """Put right what is wrong with *ids*, and tell what that was."""
    rows = connection.execute(_THESE, {"some": ids}).all()
    wrong = _judged(connection, rows)
    drop(connection, [one for one, fault in wrong.items() if fault == "baseless"])
    astray = [row for row in rows if wrong.get(row.id, "baseless") != "baseless"]
    belongs = _belongs(connection, astray)
    if astray:
        _unshelve(connection, [row.id for row in astray])
        shelve(connection, [_worded(row, belongs[row.id]) for row in astray])
    return wrong


def _unshelve(connection: Connection, ids: Sequence[int]) -> None:
    """Take *ids* from their shelves, also where the index does not know of it.

    FTS5 calls a file malformed out of which more is taken than was put in; so it is put in.
    PostgreSQL knows by the id what is left of a memory that has no words any more.
    """
    on_file = connection.dialect.name == "sqlite"
    if on_file:
        lost = [one for one in entered(connection, ids) if not _holds(connection, one)]
        index.put(connection, lost)
    unshelve(connection, ids)
    if not on_file:
        connection.execute(_TAKE_OUT, {"some": ids})


def _judged(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, Fault]:
    if not rows:
        return {}
    ids = [row.id for row in rows]
    lies: dict[int, set[Key]] = {}
    for memory_id, key in connection.execute(_SHELVES, {"some": ids}):
        lies.setdefault(memory_id, set()).add(key)
    entries = {one.id: one for one in entered(connection, ids)}
    belongs = _belongs(connection, rows)
    found: dict[int, Fault] = {}
    for row in rows:
        fault = _placed(row, belongs[row.id], lies.get(row.id, set()))
        if fault is None and not _is_found(connection, row, entries.get(row.id)):
            fault = "unfound"
        if fault:
            found[row.id] = fault
    return found


def _placed(row: Row[Any], belongs: frozenset[Key], lies: set[Key]) -> Fault | None:
    """What is wrong with where *row* lies; what is made of others may be seen by fewer."""
    if not belongs:
        return "baseless"
    if lies - belongs:
        return "wide"
    must = belongs if row.kind == "line" else keys(_home(row))
    return "narrow" if set(must) - lies else None


def _belongs(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, frozenset[Key]]:
    """The keys that each must lie under; none where its sources are gone or share none."""
    found = {row.id: frozenset(keys(_origin(row))) for row in rows if row.kind == "line"}
    made = [row for row in rows if row.kind != "line"]
    origins: dict[int, list[Origin]] = {row.id: [] for row in made}
    for which, *whence in connection.execute(_SOURCES, {"some": list(origins)}):
        origins[which].append(Origin(*whence))
    for row in made:
        sources = origins[row.id]
        shared = frozenset(narrowest(sources)) if sources else frozenset()
        found[row.id] = shared if set(keys(_home(row))) <= shared else frozenset()
    return found


def _home(row: Row[Any]) -> Origin:
    """Its place alone."""
    return Origin(row.persona, row.conversation_id, row.private)


def _origin(row: Row[Any]) -> Origin:
    return Origin(row.persona, row.conversation_id, row.private, row.speaker)


def _worded(row: Row[Any], belongs: frozenset[Key]) -> Worded:
    told = f"{row.name}: {row.text}" if row.name else row.text
    return Worded(row.id, tuple(sorted(belongs)), told)


def _is_found(connection: Connection, row: Row[Any], entry: Entry | None) -> bool:
    """Whether *row* has its words, and the index finds it by them on all of its shelves."""
    if entry is None or list(entry.tokens) != tokens(_worded(row, frozenset()).text):
        return False
    return _holds(connection, entry)


def _holds(connection: Connection, entry: Entry) -> bool:
    """Whether the index has *entry*."""
    some = list(dict.fromkeys(entry.tokens))[:_TOKENS]
    asked = [f"{which}z{token}" for which in entry.shelves for token in some]
    if not asked:
        return True
    if connection.dialect.name == "sqlite":
        every = " AND ".join(f'"{token}"' for token in asked)
        return connection.exec_driver_sql(_HELD, (every, entry.id)).first() is not None
    found = connection.execute(_HELD_TOO, {"id": entry.id, "query": " & ".join(asked)})
    return found.first() is not None
