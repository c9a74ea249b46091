"""The service as the use cases need it, over REST (``console.contract.desk_api``)."""

from __future__ import annotations

import base64
from typing import Any, TypeVar

from console.adapters.http_client import Ask, HttpClient
from console.contract.codec import DecodeError, decode, encode
from console.contract.desk_api import (
    AnnounceEvidence,
    CallSummary,
    CloseIncident,
    CreateLink,
    DescribePlace,
    DispatchPolice,
    EvidenceReceipt,
    HandOver,
    IssueDetermination,
    JoinedParty,
    JoinParty,
    Link,
    RulingReview,
    SendEvacuationNotice,
    Session,
    SetAccidentForm,
    SetSeatState,
    Signal,
    SignIn,
    StateFact,
    StatePartyDetails,
    WriteNotes,
)
from console.contract.tables import Tables
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, new_id
from console.domain.ruling import Ruling
from console.domain.triage import TriageFact
from console.usecases.facts import ClockMeasured
from console.usecases.ports import ServiceUnavailable

T = TypeVar("T")

UPLOAD_S = 60.0
DOCUMENT_S = 30.0


class HttpService:
    """``ServicePort`` over HTTPS."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

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
        ask = Ask(method="POST", path="/v1/sessions", body=encode(request), headers=_JSON, repeat=False)
        return self._value(Session, await self._client.send(ask))

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

    async def wrap_up(self, call_id: CallId) -> None:
        """``POST /v1/calls/{call_id}/wrap-up-done``."""
        await self._write("POST", f"/v1/calls/{call_id}/wrap-up-done")

    async def send_signal(self, call_id: CallId, signal: Signal) -> None:
        """``POST /v1/calls/{call_id}/signals``."""
        await self._write("POST", f"/v1/calls/{call_id}/signals", signal)

    async def describe_place(self, incident_id: IncidentId, request: DescribePlace) -> None:
        """``PUT …/place``."""
        await self._write("PUT", f"/v1/incidents/{incident_id}/place", request)

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

    async def dispatch(self, incident_id: IncidentId, request: DispatchPolice) -> None:
        """``POST …/dispatch``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/dispatch", request)

    async def evacuate(self, incident_id: IncidentId, request: SendEvacuationNotice) -> None:
        """``POST …/evacuation``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/evacuation", request)

    async def hand_over(self, incident_id: IncidentId, request: HandOver) -> None:
        """``POST …/hand-over``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/hand-over", request)

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

    async def close_incident(self, incident_id: IncidentId, request: CloseIncident) -> None:
        """``POST …/close``."""
        await self._write("POST", f"/v1/incidents/{incident_id}/close", request)

    async def create_link(self, request: CreateLink) -> Link:
        """``POST /v1/links``."""
        return self._value(Link, await self._write("POST", "/v1/links", request))

    async def _write(
        self, method: str, path: str, request: object | None = None, *, limit_s: float = 10.0
    ) -> bytes:
        """Send a write with one key for all its repeats."""
        ask = Ask(
            method=method,
            path=path,
            body=None if request is None else encode(request),
            headers={**_JSON, "Idempotency-Key": new_id()},
            limit_s=limit_s,
        )
        return await self._client.send(ask)

    @staticmethod
    def _value(kind: type[T], body: bytes) -> T:
        try:
            value: T = decode(kind, body)
        except DecodeError:
            raise ServiceUnavailable("unreadable") from None
        return value


_JSON: dict[str, Any] = {"Content-Type": "application/json"}
