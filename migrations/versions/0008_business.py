"""Chats that are somebody's own: by whose leave we write there, and how each stands."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mandate",
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("connection", sa.String(128), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("home", sa.String(128), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "bot", "connection", name="pk_mandate"),
    )
    op.create_index("ix_mandate_owner", "mandate", ["platform", "owner"])
    op.create_table(
        "entrusted",
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("connection", sa.String(128), nullable=False),
        sa.Column("chat", sa.String(128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.Column("silent_until", sa.DateTime(timezone=True)),
        sa.Column("heard_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("platform", "bot", "connection", "chat", name="pk_entrusted"),
    )


def downgrade() -> None:
    op.drop_table("entrusted")
    op.drop_index("ix_mandate_owner", "mandate")
    op.drop_table("mandate")
