"""Why we spoke in a place, or kept silent, when that was decided there last."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select

from anima.steps import Outcome
from memory.tables import turn

_NEWEST: Final = (
    select(turn.c.outcome, turn.c.reason)
    .where(
        turn.c.conversation_id == bindparam("place"),
        turn.c.reason != "",
        turn.c.outcome.is_not(None),
    )
    .order_by(turn.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it, and the *reason*: one word, and what it rests on after that."""

    outcome: Outcome
    reason: str


def newest(connection: Connection, place: int) -> Decided | None:
    """The last decision in *place*."""
    row = connection.execute(_NEWEST, {"place": place}).first()
    return None if row is None else Decided(row.outcome, row.reason)
