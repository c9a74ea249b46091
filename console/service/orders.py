"""What a case tells systems elsewhere: which police to send, which document was issued, which claim begins.

A channel that the city has not connected is told nothing; the desk then does by telephone what it did before.
"""

from __future__ import annotations

from console.contract.delivery_api import (
    AccidentRecord,
    ClaimOrder,
    Contact,
    DispatchOrder,
    PushOrder,
    RecordedParty,
)
from console.domain.call import CallSource
from console.domain.delivery import Channel, claim_of
from console.domain.determination import Determination
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.ruling import Liability, Outcome
from console.service import outbox
from console.service.core import Core
from console.service.deliveries.training import NoReceiver
from console.service.journal import Work, read_incident_calls


def connected(core: Core, channel: Channel) -> bool:
    """Tell whether there is anybody at the other end of ``channel``."""
    return not isinstance(core.receivers[channel], NoReceiver)


def send_police(core: Core, work: Work, incident_id: IncidentId) -> None:
    """Order the district police whom the desk has just sent."""
    incident = work.incident(incident_id)
    dispatch = incident.dispatch
    if dispatch is None or not connected(core, Channel.DISPATCH):
        return
    units = {found.unit for found in incident.whereabouts if found.unit}
    order = DispatchOrder(
        incident_number=incident.number,
        reason=dispatch.reason,
        note=dispatch.note,
        unit=" / ".join(sorted(units)),
        road=incident.road_text,
        landmark=incident.landmark_text,
        position=incident.position,
        contacts=tuple(
            Contact(label=party.label, phone=party.details.phone)
            for party in incident.parties
            if party.details.phone
        ),
        ordered_at=dispatch.at,
    )
    outbox.queue(work, Channel.DISPATCH, incident_id, order)


def push_evacuation(core: Core, work: Work, incident: Incident, text: str) -> None:
    """Tell whoever called by the app to clear the road in the app as well; others are told by SMS alone."""
    if not connected(core, Channel.PUSH):
        return
    by_app = {
        call.party_id
        for call in read_incident_calls(work.connection, incident.id)
        if call.source is CallSource.APP
    }
    for party in incident.parties:
        if party.id in by_app and party.details.phone:
            order = PushOrder(phone=party.details.phone, title="请撤离事故现场", text=text)
            outbox.queue(work, Channel.PUSH, incident.id, order, party_id=party.id)


def report_document(core: Core, work: Work, incident: Incident) -> None:
    """Report an issued document to the national system (公安部令第146号 Art. 6)."""
    document = incident.determination
    if document is None or not connected(core, Channel.REGISTRY):
        return
    shares = {one.party_id: one for one in document.ruling.parties}
    parties = []
    for party in incident.parties:
        share = shares.get(party.id)
        known = party.details
        parties.append(
            RecordedParty(
                label=party.label,
                name=known.name,
                id_number=known.id_number,
                plate=known.plate,
                plate_kind=known.plate_kind,
                insurer=known.insurer,
                policy_number=known.policy_number,
                liability=None if share is None else share.liability,
                faults=() if share is None else tuple(fault.code for fault in share.faults),
            )
        )
    record = AccidentRecord(
        incident_number=incident.number,
        document_number=document.number,
        outcome=document.ruling.outcome,
        issued_at=document.issued_at,
        happened_at=incident.happened_at,
        place=_place(incident),
        pdf_sha256=document.pdf_sha256,
        parties=tuple(parties),
    )
    outbox.queue(work, Channel.REGISTRY, incident.id, record)


def may_claim(core: Core, incident: Incident, party: Party) -> bool:
    """Tell whether the page offers to start a claim: there is a document that settles shares, served on the
    party, and an insurer to tell.
    """
    document = incident.document
    return (
        document is not None
        and document.ruling.outcome in {Outcome.RULING, Outcome.NO_FAULT}
        and party.id in {one.party_id for one in document.served}
        and bool(party.details.insurer.strip())
        and connected(core, Channel.INSURER)
    )


def start_claim(core: Core, work: Work, incident: Incident, party: Party) -> None:
    """Start the party's claim with its insurer, once; raise ``claim-not-possible``."""
    document = incident.determination
    if document is None or not may_claim(core, incident, party):
        raise DomainError("claim-not-possible")
    if claim_of(incident.deliveries, party.id) is not None:
        return
    known = party.details
    order = ClaimOrder(
        incident_number=incident.number,
        document_number=document.number,
        happened_at=incident.happened_at,
        place=_place(incident),
        insurer=known.insurer,
        policy_number=known.policy_number,
        plate=known.plate,
        plate_kind=known.plate_kind,
        claimant=known.name,
        phone=known.phone,
        liability=_liability(document, party.id),
    )
    outbox.queue(work, Channel.INSURER, incident.id, order, party_id=party.id)


def _liability(document: Determination, party_id: PartyId) -> Liability | None:
    return next((one.liability for one in document.ruling.parties if one.party_id == party_id), None)


def _place(incident: Incident) -> str:
    return " ".join(part for part in (incident.road_text, incident.landmark_text) if part)
