"""The tail of a conversation: what was heard and said in it, in the order in which it happened."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from anima.model import Heard, Line, Speaker
from memory import attached
from memory.tables import conversation, heard, said, turn

_since = (
    select(func.coalesce(conversation.c.since, 0))
    .where(conversation.c.id == bindparam("place"))
    .scalar_subquery()
)
"""The first turn of the talk with the present soul."""

_HEARD = (
    select(heard)
    .where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.turn_id >= _since,
        heard.c.state.in_(("answered", "noted", "expired")),
    )
    .order_by(heard.c.turn_id.desc(), heard.c.id.desc())
    .limit(bindparam("most"))
)
_SAID = (
    select(said.c.turn_id, said.c.id, said.c.text, said.c.at)
    .join(turn, turn.c.id == said.c.turn_id)
    .where(
        said.c.conversation_id == bindparam("place"),
        said.c.turn_id >= _since,
        said.c.state == "delivered",
        or_(turn.c.outcome.is_(None), turn.c.outcome.not_in(("command", "notice"))),
    )
    .order_by(said.c.turn_id.desc(), said.c.id.desc())
    .limit(bindparam("most"))
)


def tail(connection: Connection, place: int, limit: int) -> tuple[Line, ...]:
    """The last *limit* lines of the present talk in *place*, commands and notices left out.

    In each turn, what was heard stands before the answer.
    """
    asked = {"place": place, "most": limit}
    lines = [
        ((row.turn_id, 0, row.id), Line(speaker(row), row.text, row.at, row.addressed, row.album))
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


def message(row: Row[Any], tongue: str = "", zone: str = "") -> Heard:
    """The message in *row*, a whole one of `heard`, by somebody of this *tongue* and *zone*."""
    return Heard(
        id=row.id,
        speaker=speaker(row),
        text=row.text,
        at=row.at,
        heard_at=row.heard_at,
        message=row.message,
        addressed=row.addressed,
        reply_to=row.reply_to,
        tongue=tongue,
        attachments=attached.found(row.attachments),
        quoted=attached.found_quote(row.quoted),
        album=row.album,
        zone=zone,
    )
