"""Questions that many commands ask before they change anything."""

from __future__ import annotations

from console.contract.desk_api import User
from console.domain.call import Call
from console.domain.errors import DomainError
from console.domain.ids import CallId, IncidentId
from console.domain.incident import Incident, IncidentState
from console.service.auth import SignedIn
from console.service.journal import Work

EDITABLE = frozenset({IncidentState.COLLECTING, IncidentState.RULING, IncidentState.DISPATCHED})
"""States in which facts may still be added; issuing locks the form."""


def editable(work: Work, incident_id: IncidentId) -> Incident:
    """Return an incident that may still be changed; raise ``unknown-incident`` or ``incident-locked``."""
    incident = work.incident(incident_id)
    if incident.state not in EDITABLE:
        raise DomainError("incident-locked", state=incident.state.value)
    return incident


def require_may_rule(incident: Incident, officer: User) -> None:
    """Raise ``unqualified-issuer``, ``officer-recused`` for who stood back from this case (Art. 105), or
    ``recusal-open`` while it is to be decided whether this officer does.
    """
    if not officer.qualified:
        raise DomainError("unqualified-issuer")
    if incident.posts.recused(officer.id) is not None:
        raise DomainError("officer-recused")
    if incident.posts.asked_to_recuse(officer.id):
        raise DomainError("recusal-open")


def own_call(call: Call, who: SignedIn) -> Call:
    """Return ``call`` if the person answered it; raise ``not-your-call``."""
    if call.answered_by != who.user.id:
        raise DomainError("not-your-call", seat=call.seat or "")
    return call


def answered_call(work: Work, call_id: CallId, who: SignedIn) -> Call:
    """Return a call that the person answered; raise ``unknown-call`` or ``not-your-call``."""
    return own_call(work.call(call_id), who)
