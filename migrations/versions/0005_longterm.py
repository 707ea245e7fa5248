"""Long-term memory: lines, facts, episodes, and what people wish of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_TABLES = (
    *("word_index", "worded", "shelved", "shelf"),
    *("tombstone", "consent", "hush", "sitting", "vector", "recalled"),
    *("memory_source", "fact", "memory"),
)
_INDEX = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE word_index
        USING fts5(words, content='', detail='none', columnsize=0, tokenize='ascii')
        """,
    ),
    "postgresql": (
        """
        CREATE TABLE word_index (
            memory_id BIGINT PRIMARY KEY REFERENCES memory (id) ON DELETE CASCADE,
            words TSVECTOR NOT NULL
        )
        """,
        """
        CREATE INDEX ix_word_index_words ON word_index USING gin (words)
        WITH (gin_pending_list_limit = 256)
        """,
    ),
}


def upgrade() -> None:
    op.add_column("conversation", sa.Column("kept_turn", sa.BigInteger()))
    _memories()
    _sittings()
    _wishes()
    _words()
    _said()


def _memories() -> None:
    op.create_table(
        "memory",
        sa.Column("id", _ID, nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("heard_id", sa.BigInteger()),
        sa.Column("said_id", sa.BigInteger()),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("uses", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("used_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_memory"),
        _in_a_place("memory"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_memory_conversation_id_sitting", "memory", ["conversation_id", "sitting"])
    op.create_index("ix_memory_speaker_kind", "memory", ["speaker", "kind"])
    for column in ("heard_id", "said_id", "digest"):
        op.create_index(f"ix_memory_{column}", "memory", [column])
    op.create_table(
        "fact",
        sa.Column("memory_id", _ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("slot", sa.String(16), nullable=False),
        sa.Column("norm", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("valid_from", _MOMENT),
        sa.Column("valid_to", _MOMENT),
        sa.Column("precision", sa.String(8), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("hearsay", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("finder", sa.String(64), nullable=False),
        sa.Column("superseded_by", sa.BigInteger()),
        sa.Column("retracted_at", _MOMENT),
        sa.PrimaryKeyConstraint("memory_id", name="pk_fact"),
        _of_a_memory("fact"),
    )
    op.create_table(
        "memory_source",
        sa.Column("memory_id", _ID, nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("memory_id", "source_id", name="pk_memory_source"),
        _of_a_memory("memory_source"),
        _of_a_memory("memory_source", "source_id"),
    )
    op.create_index("ix_memory_source_source_id", "memory_source", ["source_id"])
    op.create_table(
        "recalled",
        sa.Column("turn_id", sa.BigInteger(), nullable=False),
        sa.Column("memory_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("turn_id", "memory_id", name="pk_recalled"),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="fk_recalled_turn_id"),
        _of_a_memory("recalled"),
    )
    op.create_index("ix_recalled_memory_id", "recalled", ["memory_id"])
    op.create_table(
        "vector",
        sa.Column("memory_id", _ID, nullable=False),
        sa.Column("embedder", sa.String(64), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("memory_id", "embedder", name="pk_vector"),
        _of_a_memory("vector"),
    )


def _sittings() -> None:
    op.create_table(
        "sitting",
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("distilled_at", _MOMENT),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("conversation_id", "persona", "number", name="pk_sitting"),
        _in_a_place("sitting"),
    )
    op.create_index("ix_sitting_ended_at", "sitting", ["ended_at"])


def _wishes() -> None:
    op.create_table(
        "hush",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hush"),
        _in_a_place("hush"),
    )
    op.create_index("ix_hush_conversation_id", "hush", ["conversation_id"])
    op.create_table(
        "consent",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("speaker", "kind", name="pk_consent"),
    )
    op.create_table(
        "tombstone",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_tombstone"),
    )


def _words() -> None:
    """Shelves, and what each engine finds words with; SQLAlchemy knows nothing of the latter.

    SQLite is told to keep no text and no positions: every row that goes is taken out by name.
    PostgreSQL is told to keep what waits for its index short, for each question reads all of it.
    """
    op.create_table(
        "shelf",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("memories", sa.Integer(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("inked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shelf"),
        sa.UniqueConstraint("key", name="uq_shelf_key"),
    )
    op.create_table(
        "shelved",
        sa.Column("shelf_id", _ID, nullable=False),
        sa.Column("memory_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("shelf_id", "memory_id", name="pk_shelved"),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelf.id"], name="fk_shelved_shelf_id"),
        _of_a_memory("shelved"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shelved_memory_id", "shelved", ["memory_id"])
    op.create_table(
        "worded",
        sa.Column("memory_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("memory_id", name="pk_worded"),
        _of_a_memory("worded"),
    )
    for statement in _INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


def _said() -> None:
    """What comes with a bubble besides its words."""
    op.add_column("said", sa.Column("beside", sa.Text(), nullable=False, server_default=""))


def _in_a_place(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=name)


def _of_a_memory(table: str, column: str = "memory_id") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], ["memory.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("said", "beside")
    op.drop_column("conversation", "kept_turn")
