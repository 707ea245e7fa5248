"""What a claim is told of those who wait: their standing, and how much there was of late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, ScalarSelect, bindparam, case, exists, func, literal, or_, select

from anima.ids import first_of
from anima.model import Standing
from memory.tables import access, conversation, heard, said, turn

_LATELY: Final = timedelta(minutes=1)

_decided: Final = case(
    (access.c.banned_at.is_not(None), literal("banned")),
    (access.c.allowed_at.is_not(None), literal("allowed")),
    else_=literal("told"),
)
STANDING: Final[ScalarSelect[str]] = (
    select(_decided)
    .where(access.c.speaker == conversation.c.platform + ":" + heard.c.speaker_id)
    .correlate(conversation, heard)
    .scalar_subquery()
)
"""What was decided of the speaker of a message; a look into one index."""

_OF: Final = select(_decided).where(access.c.speaker == bindparam("address"))

BANNED: Final = exists().where(
    access.c.speaker == bindparam("address"), access.c.banned_at.is_not(None)
)
"""Whether the speaker who is called `address` is shut out."""

_other, _where = heard.alias("other"), conversation.alias("its_place")

_started: Final = (
    select(_other.c.turn_id)
    .distinct()
    .select_from(_other.join(_where, _where.c.id == _other.c.conversation_id))
    .where(
        _other.c.speaker_id == heard.c.speaker_id,
        _other.c.turn_id >= bindparam("since"),
        # not as a list: each claim would have to write the statement anew around it
        or_(_other.c.state == "answered", _other.c.state == "command"),
        _where.c.platform == conversation.c.platform,
    )
    .limit(bindparam("most_theirs"))
    .correlate(conversation, heard)
)
LATELY: Final[ScalarSelect[int]] = (
    select(func.count()).select_from(_started.subquery()).scalar_subquery()
)
"""The turns that the speaker of a message started since turn `since`: a stretch of one index."""

_spoke: Final = (
    select(said.c.turn_id)
    .distinct()
    .select_from(said.join(turn, turn.c.id == said.c.turn_id))
    .where(
        said.c.conversation_id == conversation.c.id,
        said.c.turn_id >= bindparam("since"),
        or_(
            turn.c.outcome.is_(None),
            turn.c.outcome == "answered",
            turn.c.outcome == "failed",
            turn.c.outcome == "command",
        ),
    )
    .limit(bindparam("most_here"))
    .correlate(conversation)
)
CROWD: Final = case(
    (conversation.c.private, 0),
    else_=select(func.count()).select_from(_spoke.subquery()).scalar_subquery(),
)
"""The turns in which something was said in a group since turn `since`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How far turns of the last minute are counted: a person's, and those in a group; 0: not.

    Further than to a limit would be for nothing, and who has none may have thousands.
    """

    person: int = 100
    group: int = 100

    def asked(self, now: datetime) -> dict[str, int]:
        """What `LATELY` and `CROWD` want to be told."""
        return {"since": lately(now), "most_theirs": self.person, "most_here": self.group}


COUNTED: Final = Counted()
"""Enough for any limit that is sensible."""


def lately(now: datetime) -> int:
    """The first turn that counts as one of late."""
    return first_of(now - _LATELY)


def standing_of(connection: Connection, address: str) -> Standing:
    """What was decided of who is at *address*."""
    found: Standing | None = connection.execute(_OF, {"address": address}).scalar()
    return found or ""
