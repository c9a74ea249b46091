"""Proofs of what was deleted when its time was over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment, Rising

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "retention_proofs",
        sa.Column("number", Rising, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("record", sa.String(length=32), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("files_removed", sa.Integer(), nullable=False),
        sa.Column("bytes_removed", sa.BigInteger(), nullable=False),
        sa.Column("done_at", Moment()),
        sa.PrimaryKeyConstraint("number", name="pk_retention_proofs"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("retention_proofs")
