"""Accounts with second factor, lock-out and password age; sessions with a token that is renewed."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = datetime(2026, 11, 26, tzinfo=UTC)
"""Passwords of older accounts count as set on the day on which their age began to matter."""


def upgrade() -> None:
    """Add the columns; everybody signs in anew."""
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("disabled", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("password_set_at", Moment(), nullable=True))
        table.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("locked_until", Moment(), nullable=True))
        table.add_column(sa.Column("totp_secret", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("totp_step", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("certificate", sa.String(length=64), nullable=True))
    accounts = sa.table("accounts", sa.column("password_set_at", Moment()))
    op.execute(accounts.update().values(password_set_at=BEFORE))
    with op.batch_alter_table("accounts") as table:
        table.alter_column("password_set_at", existing_type=Moment(), nullable=False)
    op.create_table(
        "passwords",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "set_at", name="pk_passwords"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_passwords_account_id"),
    )
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("token_until", Moment(), nullable=False),
        sa.Column("refresh_hash", sa.String(length=64), nullable=False),
        sa.Column("refresh_before", sa.String(length=64), nullable=True),
        sa.Column("refreshed_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
        sa.UniqueConstraint("refresh_hash", name="uq_sessions_refresh_hash"),
    )
    op.create_index("ix_sessions_seat", "sessions", ["seat"])
    op.create_index("ix_sessions_refresh_before", "sessions", ["refresh_before"])


def downgrade() -> None:
    """Go back to sessions with one token."""
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=16), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.drop_table("passwords")
    with op.batch_alter_table("accounts") as table:
        for name in (
            "disabled",
            "must_change",
            "password_set_at",
            "failures",
            "locked_until",
            "totp_secret",
            "totp_step",
            "certificate",
        ):
            table.drop_column(name)
