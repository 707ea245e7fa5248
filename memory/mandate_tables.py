"""The tables of chats that are somebody's own: by whose leave we write there, how each stands."""

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from memory.columns import Moment, metadata

mandate = Table(
    "mandate",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("bot", String(64), primary_key=True),
    Column("connection", String(128), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("owner_name", Text, nullable=False),
    Column("home", String(128), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("rights", Text, nullable=False),
    Column("answers", Boolean, nullable=False),
    Index("ix_mandate_owner", "platform", "owner"),
)

entrusted = Table(
    "entrusted",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("bot", String(64), primary_key=True),
    Column("connection", String(128), primary_key=True),
    Column("chat", String(128), primary_key=True),
    Column("name", Text, nullable=False),
    Column("answers", Boolean, nullable=False),
    Column("silent_until", Moment),
    Column("heard_at", Moment),
)
