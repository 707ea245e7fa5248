"""When somebody is answered aloud, in each place."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voicing",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column(
            "conversation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("conversation.id", name="fk_voicing_conversation_id"),
            nullable=False,
        ),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("speaker", "conversation_id", name="pk_voicing"),
    )


def downgrade() -> None:
    op.drop_table("voicing")
