"""What people think of an answer."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.model import Rated
from memory.tables import conversation, feedback, said, turn

IDS: Final = range(1, 2**63)
"""What can be an id at all; a button's payload may hold anything."""

_ADDRESS_CHARACTERS: Final = 128

_ANSWER = (
    select(
        said.c.turn_id,
        # in a turn that is still open, who speaks here; it says so itself only when it is over
        func.coalesce(turn.c.soul, conversation.c.soul, "").label("soul"),
    )
    .join(turn, turn.c.id == said.c.turn_id)
    .join(conversation, conversation.c.id == said.c.conversation_id)
    .where(said.c.id == bindparam("which"), said.c.conversation_id == bindparam("place"))
)
_CALLED = select(said.c.message).where(
    said.c.id == bindparam("which"), said.c.conversation_id == bindparam("place")
)
_SAID_AS = select(func.max(said.c.id)).where(
    said.c.conversation_id == bindparam("place"), said.c.message == bindparam("named")
)
_sqlite = sqlite.insert(feedback)
_postgresql = postgresql.insert(feedback)
_ONE_EACH: Final = ["turn_id", "speaker"]
_RATE: Final = {
    "sqlite": _sqlite.on_conflict_do_update(
        index_elements=_ONE_EACH,
        set_={name: _sqlite.excluded[name] for name in ("said_id", "verdict", "soul", "at")},
    ),
    "postgresql": _postgresql.on_conflict_do_update(
        index_elements=_ONE_EACH,
        set_={name: _postgresql.excluded[name] for name in ("said_id", "verdict", "soul", "at")},
    ),
}

_WITHDRAW: Final = delete(feedback).where(
    feedback.c.turn_id == bindparam("exchange"),
    feedback.c.speaker == bindparam("whose"),
    feedback.c.verdict == bindparam("word"),
)


def rate(connection: Connection, place: int, rated: Rated, now: datetime) -> None:
    """Keep the newest word of each speaker on each answer; a bubble from elsewhere has none."""
    which = _said_as(connection, place, rated.message) if rated.message else rated.said
    if which not in IDS:
        return
    answer = connection.execute(_ANSWER, {"which": which, "place": place}).first()
    if answer is None:
        return
    speaker = rated.speaker.address[:_ADDRESS_CHARACTERS]
    if rated.withdrawn:
        taken = {"exchange": answer.turn_id, "whose": speaker, "word": rated.verdict}
        connection.execute(_WITHDRAW, taken)
        return
    row = {
        "turn_id": answer.turn_id,
        "said_id": which,
        "conversation_id": place,
        "speaker": speaker,
        "verdict": rated.verdict,
        "soul": answer.soul,
        "at": now,
    }
    connection.execute(_RATE[connection.dialect.name], row)


def called(connection: Connection, place: int, rated: Rated) -> str:
    """What the platform calls the bubble that is rated; empty where there is none such there."""
    if rated.message or rated.said not in IDS:
        return rated.message
    return connection.execute(_CALLED, {"which": rated.said, "place": place}).scalar() or ""


def _said_as(connection: Connection, place: int, message: str) -> int:
    """The bubble that the platform calls *message*; 0 where it is none of ours."""
    return connection.execute(_SAID_AS, {"place": place, "named": message}).scalar() or 0
