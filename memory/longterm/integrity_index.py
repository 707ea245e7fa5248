"""The index of words, held against the words of each memory and the shelves that it lies on."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select, text

from memory.longterm import index
from memory.longterm.batches import batches
from memory.longterm.index import Entry
from memory.longterm.shelving import entered
from memory.longterm.tables import memory

PORTION: Final = 1000

_OPEN: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.index_term"
    " USING fts5vocab('main', 'word_index', 'instance')"
)
_COUNTED: Final = "SELECT doc, count(*) FROM temp.index_term GROUP BY doc"
_COUNTED_TOO: Final = text("SELECT memory_id, length(words) FROM word_index")
_TERMS: Final = "SELECT doc, term FROM temp.index_term WHERE doc IN ({})"
_TERMS_TOO: Final = text(
    "SELECT memory_id, unnest(tsvector_to_array(words)) FROM word_index WHERE memory_id = ANY(:ids)"
)
_TAKE: Final = "INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', ?, ?)"
_TAKE_TOO: Final = text("DELETE FROM word_index WHERE memory_id = :id")
_AFTER: Final = (
    select(memory.c.id).where(memory.c.id > text(":last")).order_by(memory.c.id).limit(PORTION)
)


def counted(connection: Connection) -> dict[int, int]:
    """By id, how many terms the index has of a memory. On SQLite it is read from end to end."""
    if connection.dialect.name != "sqlite":
        return {row[0]: row[1] for row in connection.execute(_COUNTED_TOO)}
    connection.exec_driver_sql(_OPEN)
    return {row[0]: row[1] for row in connection.exec_driver_sql(_COUNTED)}


def expected(connection: Connection, last: int) -> Mapping[int, int]:
    """How many there should be, of the next memories behind the id *last*."""
    ids = connection.execute(_AFTER, {"last": last}).scalars().all()
    found = dict.fromkeys(ids, 0)
    for some in batches(ids):
        found |= {
            one.id: len(one.shelves) * len(set(one.tokens)) for one in entered(connection, some)
        }
    return found


def wrong(connection: Connection, ids: Sequence[int], *, mend: bool) -> int:
    """Of how many of *ids* the index says something else, and put right where one is to *mend*.

    What was taken out of everything but the index is among them.
    """
    count = 0
    terms = _terms(connection, ids)
    entries = {one.id: one for one in entered(connection, ids)}
    for each in ids:
        entry = entries.get(each)
        if terms[each] == set(entry.words.split() if entry else ()):
            continue
        count += 1
        if mend:
            _put_right(connection, each, terms[each], entry)
    return count


def _terms(connection: Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {each: set() for each in ids}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_OPEN)
        listed = ", ".join(str(int(each)) for each in ids)
        rows = connection.exec_driver_sql(_TERMS.format(listed))
    else:
        rows = connection.execute(_TERMS_TOO, {"ids": list(ids)})
    for id_, term in rows:
        found[id_].add(term)
    return found


def _put_right(connection: Connection, which: int, terms: set[str], entry: Entry | None) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(_TAKE_TOO, {"id": which})
    elif terms:
        connection.exec_driver_sql(_TAKE, (which, " ".join(sorted(terms))))
    if entry:
        index.put(connection, [entry])
