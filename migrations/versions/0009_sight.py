"""What comes with a message besides its words: pictures and files, albums, and what it quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (("attachments", sa.Text()), ("quoted", sa.Text()), ("album", sa.String(64))):
        op.add_column("heard", sa.Column(name, kind, nullable=False, server_default=""))
    some = sa.text("album != ''")
    where = {"sqlite_where": some, "postgresql_where": some}
    op.create_index("ix_heard_album", "heard", ["conversation_id", "album"], **where)


def downgrade() -> None:
    op.drop_index("ix_heard_album", "heard")
    for name in ("album", "quoted", "attachments"):
        op.drop_column("heard", name)
