"""What was taken back where it was said goes here as well, as if somebody had it forgotten."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from memory.longterm.blanking import blank
from memory.longterm.erasing import owe
from memory.longterm.forgetting import bury, forget_memories
from memory.longterm.reach import Reach, add_memories


def delete(
    connection: Connection,
    place: int,
    theirs: Mapping[int, Row[Any]],
    ours: Mapping[int, Row[Any]],
    now: datetime,
) -> None:
    """Blank these rows of *place*, heard and said, and forget what was remembered of them.

    The rows themselves stay, so that nothing is answered twice. The bytes are erased later.
    """
    found = Reach(frozenset(), theirs=dict(theirs), ours=dict(ours))
    add_memories(connection, found)
    bury(connection, found, now)
    forget_memories(connection, found.memories)
    blank(connection, place, list(theirs), list(ours))
    owe(connection)
