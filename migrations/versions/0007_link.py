"""One person who talks with us as several speakers, and the codes by which they say so."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "linked",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("speaker", name="pk_linked"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_linked_person_id"),
        _in_a_place("linked"),
    )
    op.create_index("ix_linked_person_id", "linked", ["person_id"])
    op.create_table(
        "link_code",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("used_by", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("speaker", name="pk_link_code"),
        _in_a_place("link_code"),
    )
    op.create_table(
        "link_guess",
        sa.Column("id", _ID, nullable=False),
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("bot", sa.String(96), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_guess"),
    )
    for column in ("speaker", "bot"):
        op.create_index(f"ix_link_guess_{column}", "link_guess", [column])


def downgrade() -> None:
    for table in ("link_guess", "link_code", "linked", "person"):
        op.drop_table(table)


def _in_a_place(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"], ["conversation.id"], name=f"fk_{table}_conversation_id"
    )
