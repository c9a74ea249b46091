"""Verification of the parties: asking again, findings of a person, values taken over, silent codes."""

from __future__ import annotations

from dataclasses import replace

from console.contract.verification_api import (
    AdoptRegistered,
    FindManually,
    SilentAlerts,
    SilentCount,
    StartChecks,
    ViewSilentAlerts,
)
from console.domain.checking import ASKS, basis, missing
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, PartyId
from console.domain.statement import stated
from console.domain.verification import (
    CheckItem,
    CheckResult,
    ChecksRecorded,
    ChecksStarted,
    RegisteredValueAdopted,
    Source,
    adopted,
)
from console.service import silent
from console.service.auth import DeskUser
from console.service.bounds import bounded
from console.service.commands import ByCollector, ByDeskUser, ByRulingOfficer
from console.service.core import Here
from console.service.guards import editable
from console.service.routes.room import Room

router = Room("/v1/incidents/{incident_id}", "verification")


@router.post("/parties/{party_id}/checks", status_code=204)
def start_checks(incident_id: IncidentId, party_id: PartyId, body: StartChecks, command: ByCollector) -> None:
    """Ask the sources again; an item that is being asked already goes on."""
    with command.begin() as work:
        incident = editable(work, incident_id)
        known = stated(incident, incident.party(party_id))
        for item in body.items:
            if item not in ASKS:
                raise DomainError("check-elsewhere", item=item.value)
            if missing(item, known):
                raise DomainError("check-lacks", item=item.value, reason=missing(item, known))
        wanted = body.items or tuple(item for item in ASKS if not missing(item, known))
        verification = incident.verification(party_id)
        idle = tuple(
            item
            for item in dict.fromkeys(wanted)
            if verification.check(item).result is not CheckResult.PENDING
        )
        if idle:
            work.record(incident_id, ChecksStarted(party_id=party_id, items=idle))


@router.put("/parties/{party_id}/checks/{item}", status_code=204)
def find_manually(
    incident_id: IncidentId, party_id: PartyId, item: CheckItem, body: FindManually, command: ByCollector
) -> None:
    """Record a person's finding beside what the source said, with reason and picture."""
    bounded(body)
    if item not in ASKS:
        raise DomainError("check-elsewhere", item=item.value)
    if not body.note.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = editable(work, incident_id)
        known = stated(incident, incident.party(party_id))
        if body.evidence_id not in {evidence.id for evidence in incident.evidence}:
            raise DomainError("unknown-evidence")
        found = replace(
            incident.verification(party_id).check(item),
            result=CheckResult.MANUAL,
            reason="",
            source=Source.OFFICER,
            at=work.now,
            next_try_at=None,
            by=work.actor,
            note=body.note.strip(),
            evidence_id=body.evidence_id,
            basis=basis(item, known, incident.happened_at),
        )
        work.record(incident_id, ChecksRecorded(party_id=party_id, checks=(found,)))


@router.post("/parties/{party_id}/adoptions", status_code=204)
def adopt(
    incident_id: IncidentId, party_id: PartyId, body: AdoptRegistered, command: ByRulingOfficer
) -> None:
    """Take a registered value over into the party's details: an officer's confirmation of it."""
    bounded(body)
    with command.begin() as work:
        incident = editable(work, incident_id)
        incident.party(party_id)
        value = adopted(incident.verification(party_id), body.field)
        if value != body.value:
            raise DomainError("stale", version=incident.version)
        work.record(incident_id, RegisteredValueAdopted(party_id=party_id, field=body.field, value=value))


@router.get("/silent-alerts")
def count_silent(incident_id: IncidentId, who: DeskUser, core: Here) -> SilentCount:
    """Return how many silent codes stand."""
    with core.database.read() as connection:
        silent.require_silent(connection, incident_id, who)
        return SilentCount(count=len(silent.read(connection, incident_id)))


@router.post("/silent-alerts/views")
def view_silent(incident_id: IncidentId, body: ViewSilentAlerts, command: ByDeskUser) -> SilentAlerts:
    """Return the silent codes and log the look."""
    bounded(body)
    if not body.reason.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        silent.require_silent(work.connection, incident_id, command.who)
        alerts = silent.read(work.connection, incident_id)
        command.trail.because(body.reason.strip())
        silent.log_view(work, incident_id, command.who, body.reason.strip(), alerts)
        return work.answer(SilentAlerts(alerts=alerts))
