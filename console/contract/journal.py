"""The journal on the wire: what happened, in order, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from console.contract.codec import TAGGED
from console.domain.call import Call
from console.domain.events import Event
from console.domain.ids import CallId, IncidentId
from console.domain.incident import Incident


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the journal.

    ``sequence`` rises by any positive step in commit order; ``at`` is the service's clock (UTC); ``actor``
    is a
    user id, ``party`` or ``service``.
    """

    sequence: int
    at: datetime
    actor: str
    incident_id: IncidentId
    call_id: CallId | None
    event: Annotated[Event, TAGGED]


@dataclass(frozen=True, kw_only=True)
class DeskSnapshot:
    """Everything a desk may see at ``sequence``; entries above it follow on the event stream."""

    sequence: int
    at: datetime
    calls: tuple[Call, ...]
    incidents: tuple[Incident, ...]
