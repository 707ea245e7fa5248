"""Places that close, open again, or go on under another id."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from memory.tables import conversation, heard, said, turn

_UNSENT = ("ready", "sending", "maybe")


def close(connection: Connection, place: int, now: datetime) -> None:
    """Nothing more is sent or answered there; whoever is at work in it loses its lease."""
    connection.execute(
        update(conversation)
        .where(conversation.c.id == place)
        .values(closed_at=now, ready_at=None, lease_until=None, epoch=conversation.c.epoch + 1)
    )
    _give_up(connection, place)


def reopen(connection: Connection, place: int, now: datetime) -> None:
    """They let us in again; what was refused meanwhile stays so."""
    del now
    connection.execute(
        update(conversation).where(conversation.c.id == place).values(closed_at=None)
    )


def _give_up(connection: Connection, place: int) -> None:
    connection.execute(
        update(said)
        .where(said.c.conversation_id == place, said.c.state.in_(_UNSENT))
        .values(state="failed", reason="the place is closed to us")
    )
    connection.execute(
        update(heard)
        .where(heard.c.conversation_id == place, heard.c.state == "waiting")
        .values(state="refused")
    )
    connection.execute(
        update(turn)
        .where(turn.c.conversation_id == place, turn.c.outcome.is_(None))
        .values(outcome="refused")
    )


def to_chat(connection: Connection, place: int, chat: str) -> None:
    """The conversation goes on as *chat*; where that has begun already, the past joins it."""
    here = connection.execute(select(conversation).where(conversation.c.id == place)).one()
    there = connection.execute(
        select(conversation.c.id).where(
            conversation.c.platform == here.platform,
            conversation.c.bot == here.bot,
            conversation.c.connection == here.connection,
            conversation.c.chat == chat,
            conversation.c.thread == here.thread,
        )
    ).scalar()
    if there is None:
        connection.execute(update(conversation).where(conversation.c.id == place).values(chat=chat))
    elif there != place:
        _join(connection, place, there)


def _join(connection: Connection, place: int, there: int) -> None:
    for table in (heard, turn, said):
        connection.execute(
            update(table).where(table.c.conversation_id == place).values(conversation_id=there)
        )
    old = select(conversation).where(conversation.c.id == place)
    row = connection.execute(old).one()
    connection.execute(
        update(conversation)
        .where(conversation.c.id == there)
        .values(
            ready_at=row.ready_at or conversation.c.ready_at,
            unfinished=True,
            epoch=conversation.c.epoch + row.epoch + 1,
            lease_until=None,
        )
    )
    connection.execute(
        update(conversation)
        .where(conversation.c.id == place)
        .values(ready_at=None, lease_until=None, epoch=conversation.c.epoch + 1)
    )
