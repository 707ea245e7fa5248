"""What somebody has as several speakers and shall have alike: how close we are, their language."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.bonds import Relation
from memory.bonding import relation_of
from memory.bonds import relation
from memory.tables import preference

_RELATIONS: Final = (
    select(relation)
    .where(relation.c.speaker.in_(bindparam("people", expanding=True)))
    .order_by(relation.c.first_at.desc(), relation.c.speaker)
)
_TONGUE: Final = (
    select(preference)
    .where(preference.c.speaker.in_(bindparam("people", expanding=True)))
    .order_by(preference.c.at.desc(), preference.c.speaker)
    .limit(1)
)
_STANDS: Final = ("closeness", "turns", "first_at", "last_at", "lately")
_sqlite = sqlite.insert(relation)
_postgresql = postgresql.insert(relation)
_STAND: Final = {
    "sqlite": _sqlite.on_conflict_do_update(
        index_elements=["persona", "speaker"],
        set_={name: _sqlite.excluded[name] for name in _STANDS},
    ),
    "postgresql": _postgresql.on_conflict_do_update(
        index_elements=["persona", "speaker"],
        set_={name: _postgresql.excluded[name] for name in _STANDS},
    ),
}
_SPEAK: Final = {
    "sqlite": sqlite.insert(preference).on_conflict_do_nothing(index_elements=["speaker"]),
    "postgresql": postgresql.insert(preference).on_conflict_do_nothing(index_elements=["speaker"]),
}


def agree(connection: Connection, people: Sequence[str]) -> None:
    """Each persona stands to all of *people* as to the one it has known longest.

    Who chose no language has the one that was chosen last.
    """
    asked = {"people": list(people)}
    oldest = {row.persona: row for row in connection.execute(_RELATIONS, asked)}
    for persona, row in sorted(oldest.items()):
        stand(connection, persona, people, relation_of(row))
    chosen = connection.execute(_TONGUE, asked).first()
    if chosen is not None:
        for one in sorted(people):
            wish = {"speaker": one, "tongue": chosen.tongue, "at": chosen.at}
            connection.execute(_SPEAK[connection.dialect.name], wish)


def stand(connection: Connection, persona: str, people: Sequence[str], stands: Relation) -> None:
    """Let *persona* stand so to each of *people*, who are one person."""
    values = {name: getattr(stands, name) for name in _STANDS}
    for one in sorted(people):
        row = {"persona": persona, "speaker": one, **values}
        connection.execute(_STAND[connection.dialect.name], row)
