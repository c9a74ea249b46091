"""The service's outbox as supervisors see it. Paths stand in the docstrings; all begin with ``/v1``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.delivery import Channel, DeliveryState
from console.domain.ids import DeliveryId, IncidentId


@dataclass(frozen=True, kw_only=True)
class DeliveryItem:
    """One delivery; to whom and with which words stands nowhere here.

    ``party`` is the label of the party it is about, ``attempts`` counts since somebody queued it, ``due_at``
    is the next try, ``what``, ``trouble`` and ``reference`` are as in ``console.domain.delivery``.
    """

    id: DeliveryId
    channel: Channel
    state: DeliveryState
    incident_id: IncidentId
    incident_number: str
    party: str
    what: str
    queued_at: datetime
    due_at: datetime
    attempts: int
    trouble: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class DeliveryPage:
    """Answer to ``GET /v1/deliveries?state=dead&after=…``: at most 100, the newest first.

    ``after`` of the next page is ``next``, which is empty on the last one.
    """

    items: tuple[DeliveryItem, ...]
    next: str


@dataclass(frozen=True, kw_only=True)
class DecideDelivery:
    """``POST /v1/deliveries/{delivery_id}/retry`` and ``…/give-up``, which needs a reason."""

    reason: str = ""
