"""The service as the desk's port has it, in memory: does the real thing, and fails on demand."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from console.contract.desk_api import (
    AnnounceEvidence,
    CallSummary,
    ChangePassword,
    CloseIncident,
    ConfirmField,
    CreateLink,
    DescribePlace,
    DispatchPolice,
    EvidenceReceipt,
    HandOver,
    IssueDetermination,
    JoinedParty,
    JoinParty,
    Link,
    MapAccess,
    PinPlace,
    RenewSession,
    ReturnForEvidence,
    Role,
    RulingReview,
    SendEvacuationNotice,
    Session,
    SetAccidentForm,
    SetSeatState,
    Signal,
    SignIn,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    User,
    ViewParty,
    WriteNotes,
)
from console.contract.face_api import CompareFaces, JudgeFaces
from console.contract.lock_api import Unlock
from console.contract.signing_api import (
    NoteSignature,
    ReportRecording,
    RequestSignatures,
    ServeByHand,
    StateConsent,
)
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
from console.domain.evidence import AccidentForm
from console.domain.faces import FaceBand, FaceCheck, FaceMethod
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, SeatId, UserId
from console.domain.recognition import FieldName
from console.domain.ruling import Ruling, problems
from console.domain.triage import TriageFact
from console.domain.verification import CheckItem
from console.usecases.facts import ClockMeasured
from tests.fake_posts import FakePosts
from tests.fakes import NOW, SEAT, WAIT_S


class FakeService(FakePosts):
    """``ServicePort`` in memory. ``asked`` lists what was asked; ``trouble`` by name is raised once each."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []
        self.trouble: dict[str, deque[Exception]] = defaultdict(deque)
        self.winners: dict[CallId, tuple[SeatId, str]] = {}
        self.evidence: dict[EvidenceId, bytes] = {}
        self.map: MapAccess | None = None
        self.drawn = True
        self.silent = 0
        self.playing: dict[str, RunningParty] = {}
        self.token = ""
        self.renewal: Callable[[], Awaitable[None]] | None = None
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

    def renew_with(self, renew: Callable[[], Awaitable[None]]) -> None:
        self.renewal = renew

    async def renew(self, request: RenewSession) -> Session:
        self._take("renew", request)
        return replace(session(), token="token-2", renewal_token="renewal-2")

    async def change_password(self, request: ChangePassword) -> None:
        self._take("change_password", request)

    async def unlock(self, request: Unlock) -> None:
        self._take("unlock", request)

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

    async def state_time(self, incident_id: IncidentId, request: StateAccidentTime) -> None:
        self._take("state_time", request.occurred_at)

    async def start_checks(self, incident_id: IncidentId, party_id: PartyId, request: StartChecks) -> None:
        self._take("start_checks", (party_id, request.items))

    async def find_manually(
        self, incident_id: IncidentId, party_id: PartyId, item: CheckItem, request: FindManually
    ) -> None:
        self._take("find_manually", (party_id, item, request))

    async def adopt_registered(
        self, incident_id: IncidentId, party_id: PartyId, request: AdoptRegistered
    ) -> None:
        self._take("adopt_registered", (party_id, request))

    async def count_silent(self, incident_id: IncidentId) -> SilentCount:
        self._take("count_silent", incident_id)
        return SilentCount(count=self.silent)

    async def view_silent(self, incident_id: IncidentId, request: ViewSilentAlerts) -> SilentAlerts:
        self._take("view_silent", request.reason)
        return SilentAlerts(alerts=())

    async def pin_place(self, incident_id: IncidentId, request: PinPlace) -> None:
        self._take("pin_place", request)

    async def map_access(self) -> MapAccess:
        self._take("map_access", None)
        if self.map is None:
            raise DomainError("no-map")
        return self.map

    async def has_tile(self, path: str) -> bool:
        self._take("has_tile", path)
        return self.drawn

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

    async def compare_faces(
        self, incident_id: IncidentId, party_id: PartyId, request: CompareFaces
    ) -> FaceCheck:
        self._take("compare_faces", (party_id, request))
        return face_check(party_id, request, FaceBand.LIKELY_SAME)

    async def judge_faces(self, incident_id: IncidentId, party_id: PartyId, request: JudgeFaces) -> FaceCheck:
        self._take("judge_faces", (party_id, request))
        return face_check(party_id, request, request.band)

    async def registry_photo(self, incident_id: IncidentId, party_id: PartyId) -> bytes:
        self._take("registry_photo", party_id)
        return b"photo"

    async def view_party(self, incident_id: IncidentId, party_id: PartyId, request: ViewParty) -> None:
        self._take("view_party", (party_id, request.reason))

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

    async def ask_for_reading(self, incident_id: IncidentId, evidence_id: EvidenceId) -> None:
        self._take("ask_for_reading", evidence_id)

    async def confirm_field(
        self, incident_id: IncidentId, evidence_id: EvidenceId, field: FieldName, request: ConfirmField
    ) -> None:
        self._take("confirm_field", (evidence_id, field, request.value))

    async def dispatch(self, incident_id: IncidentId, request: DispatchPolice) -> None:
        self._take("dispatch", request)

    async def evacuate(self, incident_id: IncidentId, request: SendEvacuationNotice) -> None:
        self._take("evacuate", request)

    async def hand_over(self, incident_id: IncidentId, request: HandOver) -> None:
        self._take("hand_over", request)

    async def return_for_evidence(self, incident_id: IncidentId, request: ReturnForEvidence) -> None:
        self._take("return_for_evidence", request)

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

    async def report_recording(self, call_id: CallId, request: ReportRecording) -> None:
        self._take("report_recording", request)

    async def request_signatures(self, incident_id: IncidentId, request: RequestSignatures) -> None:
        self._take("request_signatures", request)

    async def note_signature(
        self, incident_id: IncidentId, party_id: PartyId, request: NoteSignature
    ) -> None:
        self._take("note_signature", request)

    async def state_consent(self, incident_id: IncidentId, party_id: PartyId, request: StateConsent) -> None:
        self._take("state_consent", request)

    async def serve_by_hand(self, incident_id: IncidentId, party_id: PartyId, request: ServeByHand) -> None:
        self._take("serve_by_hand", request)

    async def close_incident(self, incident_id: IncidentId, request: CloseIncident) -> None:
        self._take("close_incident", request)

    async def create_link(self, request: CreateLink) -> Link:
        self._take("create_link", request)
        return Link(url="https://127.0.0.1/p/token", expires_at=NOW)

    async def scenarios(self) -> tuple[ScenarioSummary, ...]:
        return (
            ScenarioSummary(
                name="rear_end", title="普通追尾", form=AccidentForm.REAR_END, difficulty=1, articles=("19",)
            ),
            ScenarioSummary(
                name="hit_pole",
                title="撞灯杆",
                form=AccidentForm.SINGLE_VEHICLE,
                difficulty=2,
                articles=("14",),
            ),
        )

    async def running_parties(self) -> tuple[RunningParty, ...]:
        return tuple(self.playing.values())

    async def start_party(self, request: StartParty) -> RunningParty:
        self._take("start_party", request)
        party = play(request)
        self.playing[party.id] = party
        return party

    async def spoil_view(self, party: str, request: SpoilView) -> None:
        self._take("spoil_view", (party, request.flaw))

    async def stop_party(self, party: str) -> None:
        self._take("stop_party", party)
        del self.playing[party]


def play(request: StartParty) -> RunningParty:
    """Return the party that ``request`` starts."""
    return RunningParty(
        id=f"{request.scenario}-{request.seed}",
        scenario=request.scenario,
        title="普通追尾",
        seed=request.seed,
        started_at=NOW,
    )


def face_check(party_id: PartyId, request: CompareFaces | JudgeFaces, band: FaceBand) -> FaceCheck:
    """Return what the service answers to ``request``."""
    by_person = isinstance(request, JudgeFaces)
    return FaceCheck(
        party_id=party_id,
        live=request.live,
        reference=request.reference,
        licence=request.licence,
        method=FaceMethod.PERSON if by_person else FaceMethod.PROGRAM,
        band=band,
        score=None if by_person else 91,
        live_problems=(),
        reference_problems=(),
        note=request.note if isinstance(request, JudgeFaces) else "",
        at=NOW,
        by="officer",
    )


def session(seat: SeatId = SEAT, ends_at: datetime = NOW + timedelta(hours=12)) -> Session:
    """Return the session of the training officer."""
    return Session(
        token="token",
        expires_at=NOW + timedelta(minutes=15),
        renewal_token="renewal",
        ends_at=ends_at,
        password_due=False,
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
