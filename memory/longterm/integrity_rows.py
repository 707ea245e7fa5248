"""Each memory by itself: whether its sources, its shelves and its words are what they must be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select

from memory.longterm.dropping import drop
from memory.longterm.keeping import told
from memory.longterm.scope import Key, Origin, keys, narrowest
from memory.longterm.shelving import Worded, entered, shelve, unshelve
from memory.longterm.tables import fact, memory, memory_source, shelf, shelved

Fault = Literal["baseless", "wide", "narrow", "unfound"]

PORTION: Final = 300
"""Memories that are looked at in one job."""

_some: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_ROWS: Final = (
    select(memory, fact.c.slot)
    .outerjoin(fact, fact.c.memory_id == memory.c.id)
    .order_by(memory.c.id)
)
_AFTER: Final = _ROWS.where(memory.c.id > bindparam("last")).limit(PORTION)
_THESE: Final[Select[Any]] = _ROWS.where(memory.c.id.in_(_some))
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
        unshelve(connection, [row.id for row in astray])
        shelve(connection, [_worded(row, belongs[row.id]) for row in astray])
    return wrong


def _judged(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, Fault]:
    if not rows:
        return {}
    ids = [row.id for row in rows]
    lies: dict[int, set[Key]] = {}
    for memory_id, key in connection.execute(_SHELVES, {"some": ids}):
        lies.setdefault(memory_id, set()).add(key)
    words = {one.id: list(one.tokens) for one in entered(connection, ids)}
    belongs = _belongs(connection, rows)
    found: dict[int, Fault] = {}
    for row in rows:
        fault = _placed(row, belongs[row.id], lies.get(row.id, set()))
        if fault is None and words.get(row.id) != _worded(row, frozenset()).tokens:
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
    words = told(row.name, row.text)
    return Worded(row.id, tuple(sorted(belongs)), words, row.slot or "")
