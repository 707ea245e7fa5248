"""What people want of us: how readily we speak in a group, in which language, and how aloud."""

from typing import Final

from sqlalchemy import Connection, ScalarSelect, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.model import DIAL
from anima.steps import Clocked, Dialled, Preferred, Represented, Voiced
from memory import clocks
from memory.mandates import represent
from memory.same import same
from memory.tables import audit, conversation, heard, preference, voicing

TONGUE: Final[ScalarSelect[str]] = (
    select(preference.c.tongue)
    .where(preference.c.speaker == conversation.c.platform + ":" + heard.c.speaker_id)
    .correlate(conversation, heard)
    .scalar_subquery()
)
"""The language in which the speaker of a message wants to be answered; a look into one index."""

VOICING: Final[ScalarSelect[str]] = (
    select(voicing.c.mode)
    .where(
        voicing.c.speaker == conversation.c.platform + ":" + heard.c.speaker_id,
        voicing.c.conversation_id == conversation.c.id,
    )
    .correlate(conversation, heard)
    .scalar_subquery()
)
"""When the speaker of a message wants to be answered aloud there; as `TONGUE`."""

_DIAL = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(dial=bindparam("wanted"))
)
_AUDIT = insert(audit)
_FORGET = delete(preference).where(preference.c.speaker == bindparam("who"))
_sqlite = sqlite.insert(preference)
_postgresql = postgresql.insert(preference)
_KEEP: Final = {
    "sqlite": _sqlite.on_conflict_do_update(
        index_elements=["speaker"],
        set_={name: _sqlite.excluded[name] for name in ("tongue", "at")},
    ),
    "postgresql": _postgresql.on_conflict_do_update(
        index_elements=["speaker"],
        set_={name: _postgresql.excluded[name] for name in ("tongue", "at")},
    ),
}
_sqlite_voice = sqlite.insert(voicing)
_postgresql_voice = postgresql.insert(voicing)
_VOICE: Final = {
    "sqlite": _sqlite_voice.on_conflict_do_update(
        index_elements=["speaker", "conversation_id"],
        set_={name: _sqlite_voice.excluded[name] for name in ("mode", "at")},
    ),
    "postgresql": _postgresql_voice.on_conflict_do_update(
        index_elements=["speaker", "conversation_id"],
        set_={name: _postgresql_voice.excluded[name] for name in ("mode", "at")},
    ),
}


def dial_of(stored: int | None) -> int:
    """How readily we speak in a conversation of which this is *stored*."""
    return DIAL if stored is None else stored


def take(
    connection: Connection, place: int, step: Dialled | Preferred | Clocked | Voiced | Represented
) -> None:
    """Write down what somebody wants in *place*, or wherever they talk with us."""
    match step:
        case Dialled():
            _turn_dial(connection, place, step)
        case Preferred():
            for one in same(connection, step.address):
                _prefer(connection, one, step)
        case Clocked():
            clocks.take(connection, step)
        case Voiced():
            row = {"speaker": step.address, "conversation_id": place}
            wanted = {"mode": step.voicing, "at": step.at}
            connection.execute(_VOICE[connection.dialect.name], row | wanted)
        case Represented():
            represent(connection, place, step)


def _prefer(connection: Connection, who: str, step: Preferred) -> None:
    if not step.tongue:
        connection.execute(_FORGET, {"who": who})
        return
    row = {"speaker": who, "tongue": step.tongue, "at": step.at}
    connection.execute(_KEEP[connection.dialect.name], row)


def _turn_dial(connection: Connection, place: int, step: Dialled) -> None:
    connection.execute(_DIAL, {"place": place, "wanted": step.after})
    row = {
        "at": step.at,
        "by": step.by,
        "deed": "talk",
        "conversation_id": place,
        "subject": "here",
        "before": str(step.before),
        "after": str(step.after),
    }
    connection.execute(_AUDIT, row)
