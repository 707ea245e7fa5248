"""The tables of what is said later and to many, and of where people's clocks are."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from memory.columns import Id, Moment, metadata

schedule = Table(
    "schedule",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("asked_in", Id, ForeignKey("conversation.id"), nullable=False),
    Column("by", String(128), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("deed", String(8), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("cron", String(128), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("state", String(8), nullable=False),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("conversation_id", "digest"),
)
"""What is to be said at a time: `waiting` until it was `told`, or `missed`. One with a *cron* comes
again, by the clock of its *zone*. Whoever has the lease alone may say it."""
Index(
    "ix_schedule_waiting",
    schedule.c.due_at,
    sqlite_where=schedule.c.state == "waiting",
    postgresql_where=schedule.c.state == "waiting",
)

timezone = Table(
    "timezone",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("zone", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""By whose clock somebody lives, as they said."""

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("asked_in", Id, ForeignKey("conversation.id"), nullable=False),
    Column("turn_id", BigInteger, nullable=False),
    Column("by", String(128), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("next_at", Moment),
    Column("give_up_at", Moment),
    Column("at", Moment, nullable=False),
    UniqueConstraint("turn_id"),
)
"""What an owner wants to be said to many. At *next_at*, and not before, the next few of them are
told, by whoever is first; there is none when all is reported."""

broadcast_to = Table(
    "broadcast_to",
    metadata,
    Column("broadcast_id", Id, ForeignKey("broadcast.id"), primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("said_id", BigInteger),
    Column("state", String(8), nullable=False),
)
"""Where it is said: `waiting`, `said`, or `shut` where we were shut out meanwhile."""
