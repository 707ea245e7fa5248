"""By whose clock people live: what they said of it, as one person on all platforms."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from sqlalchemy import Connection, ScalarSelect, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.steps import Clocked
from anima.zones import zone
from memory.same import same
from memory.tables import conversation, heard, timezone

ZONE: Final[ScalarSelect[str]] = (
    select(timezone.c.zone)
    .where(timezone.c.speaker == conversation.c.platform + ":" + heard.c.speaker_id)
    .correlate(conversation, heard)
    .scalar_subquery()
)
"""The clock of the speaker of a message; a look into one index."""

_OF: Final = select(timezone.c.zone).where(timezone.c.speaker == bindparam("who"))
_FORGET: Final = delete(timezone).where(timezone.c.speaker == bindparam("who"))
_NEWEST: Final = (
    select(timezone.c.zone, timezone.c.at)
    .where(timezone.c.speaker.in_(bindparam("people", expanding=True)))
    .order_by(timezone.c.at.desc(), timezone.c.speaker)
    .limit(1)
)
_sqlite = sqlite.insert(timezone)
_postgresql = postgresql.insert(timezone)
_KEEP: Final = {
    "sqlite": _sqlite.on_conflict_do_update(
        index_elements=["speaker"],
        set_={name: _sqlite.excluded[name] for name in ("zone", "at")},
    ),
    "postgresql": _postgresql.on_conflict_do_update(
        index_elements=["speaker"],
        set_={name: _postgresql.excluded[name] for name in ("zone", "at")},
    ),
}


def take(connection: Connection, step: Clocked) -> None:
    """Keep by which clock somebody lives, as whichever speaker."""
    for one in same(connection, step.address):
        if step.zone:
            row = {"speaker": one, "zone": step.zone, "at": step.at}
            connection.execute(_KEEP[connection.dialect.name], row)
        else:
            connection.execute(_FORGET, {"who": one})


def agree(connection: Connection, people: Sequence[str]) -> None:
    """All of *people*, who are one person, live by the clock that was told last."""
    newest = connection.execute(_NEWEST, {"people": list(people)}).first()
    if newest is None:
        return
    for one in sorted(people):
        row = {"speaker": one, "zone": newest.zone, "at": newest.at}
        connection.execute(_KEEP[connection.dialect.name], row)


def lived_by(connection: Connection, address: str) -> tzinfo | None:
    """By which clock who is at *address* said that they live; None: they did not."""
    name = connection.execute(_OF, {"who": address}).scalar()
    return zone(name) if name else None
