"""The outbox listed: nothing of whom it tells, or what, stands in a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, tuple_

from console.contract.codec import decode
from console.contract.outbox_api import DeliveryItem, DeliveryPage
from console.domain.delivery import Channel, DeliveryState
from console.domain.ids import DeliveryId, IncidentId
from console.domain.incident import Incident
from console.service.tables import deliveries, incidents

PAGE = 100
"""Deliveries on one page."""


def page(connection: Connection, state: DeliveryState, after: str = "") -> DeliveryPage:
    """Return the deliveries in ``state`` that come after the one with this id, the newest first."""
    query = (
        select(deliveries, incidents.c.body.label("incident"))
        .join(incidents, incidents.c.id == deliveries.c.incident_id)
        .where(deliveries.c.state == state.value)
        .order_by(deliveries.c.queued_at.desc(), deliveries.c.id.desc())
        .limit(PAGE + 1)
    )
    if after:
        last = select(deliveries.c.queued_at, deliveries.c.id).where(deliveries.c.id == after)
        query = query.where(tuple_(deliveries.c.queued_at, deliveries.c.id) < last.scalar_subquery())
    rows = connection.execute(query).all()
    more = len(rows) > PAGE
    return DeliveryPage(
        items=tuple(_item(row) for row in rows[:PAGE]), next=rows[PAGE - 1].id if more else ""
    )


def _item(row: Row[Any]) -> DeliveryItem:
    incident: Incident = decode(Incident, row.incident)
    return DeliveryItem(
        id=DeliveryId(row.id),
        channel=Channel(row.channel),
        state=DeliveryState(row.state),
        incident_id=IncidentId(row.incident_id),
        incident_number=incident.number,
        party=next((party.label for party in incident.parties if party.id == row.party_id), ""),
        what=row.what,
        queued_at=row.queued_at,
        due_at=row.due_at,
        attempts=row.attempts,
        trouble=row.trouble,
        reference=row.reference,
    )
