"""Who was let in or shut out at run time, codes that open the door, and what a person spent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False, server_default=""),
        sa.Column("conversation_id", _Id),
        sa.Column("knocked_at", _Moment),
        sa.Column("allowed_at", _Moment),
        sa.Column("allowed_by", sa.String(128)),
        sa.Column("banned_at", _Moment),
        sa.Column("banned_by", sa.String(128)),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("guesses", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("guessed_at", _Moment),
        sa.PrimaryKeyConstraint("speaker", name="pk_access"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_access_conversation_id"
        ),
    )
    op.create_table(
        "ticket",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("conversation_id", _Id),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", _Moment, nullable=False),
        sa.Column("until", _Moment, nullable=False),
        sa.Column("used_at", _Moment),
        sa.Column("used_by", sa.String(128)),
        sa.PrimaryKeyConstraint("digest", name="pk_ticket"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_ticket_conversation_id"
        ),
    )
    op.create_index("ix_ticket_speaker", "ticket", ["speaker"])
    op.create_index(
        "ix_heard_speaker_id_turn_id",
        "heard",
        ["speaker_id", "turn_id"],
        sqlite_where=sa.text("turn_id IS NOT NULL"),
        postgresql_where=sa.text("turn_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_heard_speaker_id_turn_id", table_name="heard")
    op.drop_table("ticket")
    op.drop_table("access")
