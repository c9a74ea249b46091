"""The service as the desk's port has it, in memory: does the real thing, and fails on demand."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from datetime import datetime, timedelta

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
    Role,
    RulingReview,
    SendEvacuationNotice,
    Session,
    SetAccidentForm,
    SetSeatState,
    Signal,
    SignIn,
    StateFact,
    StatePartyDetails,
    User,
    WriteNotes,
)
from console.contract.tables import Tables
from console.domain.errors import DomainError
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, SeatId, UserId
from console.domain.ruling import Ruling, problems
from console.domain.triage import TriageFact
from console.usecases.facts import ClockMeasured
from tests.fakes import NOW, SEAT, WAIT_S


class FakeService:
    """``ServicePort`` in memory. ``asked`` lists what was asked; ``trouble`` by name is raised once each."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []
        self.trouble: dict[str, deque[Exception]] = defaultdict(deque)
        self.winners: dict[CallId, tuple[SeatId, str]] = {}
        self.evidence: dict[EvidenceId, bytes] = {}
        self.token = ""
        self.measured: ClockMeasured | None = ClockMeasured(offset_ms=120, uncertainty_ms=5)
        self._news = asyncio.Event()

    async def until(self, name: str, count: int = 1) -> list[object]:
        """Return the requests called ``name`` once there are ``count``."""
        async with asyncio.timeout(WAIT_S):
            while len(found := [request for asked, request in self.asked if asked == name]) < count:
                self._news.clear()
                await self._news.wait()
        return found

    def _take(self, name: str, request: object) -> None:
        self.asked.append((name, request))
        self._news.set()
        if self.trouble[name]:
            raise self.trouble[name].popleft()

    def use_token(self, token: str) -> None:
        self.token = token

    def clock(self) -> ClockMeasured | None:
        return self.measured

    async def measure_clock(self) -> None:
        self._take("measure_clock", None)

    async def sign_in(self, request: SignIn) -> Session:
        self._take("sign_in", request)
        if request.password != "right":
            raise DomainError("wrong-credentials")
        return session(request.seat)

    async def sign_out(self) -> None:
        self._take("sign_out", None)

    async def set_seat(self, request: SetSeatState) -> None:
        self._take("set_seat", request)

    async def answer(self, call_id: CallId) -> CallSummary:
        self._take("answer", call_id)
        seat, name = self.winners.setdefault(call_id, (SEAT, "示例安"))
        if seat != SEAT:
            raise DomainError("call-taken", seat=seat, user_name=name)
        return CallSummary(call_id=call_id, incident_id=IncidentId("incident"))

    async def pass_on(self, call_id: CallId) -> None:
        self._take("pass_on", call_id)

    async def hang_up(self, call_id: CallId) -> None:
        self._take("hang_up", call_id)

    async def wrap_up(self, call_id: CallId) -> None:
        self._take("wrap_up", call_id)

    async def send_signal(self, call_id: CallId, signal: Signal) -> None:
        self._take(f"signal {signal.kind}", signal)

    async def describe_place(self, incident_id: IncidentId, request: DescribePlace) -> None:
        self._take("describe_place", request)

    async def write_notes(self, incident_id: IncidentId, request: WriteNotes) -> None:
        self._take("write_notes", request)

    async def set_form(self, incident_id: IncidentId, request: SetAccidentForm) -> None:
        self._take("set_form", request)

    async def state_fact(self, incident_id: IncidentId, fact: TriageFact, request: StateFact) -> None:
        self._take("state_fact", (fact, request.answer))

    async def state_details(
        self, incident_id: IncidentId, party_id: PartyId, request: StatePartyDetails
    ) -> None:
        self._take("state_details", (party_id, request.details))

    async def join_party(self, incident_id: IncidentId, request: JoinParty) -> JoinedParty:
        self._take("join_party", request)
        return JoinedParty(party_id=PartyId("party-b"), label="乙")

    async def announce_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, request: AnnounceEvidence
    ) -> None:
        self._take("announce_evidence", evidence_id)

    async def upload_evidence(
        self, incident_id: IncidentId, evidence_id: EvidenceId, content: bytes, sha256: str, media_type: str
    ) -> EvidenceReceipt:
        self._take("upload_evidence", evidence_id)
        self.evidence[evidence_id] = content
        return EvidenceReceipt(
            evidence_id=evidence_id,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            received_at=NOW,
        )

    async def read_evidence(self, incident_id: IncidentId, evidence_id: EvidenceId) -> bytes:
        return self.evidence[evidence_id]

    async def dispatch(self, incident_id: IncidentId, request: DispatchPolice) -> None:
        self._take("dispatch", request)

    async def evacuate(self, incident_id: IncidentId, request: SendEvacuationNotice) -> None:
        self._take("evacuate", request)

    async def hand_over(self, incident_id: IncidentId, request: HandOver) -> None:
        self._take("hand_over", request)

    async def tables(self) -> Tables:
        return Tables(faults=(), codes={})

    async def save_ruling(self, incident_id: IncidentId, ruling: Ruling) -> RulingReview:
        self._take("save_ruling", ruling)
        return RulingReview(version=len(self.asked), problems=problems(ruling))

    async def preview_determination(self, incident_id: IncidentId) -> bytes:
        self._take("preview_determination", incident_id)
        return b"%PDF preview"

    async def issue_determination(self, incident_id: IncidentId, request: IssueDetermination) -> None:
        self._take("issue_determination", request)

    async def read_determination(self, incident_id: IncidentId) -> bytes:
        return b"%PDF issued"

    async def close_incident(self, incident_id: IncidentId, request: CloseIncident) -> None:
        self._take("close_incident", request)

    async def create_link(self, request: CreateLink) -> Link:
        self._take("create_link", request)
        return Link(url="https://127.0.0.1/p/token", expires_at=NOW)


def session(seat: SeatId = SEAT, expires_at: datetime = NOW + timedelta(hours=12)) -> Session:
    """Return the session of the training officer."""
    return Session(
        token="token",
        expires_at=expires_at,
        user=User(
            id=UserId("officer"),
            name="示例安",
            number="900010",
            roles=(Role.CALL_TAKER, Role.RULING_OFFICER),
            qualified=True,
        ),
        seat=seat,
        training=True,
        server_time=NOW,
    )
