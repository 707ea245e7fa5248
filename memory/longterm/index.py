"""The index of words, FTS5 or GIN: which memories of a shelf hold a token.

A token is indexed together with the number of its shelf, so that a search never touches what lies
on another one, however much there is.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ARRAY, BigInteger, Connection, Text, bindparam, text

from memory.driver import fetched

_PUT: Final = "INSERT INTO word_index (rowid, words) VALUES (?, ?)"
_TAKE: Final = "INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', ?, ?)"
_FIND: Final = (
    "(SELECT json_group_array(rowid) FROM (SELECT rowid FROM word_index"
    " WHERE word_index MATCH ? ORDER BY rowid DESC LIMIT ?))"
)
_TIDY: Final = "INSERT INTO word_index (word_index) VALUES ('optimize')"

_ids = bindparam("ids", type_=ARRAY(BigInteger()))
_PUT_ALL: Final = text(
    """
    INSERT INTO word_index (memory_id, words)
    SELECT id, array_to_tsvector(string_to_array(words, ' '))
    FROM unnest(:ids, :words) AS entry (id, words)
    """
).bindparams(_ids, bindparam("words", type_=ARRAY(Text())))
_TAKE_ALL: Final = text("DELETE FROM word_index WHERE memory_id = ANY(:ids)").bindparams(_ids)
_FIND_ALL: Final = text(
    """
    SELECT ARRAY(
        SELECT memory_id FROM word_index WHERE words @@ CAST(asked.query AS tsquery)
        ORDER BY memory_id + 0 DESC LIMIT :most
    )
    FROM unnest(:queries) WITH ORDINALITY AS asked (query, place) ORDER BY asked.place
    """
).bindparams(bindparam("queries", type_=ARRAY(Text())))
"""With + 0 the newest are sorted out of what the index finds, not searched for from the end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a memory: its *tokens*, on its *shelves*."""

    id: int
    shelves: tuple[int, ...]
    tokens: Sequence[str]

    @property
    def words(self) -> str:
        """As both engines take it."""
        return " ".join(f"{shelf}z{token}" for shelf in self.shelves for token in set(self.tokens))


def put(connection: Connection, entries: Iterable[Entry]) -> None:
    """Let *entries* be found."""
    rows = [(one.id, one.words) for one in entries if one.tokens]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_PUT, rows)
    else:
        connection.execute(
            _PUT_ALL, {"ids": [id_ for id_, _ in rows], "words": [w for _, w in rows]}
        )


def take(connection: Connection, entries: Iterable[Entry]) -> None:
    """Let *entries*, just as they were put in, be found no more."""
    rows = [(one.id, one.words) for one in entries if one.tokens]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_TAKE, rows)
    else:
        connection.execute(_TAKE_ALL, {"ids": [id_ for id_, _ in rows]})


def tidy(connection: Connection) -> None:
    """Rewrite the index without a trace of what was taken out; PostgreSQL does it in a VACUUM."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_TIDY)


def newest(
    connection: Connection, shelves: Sequence[int], tokens: Sequence[str], most: int
) -> list[Sequence[int]]:
    """For each of *tokens* the memories on *shelves* that hold it: the *most* newest, by age."""
    if not (shelves and tokens):
        return [()] * len(tokens)
    if connection.dialect.name != "sqlite":
        queries = [" | ".join(f"{shelf}z{token}" for shelf in shelves) for token in tokens]
        return list(connection.execute(_FIND_ALL, {"queries": queries, "most": most}).scalars())
    asked = tuple(value for token in tokens for value in (_either(shelves, token), most))
    (found,) = fetched(connection, f"SELECT {', '.join([_FIND] * len(tokens))}", asked)
    return [json.loads(one) for one in found]


def _either(shelves: Sequence[int], token: str) -> str:
    return " OR ".join(f'"{shelf}z{token}"' for shelf in shelves)
