"""Places that close, open again, or go on under another id."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, delete, func, select, update

from memory import impelling
from memory.longterm.dropping import drop
from memory.tables import (
    UNSENT,
    audit,
    broadcast,
    choice,
    conversation,
    feedback,
    heard,
    hush,
    memory,
    note,
    said,
    schedule,
    sitting,
    thread,
    turn,
    voicing,
)

_KEPT: Final = (
    heard,
    turn,
    said,
    choice,
    audit,
    feedback,
    note,
    schedule,
    thread,
    hush,
    voicing,
)
"""What goes on with a conversation that joins another."""


def close(connection: Connection, place: int, now: datetime) -> None:
    """Nothing more is sent or answered there; whoever is at work in it loses its lease."""
    _locked(connection, place)
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
        .where(said.c.conversation_id == place, said.c.state.in_(UNSENT))
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
    here = _locked(connection, place)
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
    old, new = _locked(connection, place), _locked(connection, there)
    talk = _talk(connection, old, new)
    for table in (note, schedule):
        _leave_twins(connection, table, place, there)
    _unlearn(connection, place)
    _leave_chosen(connection, place, there)
    impelling.move(connection, place, there)
    for table in _KEPT:
        connection.execute(
            update(table).where(table.c.conversation_id == place).values(conversation_id=there)
        )
    for asked in (schedule, broadcast):
        connection.execute(update(asked).where(asked.c.asked_in == place).values(asked_in=there))
    connection.execute(
        update(conversation)
        .where(conversation.c.id == there)
        .values(
            ready_at=min(filter(None, (old.ready_at, new.ready_at)), default=None),
            apologised_at=max(filter(None, (old.apologised_at, new.apologised_at)), default=None),
            **talk,
            dial=old.dial if new.dial is None else new.dial,
            role=old.role if new.role is None else new.role,
            kept_turn=None,
            unfinished=True,
            epoch=conversation.c.epoch + old.epoch + 1,
            lease_until=None,
        )
    )
    connection.execute(
        update(conversation)
        .where(conversation.c.id == place)
        .values(ready_at=None, lease_until=None, epoch=conversation.c.epoch + 1)
    )


def _unlearn(connection: Connection, place: int) -> None:
    """What was remembered of *place* goes; it is found anew in the lines where these are now."""
    known = select(memory.c.id).where(memory.c.conversation_id == place)
    drop(connection, connection.execute(known).scalars().all())
    connection.execute(delete(sitting).where(sitting.c.conversation_id == place))


def _talk(connection: Connection, old: Row[Any], new: Row[Any]) -> dict[str, object]:
    """Whose talk it is after a join, and since when.

    What another soul said in the one place is no past of the soul that speaks in the other.
    """
    if not new.soul:
        kept = ("soul", "since", "persona", "pleasure", "energy", "felt_at", "felt_turn")
        return {name: getattr(old, name) for name in kept}
    begins = select(func.min(turn.c.id)).where(turn.c.conversation_id == new.id)
    same = (old.soul, old.persona) == (new.soul, new.persona)
    first = old.since if same else connection.execute(begins).scalar()
    return {"soul": new.soul, "since": max(new.since or 0, first or 0)}


def _leave_twins(connection: Connection, table: Table, place: int, there: int) -> None:
    """What both places keep stays once."""
    twin = table.alias()
    known = select(twin.c.digest).where(twin.c.conversation_id == there)
    connection.execute(
        delete(table).where(table.c.conversation_id == place, table.c.digest.in_(known))
    )


def _leave_chosen(connection: Connection, place: int, there: int) -> None:
    """How somebody wants to be answered in the place that goes on counts first."""
    chosen = voicing.alias()
    known = select(chosen.c.speaker).where(chosen.c.conversation_id == there)
    connection.execute(
        delete(voicing).where(voicing.c.conversation_id == place, voicing.c.speaker.in_(known))
    )


def _locked(connection: Connection, place: int) -> Row[Any]:
    """The conversation's row; on PostgreSQL, once nobody else is writing down a message there."""
    row = select(conversation).where(conversation.c.id == place).with_for_update()
    return connection.execute(row).one()
