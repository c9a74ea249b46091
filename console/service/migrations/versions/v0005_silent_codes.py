"""Silent codes of the registries, and who looked at them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment, Rising

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "silent_alerts",
        sa.Column("incident_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment()),
        sa.PrimaryKeyConstraint("incident_id", "party_id", "code", name="pk_silent_alerts"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_silent_alerts_incident_id"),
    )
    op.create_table(
        "silent_views",
        sa.Column("number", Rising, autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("codes", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_silent_views"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_silent_views_incident_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_silent_views_account_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_silent_views_incident", "silent_views", ["incident_id", "number"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("silent_views")
    op.drop_table("silent_alerts")
