"""The tables of what lies between a persona and people: closeness, and what is still open."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from memory.columns import Id, Moment, metadata

relation = Table(
    "relation",
    metadata,
    Column("persona", String(64), primary_key=True),
    Column("speaker", String(128), primary_key=True),
    Column("closeness", Float, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("lately", Float, nullable=False),
    Index("ix_relation_speaker", "speaker"),
)

thread = Table(
    "thread",
    metadata,
    Column("id", Id, primary_key=True),
    Column("persona", String(64), nullable=False),
    Column("speaker", String(128), nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("due", Moment),
    Column("at", Moment, nullable=False),
    Index("ix_thread_conversation_id_speaker", "conversation_id", "speaker"),
)
