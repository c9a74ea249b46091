"""One outbox for everything that goes to systems elsewhere; what waited as an SMS waits in it."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from console.service.tables import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OUTBOX = sa.table(
    "outbox",
    sa.column("message_id", sa.String()),
    sa.column("incident_id", sa.String()),
    sa.column("party_id", sa.String()),
    sa.column("phone", sa.String()),
    sa.column("text", sa.Text()),
    sa.column("serves", sa.Boolean()),
    sa.column("attempts", sa.Integer()),
    sa.column("due_at", Moment()),
    sa.column("sent_at", Moment()),
)
_DELIVERIES = sa.table(
    "deliveries",
    sa.column("id", sa.String()),
    sa.column("channel", sa.String()),
    sa.column("incident_id", sa.String()),
    sa.column("party_id", sa.String()),
    sa.column("what", sa.String()),
    sa.column("body", sa.Text()),
    sa.column("serves", sa.Boolean()),
    sa.column("state", sa.String()),
    sa.column("queued_at", Moment()),
    sa.column("due_at", Moment()),
    sa.column("attempts", sa.Integer()),
    sa.column("tried", sa.Boolean()),
    sa.column("trouble", sa.String()),
    sa.column("reference", sa.String()),
    sa.column("finished_at", Moment()),
)


def upgrade() -> None:
    """Create the table and take over every message; of a sent one neither number nor words are kept."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("incident_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=True),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("serves", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("queued_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried", sa.Boolean(), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=True),
        sa.Column("claimed_until", Moment(), nullable=True),
        sa.Column("trouble", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_deliveries_incident_id"),
    )
    op.create_index("ix_deliveries_due", "deliveries", ["state", "channel", "due_at"])
    op.create_index("ix_deliveries_listed", "deliveries", ["state", "queued_at", "id"])
    connection = op.get_bind()
    for row in connection.execute(sa.select(_OUTBOX)).all():
        waits = row.sent_at is None
        order = {"phone": row.phone, "text": row.text, "template": ""}
        connection.execute(
            _DELIVERIES.insert().values(
                id=row.message_id,
                channel="sms",
                incident_id=row.incident_id,
                party_id=row.party_id,
                what="",
                body=json.dumps(order, ensure_ascii=False) if waits else "",
                serves=row.serves,
                state="queued" if waits else "done",
                queued_at=row.due_at,
                due_at=row.due_at,
                attempts=0,
                tried=row.attempts > 0,
                trouble="",
                reference="",
                finished_at=row.sent_at,
            )
        )
    op.drop_table("outbox")


def downgrade() -> None:
    """Go back to an outbox of messages alone; other deliveries are dropped."""
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("incident_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("serves", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment()),
        sa.PrimaryKeyConstraint("message_id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_outbox_incident_id"),
    )
    op.create_index("ix_outbox_due", "outbox", ["sent_at", "due_at"])
    connection = op.get_bind()
    messages = sa.select(_DELIVERIES).where(_DELIVERIES.c.channel == "sms")
    for row in connection.execute(messages).all():
        order = json.loads(row.body) if row.body else {"phone": "", "text": ""}
        connection.execute(
            _OUTBOX.insert().values(
                message_id=row.id,
                incident_id=row.incident_id,
                party_id=row.party_id,
                phone=order["phone"],
                text=order["text"],
                serves=row.serves,
                attempts=row.attempts,
                due_at=row.due_at,
                sent_at=row.finished_at,
            )
        )
    op.drop_table("deliveries")
