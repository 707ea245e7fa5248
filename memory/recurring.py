"""Days of the year come again: when one is over, the next one is kept."""

from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from memory.sameness import digest
from memory.tables import impulse
from persona.initiative.reasons import yearly

_KNOWN: Final = select(impulse.c.id).where(
    impulse.c.conversation_id == bindparam("conversation_id"),
    impulse.c.persona == bindparam("persona"),
    impulse.c.speaker == bindparam("speaker"),
    impulse.c.kind == "occasion",
    impulse.c.digest == bindparam("digest"),
)
_OVER: Final = select(impulse).where(
    impulse.c.conversation_id == bindparam("place"),
    impulse.c.kind == "occasion",
    impulse.c.state.in_(("said", "declined")),
)


def come_again(connection: Connection, row: Row[Any], now: datetime, zone: tzinfo | None) -> None:
    """Keep the next one after that in *row*, which is over, by the clocks of *zone*."""
    day, _, name = row.occasion.partition(" ")
    reason = yearly(name, day, max(now, row.due), zone or UTC)
    again = {
        **{column: getattr(row, column) for column in ("conversation_id", "persona", "speaker")},
        **{column: getattr(row, column) for column in ("kind", "heard_id", "occasion", "at")},
        "digest": digest(reason.key),
        "due": reason.due,
        "until": reason.until,
        "state": "waiting",
    }
    if connection.execute(_KNOWN, again).first() is None:
        connection.execute(impulse.insert(), again)


def celebrated(connection: Connection, place: int) -> list[Row[Any]]:
    """The days of the year of which we have spoken in *place*, or decided not to."""
    return list(connection.execute(_OVER, {"place": place}).all())
