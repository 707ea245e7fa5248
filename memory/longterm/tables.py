"""The tables of long-term memory. What is remembered names its place, its persona, its sources."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from memory.columns import Id, Moment, metadata

memory = Table(
    "memory",
    metadata,
    Column("id", Id, primary_key=True),
    Column("persona", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("speaker", String(128), nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("sitting", Integer, nullable=False),
    Column("heard_id", BigInteger),
    Column("said_id", BigInteger),
    Column("digest", String(64), nullable=False),
    Column("importance", Integer, nullable=False),
    Column("pinned", Boolean, nullable=False, server_default=false()),
    Column("uses", Integer, nullable=False, server_default="0"),
    Column("used_at", Moment),
    Index("ix_memory_conversation_id_sitting", "conversation_id", "sitting"),
    Index("ix_memory_speaker_kind", "speaker", "kind"),
    Index("ix_memory_heard_id", "heard_id"),
    Index("ix_memory_said_id", "said_id"),
    Index("ix_memory_digest", "digest"),
    sqlite_autoincrement=True,
)
"""A line, a fact or an episode (*kind*).

*speaker* is the address of who said a line (nobody: it was ours), of whom a fact is, and empty for
an episode, which belongs to its place. *private*: the place was one person's alone.
"""

fact = Table(
    "fact",
    metadata,
    Column("memory_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("slot", String(16), nullable=False),
    Column("norm", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("valid_from", Moment),
    Column("valid_to", Moment),
    Column("precision", String(8), nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("hearsay", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("finder", String(64), nullable=False),
    Column("superseded_by", BigInteger),
    Column("retracted_at", Moment),
)
"""What a memory of the kind fact says: *subject* is empty for the speaker themself."""

memory_source = Table(
    "memory_source",
    metadata,
    Column("memory_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_memory_source_source_id", "source_id"),
)
"""Which lines a fact or an episode comes from."""

recalled = Table(
    "recalled",
    metadata,
    Column("turn_id", BigInteger, ForeignKey("turn.id"), primary_key=True, autoincrement=False),
    Column("memory_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_recalled_memory_id", "memory_id"),
)
"""Which memories were in mind when a turn was answered."""

vector = Table(
    "vector",
    metadata,
    Column("memory_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Column("embedder", String(64), primary_key=True),
    Column("cells", LargeBinary, nullable=False),
    Column("scale", Float, nullable=False),
)
"""The meaning of a memory as int8 *cells* times *scale*, made by the *embedder* of that name."""

shelf = Table(
    "shelf",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", BigInteger, nullable=False),
    Column("memories", Integer, nullable=False),
    Column("words", BigInteger, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("inked", Integer, nullable=False),
    UniqueConstraint("key"),
)
"""All that lies under one *key*: how many *memories* of how many *words*.

How many were ever *dropped* from it, and how many vectors *inked*, tells who has read it before
whether to read again.
"""

shelved = Table(
    "shelved",
    metadata,
    Column("shelf_id", Id, ForeignKey("shelf.id"), primary_key=True),
    Column("memory_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_shelved_memory_id", "memory_id"),
    sqlite_with_rowid=False,
)
"""Which memories lie on which shelves."""

worded = Table(
    "worded",
    metadata,
    Column("memory_id", Id, ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
)
"""The tokens of a memory, as they were put into the index of words."""

sitting = Table(
    "sitting",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("persona", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("distilled_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Index("ix_sitting_ended_at", "ended_at"),
)
"""One stretch of talk without a long pause; *ended_at* is its last line so far."""

hush = Table(
    "hush",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_hush_conversation_id", "conversation_id"),
)
"""Turns of a place, from *since* to before *until*, of which nothing is to be remembered.

*kind*: `off`, until somebody wants to be remembered again, or `private`, for one talk.
"""

consent = Table(
    "consent",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("at", Moment, nullable=False),
)
"""What somebody has wished for themself; `together`: their private talks may know each other."""

tombstone = Table(
    "tombstone",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)
"""The digests of what was forgotten, so that no import and no backfill brings it back."""
