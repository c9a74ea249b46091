"""The service as the use cases need it, over REST (``console.contract.desk_api``)."""

from __future__ import annotations

import base64
from typing import TypeVar

from console.adapters.http_client import Ask, Renew
from console.adapters.http_posts import PostRequests
from console.adapters.http_requests import JSON
from console.contract import signing_api as signing
from console.contract.by_photo_api import AskPhoto
from console.contract.codec import encode
from console.contract.desk_api import (
    AnnounceEvidence,
    CallSummary,
    ChangePassword,
    CloseIncident,
    ConfirmField,
    CreateLink,
    DescribePlace,
    EvidenceReceipt,
    IssueDetermination,
    JoinedParty,
    JoinParty,
    Link,
    MapAccess,
    PinPlace,
    RenewSession,
    RulingReview,
    Session,
    SetAccidentForm,
    SetSeatState,
    Signal,
    SignIn,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    ViewParty,
    WriteNotes,
)
from console.contract.evidence_api import DiscardEvidence
from console.contract.face_api import CompareFaces, JudgeFaces
from console.contract.lock_api import Unlock
from console.contract.tables import Tables
from console.contract.training_api import RunningParty, ScenarioSummary, SpoilView, StartParty
from console.contract.verification_api import (
    AdoptRegistered,
    FindManually,
    SilentAlerts,
    SilentCount,
    StartChecks,
    ViewSilentAlerts,
)
from console.domain.errors import DomainError
from console.domain.faces import FaceCheck
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, new_id
from console.domain.recognition import FieldName
from console.domain.ruling import Ruling
from console.domain.triage import TriageFact
from console.domain.verification import CheckItem
from console.usecases.facts import ClockMeasured

T = TypeVar("T")

UPLOAD_S = 60.0
DOCUMENT_S = 30.0
FACES_S = 70.0


class HttpService(PostRequests):
    """``ServicePort`` over HTTPS."""

    def use_token(self, token: str) -> None:
        """Send this bearer token from now on; an empty one sends none."""
        self._client.use_token(token)

    def clock(self) -> ClockMeasured | None:
        """Return the best measurement of the clocks among recent answers."""
        return self._client.clock()

    async def measure_clock(self) -> None:
        """Ask for the service's time; its header is measured like that of every answer."""
        await self._client.send(Ask(method="GET", path="/v1/time"))

    async def sign_in(self, request: SignIn) -> Session:
        """``POST /v1/sessions``; never repeated, for failed attempts are counted."""
        return self._value(Session, await self._once("POST", "/v1/sessions", request, renew=False))

    def renew_with(self, renew: Renew) -> None:
        """Await ``renew`` when the token has run out."""
        self._client.renew_with(renew)

    async def renew(self, request: RenewSession) -> Session:
        """``POST /v1/sessions/renewal``; an answer that was lost may be asked for again at once."""
        path = "/v1/sessions/renewal"
        ask = Ask(method="POST", path=path, body=encode(request), headers=JSON, renew=False)
        return self._value(Session, await self._client.send(ask))

    async def change_password(self, request: ChangePassword) -> None:
        """``PUT /v1/accounts/current/password``; never repeated, for failed attempts are counted."""
        await self._once("PUT", "/v1/accounts/current/password", request)

    async def unlock(self, request: Unlock) -> None:
        """``POST /v1/sessions/current/unlock``; never repeated, for failed attempts are counted."""
        await self._once("POST", "/v1/sessions/current/unlock", request)

    async def sign_out(self) -> None:
        """``DELETE /v1/sessions/current``."""
        await self._write("DELETE", "/v1/sessions/current")

    async def set_seat(self, request: SetSeatState) -> None:
        """``PUT /v1/seats/current``."""
        await self._write("PUT", "/v1/seats/current", request)

    async def answer(self, call_id: CallId) -> CallSummary:
        """``POST /v1/calls/{call_id}/answer``."""
        return self._value(CallSummary, await self._write("POST", f"/v1/calls/{call_id}/answer"))

    async def pass_on(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/pass``."""
        await self._write("POST", f"/v1/calls/{call_id}/pass")

    async def hang_up(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/hang-up``."""
        await self._write("POST", f"/v1/calls/{call_id}/hang-up")

    async def tell_to_resume(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/resume-message``."""
        await self._write("POST", f"/v1/calls/{call_id}/resume-message")

    async def ask_photo(self, call_id: CallId, request: AskPhoto) -> None:
        """``POST /v1/calls/{call_id}/photos``."""
        await self._write("POST", f"/v1/calls/{call_id}/photos", request)

    async def end_photos(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/photos/end``."""
        await self._write("POST", f"/v1/calls/{call_id}/photos/end")

    async def wrap_up(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/wrap-up-done``."""
        await self._write("POST", f"/v1/calls/{call_id}/wrap-up-done")

    async def send_signal(self, call_id: CallId, signal: Signal) -> None:
        """``POST /v1/calls/{call_id}/signals``."""
        await self._write("POST", f"/v1/calls/{call_id}/signals", signal)

    async def describe_place(self, incident_id: IncidentId, request: DescribePlace) -> None:
        """``PUT …/place``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/place", request)

    async def state_time(self, incident_id: IncidentId, request: StateAccidentTime) -> None:
        """``PUT …/time``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/time", request)

    async def start_checks(self, incident_id: IncidentId, party_id: PartyId, request: StartChecks) -> None:
        """``POST …/parties/{party_id}/checks``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/parties/{party_id}/checks", request)

    async def find_manually(
        self, incident_id: IncidentId, party_id: PartyId, item: CheckItem, request: FindManually
    ) -> None:
        """``PUT …/parties/{party_id}/checks/{item}``."""
        path = f"/v1/incidents/{incident_id}/parties/{party_id}/checks/{item.value}"
        await self._write("PUT", path, request)

    async def adopt_registered(
        self, incident_id: IncidentId, party_id: PartyId, request: AdoptRegistered
    ) -> None:
        """``POST …/parties/{party_id}/adoptions``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/parties/{party_id}/adoptions", request)

    async def count_silent(self, incident_id: IncidentId) -> SilentCount:
        """``GET …/silent-alerts``."""
        path = f"/v1/incidents/{incident_id}/silent-alerts"
        return self._value(SilentCount, await self._client.send(Ask(method="GET", path=path)))

    async def view_silent(self, incident_id: IncidentId, request: ViewSilentAlerts) -> SilentAlerts:
        """``POST …/silent-alerts/views``."""
        path = f"/v1/incidents/{incident_id}/silent-alerts/views"
        return self._value(SilentAlerts, await self._write("POST", path, request))

    async def pin_place(self, incident_id: IncidentId, request: PinPlace) -> None:
        """``PUT …/pin``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/pin", request)

    async def map_access(self) -> MapAccess:
        """``GET /v1/map``."""
        return self._value(MapAccess, await self._client.send(Ask(method="GET", path="/v1/map")))

    async def has_tile(self, path: str) -> bool:
        """Ask for a tile; only its being there is of interest."""
        try:
            await self._client.send(Ask(method="GET", path=path, repeat=False))
        except DomainError as refusal:
            if refusal.code != "tile-missing":
                raise
            return False
        return True

    async def write_notes(self, incident_id: IncidentId, request: WriteNotes) -> None:
        """``PUT …/notes``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/notes", request)

    async def set_form(self, incident_id: IncidentId, request: SetAccidentForm) -> None:
        """``PUT …/form``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/form", request)

    async def state_fact(self, incident_id: IncidentId, fact: TriageFact, request: StateFact) -> None:
        """``PUT …/facts/{fact}``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/facts/{fact.value}", request)

    async def state_details(
        self, incident_id: IncidentId, party_id: PartyId, request: StatePartyDetails
    ) -> None:
        """``PUT …/parties/{party_id}``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/parties/{party_id}", request)

    async def join_party(self, incident_id: IncidentId, request: JoinParty) -> JoinedParty:
        """``POST …/parties``."""
        body = await self._write("POST", f"/v1/incidents/{incident_id}/parties", request)
        return self._value(JoinedParty, body)

    async def compare_faces(
        self, incident_id: IncidentId, party_id: PartyId, request: CompareFaces
    ) -> FaceCheck:
        """``POST …/parties/{party_id}/face-checks``."""
        path = f"/v1/incidents/{incident_id}/parties/{party_id}/face-checks"
        return self._value(FaceCheck, await self._write("POST", path, request, limit_s=FACES_S))

    async def judge_faces(self, incident_id: IncidentId, party_id: PartyId, request: JudgeFaces) -> FaceCheck:
        """``POST …/parties/{party_id}/face-judgements``."""
        path = f"/v1/incidents/{incident_id}/parties/{party_id}/face-judgements"
        return self._value(FaceCheck, await self._write("POST", path, request))

    async def registry_photo(self, incident_id: IncidentId, party_id: PartyId) -> bytes:
        """``GET …/parties/{party_id}/registry-photo``."""
        path = f"/v1/incidents/{incident_id}/parties/{party_id}/registry-photo"
        return await self._client.send(Ask(method="GET", path=path))

    async def view_party(self, incident_id: IncidentId, party_id: PartyId, request: ViewParty) -> None:
        """``POST …/parties/{party_id}/views``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/parties/{party_id}/views", request)

    async def announce_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, request: AnnounceEvidence
    ) -> None:
        """``PUT …/evidence/{evidence_id}``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/evidence/{evidence_id}", request)

    async def upload_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, content: bytes, sha256: str, media_type: str
    ) -> EvidenceReceipt:
        """``PUT …/evidence/{evidence_id}/content`` with ``Content-Digest`` (RFC 9530).

        Not repeated here: the outbox decides when. The same id and digest give the same receipt.
        """
        digest = base64.b64encode(bytes.fromhex(sha256)).decode()
        ask = Ask(
            method="PUT",
            path=f"/v1/incidents/{incident_id}/evidence/{evidence_id}/content",
            body=content,
            headers={
                "Content-Type": media_type,
                "Content-Digest": f"sha-256=:{digest}:",
                "Idempotency-Key": new_id(),
            },
            repeat=False,
            limit_s=UPLOAD_S,
        )
        return self._value(EvidenceReceipt, await self._client.send(ask))

    async def read_evidence(self, incident_id: IncidentId, evidence_id: EvidenceId) -> bytes:
        """``GET …/evidence/{evidence_id}/content``."""
        path = f"/v1/incidents/{incident_id}/evidence/{evidence_id}/content"
        return await self._client.send(Ask(method="GET", path=path, limit_s=UPLOAD_S))

    async def ask_for_reading(self, incident_id: IncidentId, evidence_id: EvidenceId) -> None:
        """``POST …/evidence/{evidence_id}/reading``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/evidence/{evidence_id}/reading")

    async def discard_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, request: DiscardEvidence
    ) -> None:
        """``POST …/evidence/{evidence_id}/discard``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/evidence/{evidence_id}/discard", request)

    async def confirm_field(
        self, incident_id: IncidentId, evidence_id: EvidenceId, field: FieldName, request: ConfirmField
    ) -> None:
        """``PUT …/evidence/{evidence_id}/fields/{field}``."""
        path = f"/v1/incidents/{incident_id}/evidence/{evidence_id}/fields/{field.value}"
        await self._write("PUT", path, request)

    async def tables(self) -> Tables:
        """``GET /v1/tables``."""
        return self._value(Tables, await self._client.send(Ask(method="GET", path="/v1/tables")))

    async def save_ruling(self, incident_id: IncidentId, ruling: Ruling) -> RulingReview:
        """``PUT …/ruling``."""
        return self._value(
            RulingReview, await self._write("PUT", f"/v1/incidents/{incident_id}/ruling", ruling)
        )

    async def preview_determination(self, incident_id: IncidentId) -> bytes:
        """``GET …/ruling/preview.pdf``."""
        path = f"/v1/incidents/{incident_id}/ruling/preview.pdf"
        return await self._client.send(Ask(method="GET", path=path, limit_s=DOCUMENT_S))

    async def issue_determination(self, incident_id: IncidentId, request: IssueDetermination) -> None:
        """``POST …/determination``."""
        path = f"/v1/incidents/{incident_id}/determination"
        await self._write("POST", path, request, limit_s=DOCUMENT_S)

    async def read_determination(self, incident_id: IncidentId) -> bytes:
        """``GET …/determination.pdf``."""
        path = f"/v1/incidents/{incident_id}/determination.pdf"
        return await self._client.send(Ask(method="GET", path=path, limit_s=DOCUMENT_S))

    async def report_recording(self, call_id: CallId, request: signing.ReportRecording) -> None:
        """``PUT /v1/calls/{call_id}/recording``."""
        await self._write("PUT", f"/v1/calls/{call_id}/recording", request)

    async def request_signatures(self, incident_id: IncidentId, request: signing.RequestSignatures) -> None:
        """``POST …/signature-requests``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/signature-requests", request)

    async def note_signature(
        self, incident_id: IncidentId, party_id: PartyId, request: signing.NoteSignature
    ) -> None:
        """``PUT …/parties/{party_id}/signature``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/parties/{party_id}/signature", request)

    async def state_consent(
        self, incident_id: IncidentId, party_id: PartyId, request: signing.StateConsent
    ) -> None:
        """``POST …/parties/{party_id}/consents``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/parties/{party_id}/consents", request)

    async def serve_by_hand(
        self, incident_id: IncidentId, party_id: PartyId, request: signing.ServeByHand
    ) -> None:
        """``POST …/parties/{party_id}/service``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/parties/{party_id}/service", request)

    async def close_incident(self, incident_id: IncidentId, request: CloseIncident) -> None:
        """``POST …/close``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/close", request)

    async def create_link(self, request: CreateLink) -> Link:
        """``POST /v1/links``."""
        return self._value(Link, await self._write("POST", "/v1/links", request))

    async def scenarios(self) -> tuple[ScenarioSummary, ...]:
        """``GET /v1/training/scenarios``."""
        ask = Ask(method="GET", path="/v1/training/scenarios")
        return self._value(tuple[ScenarioSummary, ...], await self._client.send(ask))

    async def running_parties(self) -> tuple[RunningParty, ...]:
        """``GET /v1/training/parties``."""
        ask = Ask(method="GET", path="/v1/training/parties")
        return self._value(tuple[RunningParty, ...], await self._client.send(ask))

    async def start_party(self, request: StartParty) -> RunningParty:
        """``POST /v1/training/parties``."""
        return self._value(RunningParty, await self._write("POST", "/v1/training/parties", request))

    async def spoil_view(self, party: str, request: SpoilView) -> None:
        """``POST /v1/training/parties/{party}/view``."""
        await self._write("POST", f"/v1/training/parties/{party}/view", request)

    async def stop_party(self, party: str) -> None:
        """``DELETE /v1/training/parties/{party}``."""
        await self._write("DELETE", f"/v1/training/parties/{party}")
