"""The desk's list of what parties applied for, and what is done about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from console.contract.application_api import (
    ApplicationPage,
    DecideRecusal,
    DecideReview,
    RecordRecusalRequest,
)
from console.contract.desk_api import Role
from console.domain.clock import local_date
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, RequestId
from console.domain.posts import Officer
from console.service import applications
from console.service.accounts import find
from console.service.auth import SignedIn, require
from console.service.bounds import bounded
from console.service.commands import ByCollector, ByDecider, BySupervisor
from console.service.core import Here
from console.service.routes.room import Room

router = Room("/v1", "applications")

Decider = Annotated[SignedIn, Depends(require(Role.RULING_OFFICER, Role.SUPERVISOR))]


@router.get("/applications")
def waiting(_who: Decider, core: Here, after: str = "") -> ApplicationPage:
    """Return the applications that nobody has decided yet, with what is to be done next and until when."""
    with core.database.read() as connection:
        return applications.page(connection, local_date(core.clock()), after)


@router.post("/incidents/{incident_id}/review/forwarding", status_code=204)
def forward_review(incident_id: IncidentId, command: ByDecider) -> None:
    """Note that the file went to the superior (公安部令第146号 Art. 72)."""
    with command.begin() as work:
        applications.forward_review(command.core, work, work.incident(incident_id))


@router.post("/incidents/{incident_id}/review/decision", status_code=204)
def decide_review(incident_id: IncidentId, body: DecideReview, command: ByDecider) -> None:
    """Note what the superior decided."""
    bounded(body)
    who = command.who.user.id
    with command.begin() as work:
        incident = work.incident(incident_id)
        applications.decide_review(command.core, work, incident, who, body)


@router.post("/incidents/{incident_id}/recusal-requests", status_code=204)
def request_recusal(incident_id: IncidentId, body: RecordRecusalRequest, command: ByCollector) -> None:
    """Take down that a party asks an officer to stand back; ``unknown-account`` for a number of nobody's."""
    bounded(body)
    with command.begin() as work:
        incident, own = work.incident(incident_id), command.who.user
        officer = incident.posts.in_charge or Officer(id=own.id, name=own.name)
        if body.officer.strip():
            found = find(work.connection, body.officer.strip())
            if found is None:
                raise DomainError("unknown-account")
            officer = Officer(id=found.user.id, name=found.user.name)
        applications.request_recusal(command.core, work, incident, body.party_id, officer, body.reason)


@router.post("/incidents/{incident_id}/recusal-requests/{request_id}/decision", status_code=204)
def decide_recusal(
    incident_id: IncidentId, request_id: RequestId, body: DecideRecusal, command: BySupervisor
) -> None:
    """Grant or refuse it within two working days (公安部令第146号 Art. 105)."""
    bounded(body)
    who = command.who.user.id
    with command.begin() as work:
        incident = work.incident(incident_id)
        applications.decide_recusal(command.core, work, incident, who, request_id, body.granted, body.note)
