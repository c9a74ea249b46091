"""Who is there on which process, and the queue in its own order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the indexes."""
    op.create_table(
        "processes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_processes"),
    )
    op.create_table(
        "attendance",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("process_id", sa.String(length=32), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("heard_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", "process_id", name="pk_attendance"),
        sa.ForeignKeyConstraint(["process_id"], ["processes.id"], name="fk_attendance_process_id"),
    )
    op.drop_index("ix_calls_state", table_name="calls")
    op.create_index("ix_calls_queue", "calls", ["state", "hurt_reported", "placed_at"])
    op.create_index("ix_calls_seat", "calls", ["seat", "state"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_calls_seat", table_name="calls")
    op.drop_index("ix_calls_queue", table_name="calls")
    op.create_index("ix_calls_state", "calls", ["state", "placed_at"])
    op.drop_table("attendance")
    op.drop_table("processes")
