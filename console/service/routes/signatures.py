"""What the desk says of signatures, spoken consents, service on paper, and whether the call is recorded.

A refusal or an absence is the officer's note (公安部令第146号 Art. 24); a spoken consent counts because it
lies in the recording (公安机关办理行政案件程序规定 Arts. 36, 52).
"""

from __future__ import annotations

from console.contract.signing_api import (
    NoteSignature,
    ReportRecording,
    RequestSignatures,
    ServeByHand,
    StateConsent,
)
from console.domain.call import IN_CALL
from console.domain.closing_events import (
    RecordingEnded,
    RecordingStarted,
    SignatureRecorded,
    SignaturesRequested,
)
from console.domain.determination import ServiceWay
from console.domain.errors import DomainError
from console.domain.events import ConsentRecorded
from console.domain.ids import CallId, IncidentId, PartyId
from console.domain.incident import IncidentState, require_state
from console.domain.party import Consent, ConsentItem, ConsentWay
from console.domain.signature import Signature, SignatureState, SigningRequest, text_digest
from console.service.bounds import bounded
from console.service.commands import ByCollector, ByRulingOfficer
from console.service.documents_sheet import signing_text
from console.service.guards import answered_call
from console.service.notices import serve
from console.service.routes.room import Room
from console.service.ruling_review import issuable

router = Room("/v1", "signatures")


@router.put("/calls/{call_id}/recording", status_code=204)
def report_recording(call_id: CallId, body: ReportRecording, command: ByCollector) -> None:
    """Say that the call is being recorded from now on, or no more; refused before the party was told of it.

    Recording begins after the recording notice was received (``recording-not-announced``).
    """
    bounded(body)
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        incident = work.incident(call.incident_id)
        running = incident.recording is not None and incident.recording.call_id == call_id
        if not body.running:
            if running:
                work.record(incident.id, RecordingEnded(call_id=call_id, reason=body.reason))
            return
        if call.state not in IN_CALL:
            raise DomainError("no-call")
        told = incident.party(call.party_id).consent(ConsentItem.RECORDING_NOTICE)
        if told is None or not told.given:
            raise DomainError("recording-not-announced")
        if not running:
            work.record(incident.id, RecordingStarted(call_id=call_id))


@router.post("/incidents/{incident_id}/signature-requests", status_code=204)
def request_signatures(incident_id: IncidentId, body: RequestSignatures, command: ByRulingOfficer) -> None:
    """Show the saved ruling to the parties so that they sign it.

    Refusals: those of issuing a ruling that is not ready, ``recording-not-running`` without a reason.
    """
    bounded(body)
    reason = body.unrecorded_reason.strip()
    with command.begin() as work:
        incident = work.incident(incident_id)
        require_state(incident, IncidentState.ISSUED)
        ruling = issuable(incident, command.core.rules)
        if incident.recording is None and not reason:
            raise DomainError("recording-not-running")
        text = signing_text(incident, ruling, command.core.rules)
        request = SigningRequest(text=text, sha256=text_digest(text), unrecorded_reason=reason)
        if request != incident.signing:
            work.record(incident_id, SignaturesRequested(request=request))


@router.put("/incidents/{incident_id}/parties/{party_id}/signature", status_code=204)
def note_signature(
    incident_id: IncidentId, party_id: PartyId, body: NoteSignature, command: ByRulingOfficer
) -> None:
    """Note that a party refuses to sign, or is not there to sign, and why.

    A refusal is one of a text that was shown: ``not-asked-to-sign`` before that.
    """
    bounded(body)
    if body.state not in {SignatureState.REFUSED, SignatureState.ABSENT}:
        raise DomainError("invalid-request", places="state: enum")
    if not body.reason.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        require_state(incident, IncidentState.ISSUED)
        party = incident.party(party_id)
        refused = body.state is SignatureState.REFUSED
        if refused and incident.signing is None:
            raise DomainError("not-asked-to-sign")
        recording = incident.recording if refused else None
        signature = Signature(
            party_id=party.id,
            state=body.state,
            at=work.now,
            text_sha256=incident.signing.sha256 if refused and incident.signing else "",
            recorded_s=None if recording is None else recording.moment_s(work.now),
            reason=body.reason.strip(),
        )
        work.record(incident_id, SignatureRecorded(signature=signature))


@router.post("/incidents/{incident_id}/parties/{party_id}/consents", status_code=204)
def state_consent(
    incident_id: IncidentId, party_id: PartyId, body: StateConsent, command: ByCollector
) -> None:
    """Take down a party's spoken answer, with its moment in the running recording.

    ``recording-not-running`` otherwise: a spoken consent proves nothing that was not recorded. The recording
    notice itself comes before any recording.
    """
    bounded(body)
    with command.begin() as work:
        incident = work.incident(incident_id)
        party = incident.party(party_id)
        recording = incident.recording
        if recording is None and body.item is not ConsentItem.RECORDING_NOTICE:
            raise DomainError("recording-not-running")
        consent = Consent(
            item=body.item,
            given=body.given,
            wording=body.wording,
            way=ConsentWay.VOICE,
            at=work.now,
            recorded_s=None if recording is None else recording.moment_s(work.now),
        )
        work.record(incident_id, ConsentRecorded(party_id=party.id, consent=consent))


@router.post("/incidents/{incident_id}/parties/{party_id}/service", status_code=204)
def serve_by_hand(
    incident_id: IncidentId, party_id: PartyId, body: ServeByHand, command: ByCollector
) -> None:
    """Record that the issued document was handed over on paper or refused; once a party."""
    bounded(body)
    if body.way not in {ServiceWay.PAPER, ServiceWay.REFUSED}:
        raise DomainError("invalid-request", places="way: enum")
    if not body.note.strip():
        raise DomainError("reason-missing")
    with command.begin() as work:
        incident = work.incident(incident_id)
        if incident.document is None:
            raise DomainError("not-issued")
        party = incident.party(party_id)
        serve(command.core, work, incident.id, party.id, way=body.way, note=body.note.strip())
