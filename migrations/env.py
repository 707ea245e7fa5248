"""Alembic's entry: the connection is ours, handed over by `memory.schema`."""

from alembic import context

from memory.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
