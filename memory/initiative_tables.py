"""The tables of writing first: reasons, manners of people, places that allow it, what it costs."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)

from memory.columns import Id, Moment, metadata

impulse = Table(
    "impulse",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("persona", String(64), nullable=False),
    Column("speaker", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("heard_id", BigInteger),
    Column("said_id", BigInteger),
    Column("occasion", String(32), nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("held", String(24), nullable=False, server_default=""),
    Column("held_until", Moment),
    Column("ripe_until", Moment),
    Column("turn_id", BigInteger),
    Column("ended_at", Moment),
    Column("answered_at", Moment),
    UniqueConstraint("conversation_id", "persona", "speaker", "kind", "digest"),
    Index("ix_impulse_speaker", "speaker"),
    Index("ix_impulse_turn_id", "turn_id"),
)
"""A reason to write to *speaker*: `waiting` until it is `ripe`, then `said` or `declined`.

What nobody came to in time is `expired`, what is no reason any more `dropped`. It keeps no words:
those are read from the line that it comes from, and where that is forgotten so is the reason.
"""

Index(
    "ix_impulse_due",
    impulse.c.due,
    sqlite_where=impulse.c.state.in_(("waiting", "ripe")),
    postgresql_where=impulse.c.state.in_(("waiting", "ripe")),
)

manner = Table(
    "manner",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("quiet_until", Moment),
    Column("opted_out_at", Moment),
    Column("asleep_until", Moment),
    Column("heard_at", Moment),
    Column("guess", Integer),
    Column("guessed_at", Moment),
    Column("asked_at", Moment),
)
"""How somebody wants to be written to. *guess*: minutes that their clock is ahead of UTC, by the
hours in which they write. *asked_at*: when they were asked whether that is right."""

looked = Table(
    "looked",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("turn_id", BigInteger, nullable=False, server_default="0"),
    Column("allowed", Boolean, nullable=False, server_default=false()),
)
"""Up to which turn a place was looked at for reasons, and whether its admins want them."""

spending = Table(
    "spending",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("speaker", String(128), primary_key=True),
    Column("purpose", String(16), primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("tokens", BigInteger, nullable=False),
)
"""What models cost on a *day* (UTC) for somebody whom nobody answers; *speaker* may be nobody."""
