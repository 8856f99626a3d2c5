"""Alembic's entry: run within the connection and the transaction that `storage.migrations` hands over."""

from __future__ import annotations

from alembic import context

from storage import desk_tables  # noqa: F401  # its tables stand in the same metadata
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
