"""The tables of the ledger. What stands here must be what the migrations make."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from memory.annals import audit, choice, feedback, note, preference, soul, voicing
from memory.bonds import relation, thread
from memory.columns import Id, Moment, metadata
from memory.doors import access, ticket
from memory.initiative_tables import impulse, looked, manner, spending
from memory.longterm.tables import (
    consent,
    fact,
    hush,
    memory,
    memory_source,
    recalled,
    shelf,
    shelved,
    sitting,
    tombstone,
    vector,
    worded,
)
from memory.mandate_tables import entrusted, mandate
from memory.persons import link_code, link_guess, linked, person
from memory.schedule_tables import broadcast, broadcast_to, schedule, timezone

__all__ = [
    "ALBUM_CHARACTERS",
    "LANGUAGE_CHARACTERS",
    "REVISION",
    "UNSENT",
    "access",
    "audit",
    "broadcast",
    "broadcast_to",
    "choice",
    "consent",
    "conversation",
    "entrusted",
    "fact",
    "feedback",
    "heard",
    "hush",
    "impulse",
    "link_code",
    "link_guess",
    "linked",
    "looked",
    "mandate",
    "manner",
    "memory",
    "memory_source",
    "metadata",
    "note",
    "person",
    "preference",
    "recalled",
    "relation",
    "said",
    "schedule",
    "shelf",
    "shelved",
    "sitting",
    "soul",
    "spending",
    "thread",
    "ticket",
    "timezone",
    "tombstone",
    "turn",
    "vector",
    "voicing",
    "worded",
]

REVISION = "0012"
"""The newest migration; a start with nothing to migrate need not load alembic to know it."""

LANGUAGE_CHARACTERS = 16
"""What comes after the script and the region of a client's language is of no use to us."""

ALBUM_CHARACTERS = 64
"""Telegram's name for an album has 17."""

UNSENT = ("ready", "sending", "maybe")
"""The states of a bubble whose delivery is not confirmed."""

conversation = Table(
    "conversation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("bot", String(64), nullable=False),
    Column("connection", String(128), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("thread", String(64), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("holder", String(128)),
    Column("lease_until", Moment),
    Column("ready_at", Moment),
    Column("unfinished", Boolean, nullable=False),
    Column("closed_at", Moment),
    Column("apologised_at", Moment),
    Column("soul", String(128)),
    Column("since", BigInteger),
    Column("dial", Integer),
    Column("role", String(64)),
    Column("persona", String(64)),
    Column("pleasure", Float),
    Column("energy", Float),
    Column("felt_at", Moment),
    Column("felt_turn", BigInteger),
    Column("kept_turn", BigInteger),
    UniqueConstraint("platform", "bot", "connection", "chat", "thread"),
)
Index(
    "ix_conversation_ready_at",
    conversation.c.ready_at,
    sqlite_where=conversation.c.ready_at.is_not(None),
    postgresql_where=conversation.c.ready_at.is_not(None),
)

heard = Table(
    "heard",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("key", String(128), nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id")),
    Column("turn_id", BigInteger),
    Column("state", String(10), nullable=False),
    Column("speaker_id", String(64), nullable=False),
    Column("speaker_name", Text, nullable=False),
    Column("speaker_language", String(LANGUAGE_CHARACTERS), nullable=False),
    Column("text", Text, nullable=False),
    Column("message", String(64), nullable=False),
    Column("reply_to", String(64), nullable=False),
    Column("addressed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("raw", Text, nullable=False),
    Column("attachments", Text, nullable=False, server_default=""),
    Column("quoted", Text, nullable=False, server_default=""),
    Column("album", String(ALBUM_CHARACTERS), nullable=False, server_default=""),
    UniqueConstraint("source", "key"),
    Index("ix_heard_conversation_id_turn_id", "conversation_id", "turn_id"),
    Index("ix_heard_conversation_id_message", "conversation_id", "message"),
)
Index(
    "ix_heard_waiting",
    heard.c.conversation_id,
    heard.c.id,
    sqlite_where=heard.c.state == "waiting",
    postgresql_where=heard.c.state == "waiting",
)
Index(
    "ix_heard_album",
    heard.c.conversation_id,
    heard.c.album,
    sqlite_where=heard.c.album != "",
    postgresql_where=heard.c.album != "",
)

Index(
    "ix_heard_speaker_id_turn_id",
    heard.c.speaker_id,
    heard.c.turn_id,
    sqlite_where=heard.c.turn_id.is_not(None),
    postgresql_where=heard.c.turn_id.is_not(None),
)

turn = Table(
    "turn",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("outcome", String(10)),
    Column("soul", String(128)),
    Column("revision", String(64)),
    Column("prompt_tokens", Integer),
    Column("completion_tokens", Integer),
    Column("first_s", Float),
    Column("slips", Integer, nullable=False, server_default="0"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("persona", String(64), nullable=False, server_default=""),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
Index(
    "ix_turn_open",
    turn.c.conversation_id,
    sqlite_where=turn.c.outcome.is_(None),
    postgresql_where=turn.c.outcome.is_(None),
)
Index(
    "ix_turn_nobodys",
    turn.c.id,
    sqlite_where=turn.c.persona == "",
    postgresql_where=turn.c.persona == "",
)

said = Table(
    "said",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("turn_id", BigInteger, ForeignKey("turn.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("reply_to", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment),
    Column("message", String(64)),
    Column("reason", Text),
    Column("at", Moment, nullable=False),
    Column("delivered_at", Moment),
    Column("asks", Boolean, nullable=False, server_default=false()),
    Column("beside", Text, nullable=False, server_default=""),
    Index("ix_said_conversation_id_turn_id", "conversation_id", "turn_id"),
)
Index(
    "ix_said_conversation_id_message",
    said.c.conversation_id,
    said.c.message,
    sqlite_where=said.c.message.is_not(None),
    postgresql_where=said.c.message.is_not(None),
)
Index(
    "ix_said_unsent",
    said.c.conversation_id,
    sqlite_where=said.c.state.in_(UNSENT),
    postgresql_where=said.c.state.in_(UNSENT),
)
