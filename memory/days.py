"""What happened in the house since a day: people, turns and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any, Final

from sqlalchemy import Connection, bindparam, distinct, func, select

from anima.ids import first_of
from memory.database import Database
from memory.tables import conversation, heard, turn

MOST: Final = 50_000
"""Turns that are looked at: a busy week of one house; more of them would take seconds."""
_WAITS: Final = 1000

_turns: Final = (
    select(turn)
    .where(turn.c.id >= bindparam("since"), turn.c.outcome.is_not(None))
    .order_by(turn.c.id.desc())
    .limit(bindparam("most"))
    .subquery()
)
_OUTCOMES: Final = select(
    _turns.c.outcome,
    func.count(),
    func.coalesce(func.sum(_turns.c.prompt_tokens), 0),
    func.coalesce(func.sum(_turns.c.completion_tokens), 0),
).group_by(_turns.c.outcome)
_talk = _turns.c.outcome.in_(("answered", "failed", "refused", "command"))
_PLACES: Final = select(func.count(distinct(_turns.c.conversation_id))).where(_talk)
_speakers = (
    select(conversation.c.platform, heard.c.speaker_id)
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .join(
        _turns,
        (heard.c.turn_id == _turns.c.id) & (heard.c.conversation_id == _turns.c.conversation_id),
    )
    .where(_talk, heard.c.state != "noted")
    .distinct()
    .subquery()
)
_PEOPLE: Final = select(func.count()).select_from(_speakers)
_FIRST: Final = (
    select(_turns.c.first_s)
    .where(_turns.c.outcome == "answered", _turns.c.first_s.is_not(None))
    .order_by(_turns.c.id.desc())
    .limit(_WAITS)
)


@dataclass(frozen=True, slots=True)
class Days:
    """*turns* by their outcome; *first_s* is the median wait for the first word, none: no answer.

    *whole*: all turns were looked at.
    """

    people: int = 0
    places: int = 0
    turns: Mapping[str, int] = field(default_factory=dict)
    prompt: int = 0
    completion: int = 0
    first_s: float | None = None
    whole: bool = True


class Chronicle:
    """Counts in the ledger. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, then: datetime, most: int = MOST) -> Days:
        """What happened since *then*; of very many turns the newest *most*."""
        asked = {"since": first_of(then), "most": most}
        return await self._database.read(lambda connection: _days(connection, asked))


def _days(connection: Connection, looked: Mapping[str, int]) -> Days:
    rows: list[Any] = list(connection.execute(_OUTCOMES, looked))
    waits = connection.execute(_FIRST, looked).scalars().all()
    turns = {row[0]: int(row[1]) for row in rows}
    return Days(
        people=connection.execute(_PEOPLE, looked).scalar_one(),
        places=connection.execute(_PLACES, looked).scalar_one(),
        turns=turns,
        prompt=sum(int(row[2]) for row in rows),
        completion=sum(int(row[3]) for row in rows),
        first_s=median(waits) if waits else None,
        whole=sum(turns.values()) < looked["most"],
    )
