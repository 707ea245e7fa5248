"""The tail of a conversation: what was heard and said in it, in the order in which it happened."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from anima.model import Line, Speaker
from memory.tables import heard, said

_HEARD = (
    select(heard)
    .where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.turn_id.is_not(None),
        heard.c.state.in_(("answered", "noted", "expired")),
    )
    .order_by(heard.c.turn_id.desc(), heard.c.id.desc())
    .limit(bindparam("most"))
)
_SAID = (
    select(said.c.turn_id, said.c.id, said.c.text, said.c.at)
    .where(said.c.conversation_id == bindparam("place"), said.c.state == "delivered")
    .order_by(said.c.turn_id.desc(), said.c.id.desc())
    .limit(bindparam("most"))
)


def tail(connection: Connection, place: int, limit: int) -> tuple[Line, ...]:
    """The last *limit* lines of *place*. In each turn, what was heard stands before the answer."""
    asked = {"place": place, "most": limit}
    lines = [
        ((row.turn_id, 0, row.id), Line(speaker(row), row.text, row.at))
        for row in connection.execute(_HEARD, asked)
    ]
    lines += [
        ((row.turn_id, 1, row.id), Line(None, row.text, row.at))
        for row in connection.execute(_SAID, asked)
    ]
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0])[-limit:])


def speaker(row: Row[Any]) -> Speaker:
    """Who wrote the message in *row*, a whole one of `heard`."""
    platform = row.source.partition(":")[0]
    return Speaker(platform, row.speaker_id, row.speaker_name, row.speaker_language)
