"""What was asked of memory by command, and answered: it repeats what is remembered."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, or_, select

from memory.longterm.ownership import spoken_by
from memory.tables import heard, said, turn

_ABOUT: Final = ("/memory%", "／memory%")
_OURS: Final = select(said.c.id).where(said.c.turn_id.in_(bindparam("turns", expanding=True)))


def listings(
    connection: Connection, place: int, speakers: Collection[str]
) -> tuple[Sequence[int], Sequence[int]]:
    """The commands of *speakers* in *place* that asked of memory, and what we said to them."""
    wanted = (
        select(heard.c.id, heard.c.turn_id)
        .join(turn, turn.c.id == heard.c.turn_id)
        .where(
            heard.c.conversation_id == place,
            turn.c.outcome == "command",
            or_(*(heard.c.text.ilike(form) for form in _ABOUT)),
            spoken_by(speakers),
        )
    )
    rows = connection.execute(wanted).all()
    turns = sorted({row.turn_id for row in rows})
    ours = connection.execute(_OURS, {"turns": turns}).scalars().all() if turns else ()
    return [row.id for row in rows], ours
