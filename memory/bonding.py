"""What a claim brings along of moods and bonds: read with it, so that a turn need not ask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from anima.bonds import Bond, Mood, Relation, Thread
from anima.model import Heard
from memory.bonds import relation, thread
from memory.prepared import Prepared

_MOST_PEOPLE: Final = 20
"""In a crowd the bonds with those who spoke last have to do."""

_RELATIONS: Final = Prepared(
    select(relation).where(relation.c.speaker.in_(bindparam("people", expanding=True)))
)
_THREADS: Final = Prepared(
    select(thread)
    .where(
        thread.c.conversation_id.in_(bindparam("places", expanding=True)),
        thread.c.speaker.in_(bindparam("people", expanding=True)),
    )
    .order_by(thread.c.id)
)

_Key = tuple[str, str]


def mood(row: Row[Any]) -> Mood | None:
    """How whoever plays in the conversation *row* felt there last."""
    if row.felt_at is None:
        return None
    return Mood(row.pleasure, row.energy, row.felt_at)


def relation_of(row: Row[Any]) -> Relation:
    """The relation in *row*."""
    return Relation(row.closeness, row.turns, row.first_at, row.last_at, row.lately)


def known(
    connection: Connection, waits: Mapping[int, Sequence[Heard]]
) -> dict[int, tuple[Bond, ...]]:
    """By place, the bonds of every persona with those who wait there.

    How close they are holds everywhere; what somebody said lies ahead is told where they said it.
    """
    people = {place: _people(heard) for place, heard in waits.items()}
    everybody = sorted({one for several in people.values() for one in several})
    if not everybody:
        return {}
    relations = _RELATIONS.rows(connection, {"people": everybody})
    if not relations:
        return {}
    threads = _threads(connection, list(people), everybody)
    return {
        place: tuple(
            _bond(row, threads.get(place, {})) for row in relations if row.speaker in there
        )
        for place, there in people.items()
    }


def _people(heard: Sequence[Heard]) -> frozenset[str]:
    return frozenset(one.speaker.address for one in heard[-_MOST_PEOPLE:])


def _threads(
    connection: Connection, places: Sequence[int], people: Sequence[str]
) -> Mapping[int, Mapping[_Key, Sequence[Thread]]]:
    found: dict[int, dict[_Key, list[Thread]]] = defaultdict(lambda: defaultdict(list))
    for row in _THREADS.rows(connection, {"places": places, "people": people}):
        key = (row.persona, row.speaker)
        found[row.conversation_id][key].append(Thread(row.text, row.due, row.at))
    return found


def _bond(row: Row[Any], threads: Mapping[_Key, Sequence[Thread]]) -> Bond:
    ahead = tuple(threads.get((row.persona, row.speaker), ()))
    return Bond(row.persona, row.speaker, relation_of(row), ahead)
