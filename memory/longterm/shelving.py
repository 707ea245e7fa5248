"""Memories are put on shelves, one for each key, and taken from them. Nothing else reads keys."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from memory.bulk import insert_all
from memory.longterm import index
from memory.longterm.batches import batches
from memory.longterm.index import Entry
from memory.longterm.scope import Key
from memory.longterm.slots import mark
from memory.longterm.tables import shelf, shelved, worded
from memory.longterm.words import tokens

_NEW: Final[Mapping[str, sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert(shelf),
    "postgresql": postgresql.insert(shelf),
}
_GROW: Final = {
    engine: new.on_conflict_do_update(
        index_elements=[shelf.c.key],
        set_={name: shelf.c[name] + new.excluded[name] for name in ("memories", "words")},
    ).returning(shelf.c.id)
    for engine, new in _NEW.items()
}
_SHRINK: Final = (
    update(shelf)
    .where(shelf.c.id == bindparam("which"))
    .values(
        memories=shelf.c.memories - bindparam("fewer"),
        words=shelf.c.words - bindparam("unsaid"),
        dropped=shelf.c.dropped + bindparam("fewer"),
    )
)
_INKED: Final = (
    update(shelf)
    .where(shelf.c.id == bindparam("which"))
    .values(inked=shelf.c.inked + bindparam("more"))
)
_some: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_WORDS: Final[Select[Any]] = select(worded.c.memory_id, worded.c.words).where(
    worded.c.memory_id.in_(_some)
)
_WHERE: Final[Select[Any]] = select(shelved.c.memory_id, shelved.c.shelf_id).where(
    shelved.c.memory_id.in_(_some)
)
_OFF: Final = (
    delete(shelved).where(shelved.c.memory_id.in_(_some)),
    delete(worded).where(worded.c.memory_id.in_(_some)),
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A memory and what it is found by: the *text* of it, with the name of who said it.

    A fact is found by its *slot*, too.
    """

    id: int
    keys: tuple[Key, ...]
    text: str
    slot: str = ""

    @property
    def tokens(self) -> list[str]:
        """What is indexed."""
        return [*tokens(self.text), mark(self.slot)] if self.slot else tokens(self.text)


def shelve(connection: Connection, memories: Sequence[Worded]) -> None:
    """Put *memories* on the shelves of their keys."""
    cut = [(one, one.tokens) for one in memories]
    shelves = _shelves(connection, cut)
    entries = [Entry(one.id, tuple(shelves[key] for key in one.keys), found) for one, found in cut]
    insert_all(
        connection,
        worded,
        ("memory_id", "words"),
        [(one.id, " ".join(one.tokens)) for one in entries],
    )
    insert_all(
        connection,
        shelved,
        ("shelf_id", "memory_id"),
        sorted((which, one.id) for one in entries for which in one.shelves),
    )
    index.put(connection, entries)


def unshelve(connection: Connection, ids: Sequence[int]) -> None:
    """Take the memories *ids* from all shelves and out of the index."""
    for some in batches(sorted(ids)):
        entries = entered(connection, some)
        index.take(connection, entries)
        _shrink(connection, entries)
        for statement in _OFF:
            connection.execute(statement, {"some": some})


def inked(connection: Connection, ids: Sequence[int]) -> None:
    """Tell the shelves of *ids* that these have got a vector."""
    more = Counter[int]()
    for some in batches(sorted(ids)):
        more.update(row.shelf_id for row in connection.execute(_WHERE, {"some": some}))
    if more:
        grown = [{"which": which, "more": more[which]} for which in sorted(more)]
        connection.execute(_INKED, grown)


def entered(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """What is in the index of *ids*."""
    shelves: dict[int, list[int]] = {}
    for row in connection.execute(_WHERE, {"some": ids}):
        shelves.setdefault(row.memory_id, []).append(row.shelf_id)
    return [
        Entry(row.memory_id, tuple(shelves.get(row.memory_id, ())), row.words.split())
        for row in connection.execute(_WORDS, {"some": ids})
    ]


def _shelves(
    connection: Connection, cut: Iterable[tuple[Worded, Sequence[str]]]
) -> Mapping[Key, int]:
    """The shelf of each key, with room made on it; in one order, so that nobody waits in a ring."""
    memories, words = Counter[Key](), Counter[Key]()
    for one, found in cut:
        for key in one.keys:
            memories[key] += 1
            words[key] += len(found)
    grow = _GROW[connection.dialect.name]
    fresh = {"dropped": 0, "inked": 0}
    return {
        key: connection.execute(
            grow, {"key": key, "memories": memories[key], "words": words[key], **fresh}
        ).scalar_one()
        for key in sorted(memories)
    }


def _shrink(connection: Connection, entries: Iterable[Entry]) -> None:
    fewer, unsaid = Counter[int](), Counter[int]()
    for one in entries:
        for which in one.shelves:
            fewer[which] += 1
            unsaid[which] += len(one.tokens)
    for which in sorted(fewer):
        smaller = {"which": which, "fewer": fewer[which], "unsaid": unsaid[which]}
        connection.execute(_SHRINK, smaller)
