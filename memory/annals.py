"""The tables beside the talk: who may speak, what was chosen and done, what is worth keeping."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from memory.columns import Id, Moment, metadata

soul = Table(
    "soul",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("backend", String(64), nullable=False),
    Column("model", Text, nullable=False),
    Column("adapter", Text, nullable=False),
    Column("temperature", Float),
    Column("top_p", Float),
    Column("max_tokens", Integer),
    Column("dataset", String(128), nullable=False),
    Column("notes", Text, nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

choice = Table(
    "choice",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", Id, ForeignKey("conversation.id")),
    Column("soul", String(128), nullable=False),
    Column("percent", Float, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", String(128)),
)
Index(
    "ix_choice_conversation_id",
    choice.c.conversation_id,
    sqlite_where=choice.c.undone_at.is_(None),
    postgresql_where=choice.c.undone_at.is_(None),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(128), nullable=False),
    Column("deed", String(64), nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id")),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index("ix_audit_subject_id", "subject", "id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Id, primary_key=True),
    Column("turn_id", BigInteger, ForeignKey("turn.id"), nullable=False),
    Column("said_id", BigInteger, nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("speaker", String(128), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("soul", String(128), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("turn_id", "speaker"),
)

preference = Table(
    "preference",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("tongue", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

voicing = Table(
    "voicing",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("mode", String(8), nullable=False),
    Column("at", Moment, nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    Column("persona", String(64), nullable=False, server_default=""),
    UniqueConstraint("conversation_id", "digest"),
)
