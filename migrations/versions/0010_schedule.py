"""One schedule for all that is said later, where people's clocks are, and what is said to many."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _schedule()
    _move()
    op.create_table(
        "timezone",
        sa.Column("speaker", sa.String(128), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("speaker", name="pk_timezone"),
    )
    _broadcasts()


def _schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("asked_in", _ID, nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("deed", sa.String(8), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("cron", sa.String(128), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("lease_until", _MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schedule"),
        _of("schedule", "conversation_id", "conversation"),
        _of("schedule", "asked_in", "conversation"),
        sa.UniqueConstraint("conversation_id", "digest", name="uq_schedule_conversation_id_digest"),
    )
    waiting = sa.text("state = 'waiting'")
    where = {"sqlite_where": waiting, "postgresql_where": waiting}
    op.create_index("ix_schedule_waiting", "schedule", ["due_at"], **where)
    op.create_index("ix_schedule_by", "schedule", ["by"])


def _move() -> None:
    """What people wanted to be reminded of is the beginning of the schedule.

    In private it was asked for by whom the place is named after.
    """
    op.execute(
        "INSERT INTO schedule (conversation_id, asked_in, by, digest, deed, due_at, cron, zone,"
        " text, language, state, attempts, missed, at)"
        " SELECT conversation_id, conversation_id,"
        " CASE WHEN place.private THEN place.platform || ':' || place.chat ELSE '' END,"
        " digest, 'remind', due, '', '', text, language, state, 0, 0, at"
        " FROM reminder JOIN conversation AS place ON place.id = conversation_id"
        " ORDER BY reminder.id"
    )
    op.drop_table("reminder")


def _broadcasts() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", _ID, nullable=False),
        sa.Column("asked_in", _ID, nullable=False),
        sa.Column("turn_id", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("next_at", _MOMENT),
        sa.Column("give_up_at", _MOMENT),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
        _of("broadcast", "asked_in", "conversation"),
        sa.UniqueConstraint("turn_id", name="uq_broadcast_turn_id"),
    )
    op.create_table(
        "broadcast_to",
        sa.Column("broadcast_id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("said_id", sa.BigInteger()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("broadcast_id", "conversation_id", name="pk_broadcast_to"),
        _of("broadcast_to", "broadcast_id", "broadcast"),
        _of("broadcast_to", "conversation_id", "conversation"),
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def downgrade() -> None:
    for table in ("broadcast_to", "broadcast", "timezone"):
        op.drop_table(table)
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
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_reminder_conversation_id"
        ),
        sa.UniqueConstraint("conversation_id", "digest", name="uq_reminder_conversation_id_digest"),
    )
    waiting = sa.text("state = 'waiting'")
    where = {"sqlite_where": waiting, "postgresql_where": waiting}
    op.create_index("ix_reminder_waiting", "reminder", ["due"], **where)
    # the older Anima knows nothing that comes again, and no words but reminders
    op.execute(
        "INSERT INTO reminder (conversation_id, digest, due, text, language, state, at)"
        " SELECT conversation_id, digest, due_at, text, language,"
        " CASE WHEN state = 'waiting' THEN 'waiting' ELSE 'told' END, at"
        " FROM schedule WHERE cron = '' AND deed = 'remind' ORDER BY id"
    )
    op.drop_table("schedule")
