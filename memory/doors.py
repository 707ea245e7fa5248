"""The tables of the door: who was let in or shut out, and the codes that open it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from memory.columns import Id, Moment, metadata

access = Table(
    "access",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", String(16), nullable=False, server_default=""),
    Column("conversation_id", Id, ForeignKey("conversation.id")),
    Column("knocked_at", Moment),
    Column("allowed_at", Moment),
    Column("allowed_by", String(128)),
    Column("banned_at", Moment),
    Column("banned_by", String(128)),
    Column("reason", Text, nullable=False, server_default=""),
    Column("guesses", Integer, nullable=False, server_default="0"),
    Column("guessed_at", Moment),
)
"""What is known of a speaker at the door; *conversation_id* is where they knocked last."""

ticket = Table(
    "ticket",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("speaker", String(128), nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id")),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", String(128)),
    Index("ix_ticket_speaker", "speaker"),
)
"""A code by its digest. It lets in *speaker*, once an admin says it; empty: whoever brings it."""
