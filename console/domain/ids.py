"""Identifiers that cross the wire. Each is an opaque string; only equality has meaning."""

from __future__ import annotations

import uuid
from typing import NewType

CallId = NewType("CallId", str)
IncidentId = NewType("IncidentId", str)
PartyId = NewType("PartyId", str)
EvidenceId = NewType("EvidenceId", str)
MessageId = NewType("MessageId", str)
DeliveryId = NewType("DeliveryId", str)
RequestId = NewType("RequestId", str)
"""A party's request that an officer stand back."""
SeatId = NewType("SeatId", str)
"""Name of a workplace, such as ``07``."""
UserId = NewType("UserId", str)


def new_id() -> str:
    """Return a fresh random identifier: 32 lower-case hexadecimal digits."""
    return uuid.uuid4().hex
