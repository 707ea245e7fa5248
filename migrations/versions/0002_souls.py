"""Which soul speaks where, what people think of it, and what the house did."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    _columns()
    _souls()
    _deeds()
    _keepsakes()


def _columns() -> None:
    op.add_column("conversation", sa.Column("soul", sa.String(128)))
    op.add_column("conversation", sa.Column("since", sa.BigInteger()))
    op.add_column("turn", sa.Column("slips", sa.Integer(), nullable=False, server_default="0"))
    asks = sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("said", asks)
    _partial(
        "ix_said_conversation_id_message",
        "said",
        ["conversation_id", "message"],
        "message IS NOT NULL",
    )


def _souls() -> None:
    op.create_table(
        "soul",
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("backend", sa.String(64), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("adapter", sa.Text(), nullable=False),
        sa.Column("temperature", sa.Float()),
        sa.Column("top_p", sa.Float()),
        sa.Column("max_tokens", sa.Integer()),
        sa.Column("dataset", sa.String(128), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("registered_at", _MOMENT, nullable=False),
        sa.Column("retired_at", _MOMENT),
        sa.PrimaryKeyConstraint("name", name="pk_soul"),
    )
    op.create_table(
        "choice",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("conversation_id", _ID),
        sa.Column("soul", sa.String(128), nullable=False),
        sa.Column("percent", sa.Float(), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", sa.String(128)),
        sa.PrimaryKeyConstraint("id", name="pk_choice"),
        _of_conversation("choice"),
    )
    _partial("ix_choice_conversation_id", "choice", ["conversation_id"], "undone_at IS NULL")


def _deeds() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("deed", sa.String(64), nullable=False),
        sa.Column("conversation_id", _ID),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        _of_conversation("audit"),
    )
    op.create_index("ix_audit_subject_id", "audit", ["subject", "id"])
    op.create_table(
        "feedback",
        sa.Column("id", _ID, nullable=False),
        sa.Column("turn_id", sa.BigInteger(), nullable=False),
        sa.Column("said_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("soul", sa.String(128), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="fk_feedback_turn_id"),
        _of_conversation("feedback"),
        sa.UniqueConstraint("turn_id", "speaker", name="uq_feedback_turn_id_speaker"),
    )
    op.create_index("ix_feedback_soul", "feedback", ["soul"])


def _keepsakes() -> None:
    op.create_table(
        "note",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        _of_conversation("note"),
        sa.UniqueConstraint("conversation_id", "digest", name="uq_note_conversation_id_digest"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        _of_conversation("reminder"),
        sa.UniqueConstraint("conversation_id", "digest", name="uq_reminder_conversation_id_digest"),
    )
    _partial("ix_reminder_waiting", "reminder", ["due"], "state = 'waiting'")


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=name)


def downgrade() -> None:
    for table in ("reminder", "note", "feedback", "audit", "choice", "soul"):
        op.drop_table(table)
    # what the older Anima calls them
    op.execute("UPDATE heard SET state = 'answered' WHERE state = 'command'")
    op.execute("UPDATE turn SET outcome = 'answered' WHERE outcome IN ('command', 'notice')")
    op.drop_index("ix_said_conversation_id_message", "said")
    op.drop_column("said", "asks")
    op.drop_column("turn", "slips")
    op.drop_column("conversation", "since")
    op.drop_column("conversation", "soul")
