"""What a claim is told of those who wait: their standing, and how much there was of late."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ScalarSelect, bindparam, case, distinct, exists, func, literal, or_, select

from anima.ids import first_of
from memory.tables import access, conversation, heard, said, turn

_LATELY: Final = timedelta(minutes=1)

STANDING: Final[ScalarSelect[str]] = (
    select(
        case(
            (access.c.banned_at.is_not(None), literal("banned")),
            (access.c.allowed_at.is_not(None), literal("allowed")),
            else_=literal("told"),
        )
    )
    .where(access.c.speaker == conversation.c.platform + ":" + heard.c.speaker_id)
    .correlate(conversation, heard)
    .scalar_subquery()
)
"""What was decided of the speaker of a message; a look into one index."""

BANNED: Final = exists().where(
    access.c.speaker == bindparam("address"), access.c.banned_at.is_not(None)
)
"""Whether the speaker who is called `address` is shut out."""

_other, _where = heard.alias("other"), conversation.alias("its_place")

LATELY: Final[ScalarSelect[int]] = (
    select(func.count(distinct(_other.c.turn_id)))
    .select_from(_other.join(_where, _where.c.id == _other.c.conversation_id))
    .where(
        _other.c.speaker_id == heard.c.speaker_id,
        _other.c.turn_id >= bindparam("since"),
        _other.c.state.in_(("answered", "command")),
        _where.c.platform == conversation.c.platform,
    )
    .correlate(conversation, heard)
    .scalar_subquery()
)
"""The turns that the speaker of a message started since turn `since`: a stretch of one index."""

_spoken: Final = (
    select(func.count(distinct(said.c.turn_id)))
    .select_from(said.join(turn, turn.c.id == said.c.turn_id))
    .where(
        said.c.conversation_id == conversation.c.id,
        said.c.turn_id >= bindparam("since"),
        or_(turn.c.outcome.is_(None), turn.c.outcome.in_(("answered", "failed", "command"))),
    )
    .correlate(conversation)
    .scalar_subquery()
)
CROWD: Final = case((conversation.c.private, 0), else_=_spoken)
"""The turns in which something was said in a group since turn `since`."""


def lately(now: datetime) -> int:
    """The first turn that counts as one of late."""
    return first_of(now - _LATELY)
