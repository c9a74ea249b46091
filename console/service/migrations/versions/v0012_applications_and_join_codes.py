"""Incidents with an application of a party that waits; links that outlive a day and open by a spoken code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add since when an application waits, how long a link stays open, and its second key."""
    op.add_column("incidents", sa.Column("asked_at", Moment()))
    op.create_index("ix_incidents_asked", "incidents", ["asked_at", "id"])
    op.add_column("links", sa.Column("open_until", Moment()))
    op.add_column("links", sa.Column("join_hash", sa.String(64)))
    op.add_column("links", sa.Column("join_until", Moment()))
    op.create_index("ix_links_join", "links", ["join_hash"], unique=True)
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("begun_at", Moment(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("jobs")
    op.drop_index("ix_links_join", "links")
    op.drop_column("links", "join_until")
    op.drop_column("links", "join_hash")
    op.drop_column("links", "open_until")
    op.drop_index("ix_incidents_asked", "incidents")
    op.drop_column("incidents", "asked_at")
