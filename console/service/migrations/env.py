"""Run by Alembic inside ``Database.migrate``, which hands over its connection."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from console.service.tables import metadata


def run(connection: Connection) -> None:
    """Apply the missing migrations on ``connection``."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
