"""Writing first: reasons, manners of people, places that allow it, and what it costs."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "impulse",
        sa.Column("id", _id, nullable=False),
        sa.Column("conversation_id", _id, nullable=False),
        sa.Column("persona", sa.String(64), nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("heard_id", sa.BigInteger()),
        sa.Column("said_id", sa.BigInteger()),
        sa.Column("occasion", sa.String(32), nullable=False, server_default=""),
        sa.Column("at", _moment, nullable=False),
        sa.Column("due", _moment, nullable=False),
        sa.Column("until", _moment, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("held", sa.String(24), nullable=False, server_default=""),
        sa.Column("held_until", _moment),
        sa.Column("ripe_until", _moment),
        sa.Column("turn_id", sa.BigInteger()),
        sa.Column("ended_at", _moment),
        sa.Column("answered_at", _moment),
        sa.PrimaryKeyConstraint("id", name="pk_impulse"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_impulse_conversation_id"
        ),
        sa.UniqueConstraint(
            "conversation_id",
            "persona",
            "speaker",
            "kind",
            "digest",
            name="uq_impulse_conversation_id_persona_speaker_kind_digest",
        ),
    )
    op.create_index("ix_impulse_speaker", "impulse", ["speaker"])
    op.create_index("ix_impulse_turn_id", "impulse", ["turn_id"])
    op.create_index(
        "ix_impulse_due",
        "impulse",
        ["due"],
        sqlite_where=sa.text("state IN ('waiting', 'ripe')"),
        postgresql_where=sa.text("state IN ('waiting', 'ripe')"),
    )
    op.create_table(
        "manner",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_to", sa.Integer()),
        sa.Column("quiet_until", _moment),
        sa.Column("opted_out_at", _moment),
        sa.Column("asleep_until", _moment),
        sa.Column("heard_at", _moment),
        sa.Column("guess", sa.Integer()),
        sa.Column("guessed_at", _moment),
        sa.Column("asked_at", _moment),
        sa.PrimaryKeyConstraint("speaker", name="pk_manner"),
    )
    op.create_table(
        "looked",
        sa.Column("conversation_id", _id, nullable=False),
        sa.Column("turn_id", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("allowed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_looked"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_looked_conversation_id"
        ),
    )
    op.create_table(
        "spending",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "speaker", "purpose", name="pk_spending"),
    )


def downgrade() -> None:
    op.drop_table("spending")
    op.drop_table("looked")
    op.drop_table("manner")
    op.drop_table("impulse")
