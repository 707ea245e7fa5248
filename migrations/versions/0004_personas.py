"""Several personas in one house, and what lies between each of them and people."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_CONVERSATION = {
    "role": sa.String(64),
    "persona": sa.String(64),
    "pleasure": sa.Float(),
    "energy": sa.Float(),
    "felt_at": _MOMENT,
    "felt_turn": sa.BigInteger(),
}


def upgrade() -> None:
    for name, kind in _CONVERSATION.items():
        op.add_column("conversation", sa.Column(name, kind))
    for table in ("turn", "note"):
        whose = sa.Column("persona", sa.String(64), nullable=False, server_default="")
        op.add_column(table, whose)
    nobodys = sa.text("persona = ''")
    op.create_index(
        "ix_turn_nobodys", "turn", ["id"], sqlite_where=nobodys, postgresql_where=nobodys
    )
    op.create_table(
        "relation",
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("closeness", sa.Float(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("lately", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("persona", "speaker", name="pk_relation"),
    )
    op.create_index("ix_relation_speaker", "relation", ["speaker"])
    op.create_table(
        "thread",
        sa.Column("id", _ID, nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", _MOMENT),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_thread_conversation_id"
        ),
    )
    op.create_index("ix_thread_conversation_id_speaker", "thread", ["conversation_id", "speaker"])


def downgrade() -> None:
    op.drop_table("thread")
    op.drop_table("relation")
    op.drop_index("ix_turn_nobodys", "turn")
    for table in ("note", "turn"):
        op.drop_column(table, "persona")
    for name in reversed(_CONVERSATION):
        op.drop_column("conversation", name)
