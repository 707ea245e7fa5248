"""The impulses that a claim brings along, and what becomes of them in its turns."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from anima.errors import LeaseLost
from anima.impulse import Impulse
from anima.steps import Acted
from memory.preferences import TONGUE
from memory.tables import conversation, heard, impulse, looked, manner, said

AGAIN: Final = timedelta(minutes=30)
"""After a model failed, or a person came before us, it is weighed again so much later."""

_RIPE: Final = (
    select(
        impulse,
        func.coalesce(heard.c.text, said.c.text, "").label("words"),
    )
    .outerjoin(heard, heard.c.id == impulse.c.heard_id)
    .outerjoin(said, said.c.id == impulse.c.said_id)
    .where(
        impulse.c.conversation_id.in_(bindparam("places", expanding=True)),
        impulse.c.state == "ripe",
    )
    .order_by(impulse.c.id.desc())
)
_WHO: Final = (
    select(heard.c.speaker_name, heard.c.speaker_language, TONGUE.label("tongue"))
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.speaker_id == bindparam("who"),
        heard.c.turn_id.is_not(None),
    )
    .order_by(heard.c.turn_id.desc())
    .limit(1)
)
_SAID: Final = (
    update(impulse)
    .where(impulse.c.id == bindparam("which"), impulse.c.state == "ripe")
    .values(state="said", turn_id=bindparam("by"), ended_at=bindparam("then"), held="")
)
_DECLINED: Final = (
    update(impulse)
    .where(impulse.c.id == bindparam("which"))
    .values(state="declined", turn_id=bindparam("by"), ended_at=bindparam("then"))
)
_HELD: Final = (
    update(impulse)
    .where(impulse.c.id == bindparam("which"), impulse.c.state.in_(("ripe", "said")))
    .values(
        state="waiting",
        held=bindparam("because"),
        held_until=bindparam("later"),
        ripe_until=None,
        turn_id=None,
        ended_at=None,
    )
)


def ripe(connection: Connection, places: Sequence[int]) -> dict[int, Impulse]:
    """By place, what is to be written there now."""
    if not places:
        return {}
    rows = connection.execute(_RIPE, {"places": places}).all()
    return {row.conversation_id: _impulse(connection, row) for row in rows}


def take(connection: Connection, step: Acted) -> None:
    """Keep what became of one. Raises `LeaseLost` where somebody took it back meanwhile."""
    names = {"which": step.impulse, "by": step.turn, "then": step.at}
    match step.became:
        case "said":
            if not connection.execute(_SAID, names).rowcount:
                raise LeaseLost(f"impulse {step.impulse} is not ours any more")
        case "declined":
            connection.execute(_DECLINED, names)
        case "held":
            later = step.at + AGAIN
            held = {"which": step.impulse, "because": step.reason, "later": later}
            connection.execute(_HELD, held)


def _impulse(connection: Connection, row: Row[Any]) -> Impulse:
    _, _, name = row.speaker.partition(":")
    asked = {"place": row.conversation_id, "who": name}
    who = connection.execute(_WHO, asked).first()
    return Impulse(
        id=row.id,
        kind=row.kind,
        address=row.speaker,
        name=who.speaker_name if who else "",
        words=row.words,
        at=row.at,
        due=row.due,
        until=row.ripe_until,
        occasion=row.occasion,
        language=who.speaker_language if who else "",
        tongue=(who.tongue or "") if who else "",
    )


def move(connection: Connection, place: int, there: int) -> None:
    """What was to be written in *place* is written *there*; what both know stays once."""
    twin = impulse.alias()
    same = (twin.c[name] == impulse.c[name] for name in ("persona", "speaker", "kind", "digest"))
    known = exists().where(twin.c.conversation_id == there, *same)
    connection.execute(delete(impulse).where(impulse.c.conversation_id == place, known))
    connection.execute(
        update(impulse).where(impulse.c.conversation_id == place).values(conversation_id=there)
    )
    connection.execute(delete(looked).where(looked.c.conversation_id == place))


def forget(connection: Connection, people: Sequence[str], places: Sequence[int]) -> None:
    """Nothing of *people* is a reason any more, nor of what was said in *places*.

    What is gone is gone; that somebody never wants to be written to is kept for ever.
    """
    theirs, there = impulse.c.speaker.in_(people), impulse.c.conversation_id.in_(places)
    connection.execute(delete(impulse).where(or_(theirs, there)))
    if people:
        blank = dict.fromkeys(("asleep_until", "heard_at", "guess", "guessed_at", "asked_at"))
        connection.execute(update(manner).where(manner.c.speaker.in_(people)).values(**blank))
