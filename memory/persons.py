"""The tables of who is one person with whom, and how that came to be."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from memory.columns import Id, Moment, metadata

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""Somebody who talks with us as several speakers; whoever is only one needs no row."""

linked = Table(
    "linked",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_linked_person_id", "person_id"),
)
"""Which person a speaker is; under which *name* and in which private place they said so."""

link_code = Table(
    "link_code",
    metadata,
    Column("speaker", String(128), primary_key=True),
    Column("salt", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("until", Moment, nullable=False),
    Column("used_by", String(128), nullable=False),
)
"""The newest code of a speaker, which nobody can read out of it. A used one is kept until it would
have expired, so that a turn which is taken up again after a crash finds what it has done."""

link_guess = Table(
    "link_guess",
    metadata,
    Column("id", Id, primary_key=True),
    Column("speaker", String(128), nullable=False),
    Column("bot", String(96), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_link_guess_speaker", "speaker"),
    Index("ix_link_guess_bot", "bot"),
)
"""A wrong code that a speaker tried with a bot of ours."""
