"""The ledger: conversation, heard, turn, said."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("connection", sa.String(128), nullable=False),
        sa.Column("chat", sa.String(128), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(128)),
        sa.Column("lease_until", _MOMENT),
        sa.Column("ready_at", _MOMENT),
        sa.Column("unfinished", sa.Boolean(), nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("apologised_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint(
            "platform",
            "bot",
            "connection",
            "chat",
            "thread",
            name="uq_conversation_platform_bot_connection_chat_thread",
        ),
    )
    _partial("ix_conversation_ready_at", "conversation", ["ready_at"], "ready_at IS NOT NULL")
    op.create_table(
        "heard",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("conversation_id", _ID),
        sa.Column("turn_id", sa.BigInteger()),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("speaker_id", sa.String(64), nullable=False),
        sa.Column("speaker_name", sa.Text(), nullable=False),
        sa.Column("speaker_language", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("reply_to", sa.String(64), nullable=False),
        sa.Column("addressed", sa.Boolean(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("heard_at", _MOMENT, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heard"),
        sa.UniqueConstraint("source", "key", name="uq_heard_source_key"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_heard_conversation_id"
        ),
    )
    op.create_index("ix_heard_conversation_id_turn_id", "heard", ["conversation_id", "turn_id"])
    op.create_index("ix_heard_conversation_id_message", "heard", ["conversation_id", "message"])
    _partial("ix_heard_waiting", "heard", ["conversation_id", "id"], "state = 'waiting'")
    op.create_table(
        "turn",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("soul", sa.String(128)),
        sa.Column("revision", sa.String(64)),
        sa.Column("prompt_tokens", sa.Integer()),
        sa.Column("completion_tokens", sa.Integer()),
        sa.Column("first_s", sa.Float()),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_turn"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_turn_conversation_id"
        ),
    )
    _partial("ix_turn_open", "turn", ["conversation_id"], "outcome IS NULL")
    op.create_table(
        "said",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("turn_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", _MOMENT),
        sa.Column("message", sa.String(64)),
        sa.Column("reason", sa.Text()),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("delivered_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_said"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_said_conversation_id"
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="fk_said_turn_id"),
    )
    op.create_index("ix_said_conversation_id_turn_id", "said", ["conversation_id", "turn_id"])
    _partial(
        "ix_said_unsent",
        "said",
        ["conversation_id"],
        "state IN ('ready', 'sending', 'maybe')",
    )


def downgrade() -> None:
    for table in ("said", "turn", "heard", "conversation"):
        op.drop_table(table)
