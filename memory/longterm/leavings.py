"""What came of a talk beside memories: notes, what lies ahead, reminders, closeness, a mood."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select, update

from memory import impelling
from memory.longterm.batches import batches
from memory.longterm.blanking import among
from memory.longterm.ownership import is_theirs_alone
from memory.longterm.reach import Reach
from memory.longterm.wanted import Kind, has_words
from memory.same import leave
from memory.tables import (
    consent,
    conversation,
    link_code,
    linked,
    note,
    preference,
    relation,
    schedule,
    thread,
    timezone,
    turn,
    voicing,
)

_TIMES: Final = select(turn.c.conversation_id, turn.c.began_at, turn.c.ended_at).where(
    among(turn.c.id)
)
_NEUTRAL: Final = (
    update(conversation)
    .where(among(conversation.c.id))
    .values(pleasure=None, energy=None, felt_at=None)
)
_OF_PEOPLE: Final[Mapping[Kind, tuple[Table, ...]]] = {
    "relations": (relation,),
    "wishes": (preference, consent, timezone, voicing),
    "links": (linked,),
}


def leavings(connection: Connection, found: Reach) -> Mapping[Kind, Collection[int]]:
    """The ids of the notes, threads and reminders that would go with *found*."""
    spans = _spans(connection, found)
    return {
        "notes": _written(connection, note, "by", found, spans),
        "threads": _written(connection, thread, "speaker", found, spans),
        "reminders": _written(connection, schedule, "by", found, spans),
    }


def remove(connection: Connection, which: Mapping[Kind, Collection[int]], found: Reach) -> None:
    """Delete them, and when everything goes, what there is of the people themselves."""
    tables: Mapping[Kind, Table] = {"notes": note, "threads": thread, "reminders": schedule}
    for kind, ids in which.items():
        table = tables[kind]
        for some in batches(ids):
            connection.execute(delete(table).where(among(table.c.id)), {"which": some})
    impelling.forget(connection, list(found.mine) if found.everything else [], list(found.whole))
    for some in batches(found.whole):
        connection.execute(_NEUTRAL, {"which": some})
    if found.everything:
        leave(connection, found.mine)
        for table in (*_OF_PEOPLE["relations"], *_OF_PEOPLE["wishes"], link_code):
            connection.execute(delete(table).where(table.c.speaker.in_(found.mine)))


def people(connection: Connection, found: Reach) -> Mapping[Kind, int]:
    """How many rows about the people themselves would go."""
    if not found.everything:
        return {}
    return {
        kind: sum(
            len(connection.execute(select(table).where(table.c.speaker.in_(found.mine))).all())
            for table in tables
        )
        for kind, tables in _OF_PEOPLE.items()
    }


_Spans = Mapping[int, list[tuple[Any, Any]]]


def _spans(connection: Connection, found: Reach) -> _Spans:
    """By place, from when to when the turns took of which something goes."""
    spans: dict[int, list[tuple[Any, Any]]] = {}
    for some in batches(found.turns):
        for row in connection.execute(_TIMES, {"which": some}):
            spans.setdefault(row.conversation_id, []).append((row.began_at, row.ended_at))
    return spans


def _written(
    connection: Connection, table: Table, whose: str, found: Reach, spans: _Spans
) -> Collection[int]:
    """Rows of *table* that were written in those turns, or that have the words looked for.

    In company only what is by the one who asks.
    """
    theirs = table.c[whose].in_(found.mine)
    going = set()
    for place in found.places:
        alone = place in found.whole or is_theirs_alone(connection, place, found.mine)
        here = select(table.c.id, table.c.text, table.c.at).where(
            table.c.conversation_id == place, *([] if alone else [theirs])
        )
        for row in connection.execute(here):
            in_turn = any(_within(row.at, span) for span in spans.get(place, ()))
            said_so = bool(found.text) and has_words(row.text, found.text)
            if place in found.whole or in_turn or said_so:
                going.add(row.id)
    if found.everything:
        going |= set(connection.execute(select(table.c.id).where(theirs)).scalars())
    return going


def _within(at: Any, span: tuple[Any, Any]) -> bool:
    began, ended = span
    return bool(began <= at and (ended is None or at <= ended))
