"""One-time codes of parties for legal acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("link_id", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.Column("training_text", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_codes"),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name="fk_one_time_codes_link_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_one_time_codes_link", "one_time_codes", ["link_id", "sent_at"])
    op.create_index("ix_one_time_codes_phone", "one_time_codes", ["phone", "sent_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("one_time_codes")
