"""The journal on the wire: what happened, in order, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from console.contract.codec import TAGGED
from console.domain.call import Call
from console.domain.errors import DomainError
from console.domain.events import CallEvent, CallPlaced, Event, IncidentOpened, evolve_call
from console.domain.evolution import evolve, opened
from console.domain.ids import CallId, IncidentId
from console.domain.incident import Incident


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the journal.

    ``sequence`` rises by any positive step in commit order; ``at`` is the service's clock (UTC); ``actor``
    is a user id, ``party`` or ``service``.
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


def next_incident(incident: Incident | None, entry: Entry) -> Incident:
    """Return the incident of ``entry`` after it; every entry, a call's too, raises the version.

    ``incident`` is ``None`` before the first one. Raises ``unknown-incident`` for an entry out of the blue.
    """
    if isinstance(entry.event, IncidentOpened):
        return incident or opened(entry.event, entry.at, entry.sequence)
    if incident is None:
        raise DomainError("unknown-incident")
    return evolve(incident, entry.event, entry.at, entry.actor, entry.sequence)


def next_call(call: Call | None, entry: Entry) -> Call | None:
    """Return the call of ``entry`` after it; ``None`` when the entry is about no call.

    The caller applies each sequence once, for a call keeps no version of its own. Raises ``unknown-call`` for
    an entry out of the blue and ``call-state`` for a move that cannot happen.
    """
    if not isinstance(entry.event, CallEvent):
        return call
    if isinstance(entry.event, CallPlaced) and call is None:
        return entry.event.call
    if call is None:
        raise DomainError("unknown-call")
    return evolve_call(call, entry.event, entry.at)
