"""How readily we speak in a group and why we did, and in which language people are answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("dial", sa.Integer()))
    reason = sa.Column("reason", sa.Text(), nullable=False, server_default="")
    op.add_column("turn", reason)
    op.create_table(
        "preference",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("tongue", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("speaker", name="pk_preference"),
    )


def downgrade() -> None:
    op.drop_table("preference")
    op.drop_column("turn", "reason")
    op.drop_column("conversation", "dial")
