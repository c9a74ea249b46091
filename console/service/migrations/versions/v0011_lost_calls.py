"""Calls whose party was lost and that nobody has closed yet; earlier ones count as closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment of the loss."""
    op.add_column("calls", sa.Column("lost_at", Moment()))
    op.create_index("ix_calls_lost", "calls", ["lost_at", "id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_calls_lost", "calls")
    op.drop_column("calls", "lost_at")
