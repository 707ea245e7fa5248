"""Which memories an answer rests on."""

from typing import Final

from sqlalchemy import BigInteger, Connection, bindparam, insert, literal, select, update

from anima.steps import Recollected
from memory.prepared import Prepared
from memory.tables import memory, recalled

_which: Final = memory.c.id.in_(bindparam("which", expanding=True))
_KEEP: Final = Prepared(
    insert(recalled).from_select(
        ["turn_id", "memory_id"],
        select(bindparam("by", type_=BigInteger()), memory.c.id).where(_which),
    )
)
"""What was forgotten meanwhile is left out."""
_USED: Final = Prepared(
    update(memory).where(_which).values(uses=memory.c.uses + literal(1), used_at=bindparam("then"))
)


def keep(connection: Connection, step: Recollected) -> None:
    """Remember that they were used, and for which turn."""
    _KEEP.run(connection, {"by": step.turn, "which": step.memories})
    _USED.run(connection, {"then": step.at, "which": step.memories})
