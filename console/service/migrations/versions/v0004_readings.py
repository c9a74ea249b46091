"""Readings of documents that were asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "readings",
        sa.Column("evidence_id", sa.String(length=32), nullable=False),
        sa.Column("incident_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("done_at", Moment()),
        sa.PrimaryKeyConstraint("evidence_id", name="pk_readings"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_readings_incident_id"),
    )
    op.create_index("ix_readings_open", "readings", ["done_at", "asked_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("readings")
