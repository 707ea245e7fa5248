"""Words of ours that answer nobody, put into a place beside whoever is at work in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, case, insert, or_, select, update

from anima.ids import Ids
from anima.model import NOTHING, Beside
from anima.steps import Outcome
from memory.beside import kept
from memory.columns import Moment
from memory.tables import conversation, said, turn
from memory.text import storable

_OPEN: Final = (
    select(conversation.c.epoch, conversation.c.persona)
    .where(conversation.c.id == bindparam("place"), conversation.c.closed_at.is_(None))
    .with_for_update()
)
_TURN: Final = insert(turn)
_SAID: Final = insert(said)
_now: Final = bindparam("now", type_=Moment())
_late: Final = or_(conversation.c.ready_at.is_(None), conversation.c.ready_at > _now)
_DUE: Final = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(ready_at=case((_late, _now), else_=conversation.c.ready_at), unfinished=True)
)
"""Where a lease is held the place stays as due as it is, and the release finds the bubble."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """One bubble of a turn of its own, whose *outcome* says whether it is a part of the talk."""

    turn: int
    said: int
    text: str
    outcome: Outcome
    at: datetime
    beside: Beside = NOTHING

    @classmethod
    def new(cls, ids: Ids, text: str, outcome: Outcome, at: datetime) -> "Unasked":
        """*text* under ids of its own."""
        return cls(ids.next(), ids.next(), storable(text), outcome, at)

    def put(self, connection: Connection, place: int) -> bool:
        """Have it said in *place* by whoever claims that next; not where we are shut out."""
        there = connection.execute(_OPEN, {"place": place}).first()
        if there is None:
            return False
        connection.execute(_TURN, self._turn(place, there.epoch, there.persona or ""))
        connection.execute(_SAID, self._said(place))
        connection.execute(_DUE, {"place": place, "now": self.at})
        return True

    def _turn(self, place: int, epoch: int, persona: str) -> dict[str, object]:
        return {
            "id": self.turn,
            "conversation_id": place,
            "epoch": epoch,
            "outcome": self.outcome,
            "soul": "",
            "revision": "",
            "persona": persona,
            "began_at": self.at,
            "ended_at": self.at,
        }

    def _said(self, place: int) -> dict[str, object]:
        return {
            "id": self.said,
            "conversation_id": place,
            "turn_id": self.turn,
            "text": self.text,
            "reply_to": "",
            "state": "ready",
            "attempts": 0,
            "at": self.at,
            "beside": kept(self.beside),
        }
