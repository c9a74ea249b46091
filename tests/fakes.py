"""Working stand-ins for the desk's own ports: they do the real thing in memory, and fail on demand."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

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
from console.contract.media import MediaError, MediaFault, OfficerPicture, Still, StillTaken
from console.contract.tables import Tables
from console.domain.errors import DomainError
from console.domain.evidence import Capture, Digests
from console.domain.ids import CallId, EvidenceId, IncidentId, PartyId, SeatId, UserId
from console.domain.ruling import Ruling, problems
from console.domain.triage import TriageFact
from console.usecases.facts import ClockMeasured, CustodyChanged, EvidenceRecovered, Fact, KeyPlace
from console.usecases.ports import Draft, FeedItem, SignalItem

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SEAT = SeatId("07")
OTHER_SEAT = SeatId("11")
WAIT_S = 10.0


class Facts:
    """Takes what is published, and lets a test wait for it."""

    def __init__(self) -> None:
        self.seen: list[Fact] = []
        self._news = asyncio.Event()

    def __call__(self, fact: Fact) -> None:
        self.seen.append(fact)
        self._news.set()

    def of(self, kind: type[T]) -> list[T]:
        """Return what was published of a kind."""
        return [fact for fact in self.seen if isinstance(fact, kind)]

    async def until(
        self, kind: type[T], wanted: Callable[[T], bool] = lambda _: True, seconds: float = WAIT_S
    ) -> T:
        """Return the first fact of a kind that ``wanted`` accepts, as soon as it is published."""
        async with asyncio.timeout(seconds):
            while True:
                found = next((fact for fact in self.of(kind) if wanted(fact)), None)
                if found is not None:
                    return found
                self._news.clear()
                await self._news.wait()


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        """Move on."""
        self.time += timedelta(seconds=seconds)


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


class FakeStream(Generic[T]):
    """A stream that a test puts items or a refusal into; a reader goes on where the last one left off."""

    def __init__(self) -> None:
        self.followed = 0
        self._items: asyncio.Queue[T | Exception] = asyncio.Queue()
        self._reader = asyncio.Event()

    def put(self, *items: T | Exception) -> None:
        """Let these come next."""
        for item in items:
            self._items.put_nowait(item)

    async def until_followed(self, count: int) -> None:
        """Wait until there have been ``count`` readers."""
        async with asyncio.timeout(WAIT_S):
            while self.followed < count:
                self._reader.clear()
                await self._reader.wait()

    async def _read(self) -> AsyncGenerator[T, None]:
        self.followed += 1
        self._reader.set()
        while True:
            item = await self._items.get()
            if isinstance(item, Exception):
                raise item
            yield item


class FakeEvents(FakeStream[FeedItem]):
    """``EventFeedPort``."""

    def follow(self) -> AsyncGenerator[FeedItem, None]:
        return self._read()


class FakeSignals(FakeStream[SignalItem]):
    """``SignalFeedPort``."""

    def follow(self, call_id: CallId) -> AsyncGenerator[SignalItem, None]:
        return self._read()


class FakeMedia:
    """``MediaPort``: answers offers with their own text, takes the picture it was given."""

    def __init__(self) -> None:
        self.picture: bytes | None = None
        self.opened: list[tuple[CallId, int]] = []
        self.controls: asyncio.Queue[str] = asyncio.Queue()
        self.muted = False
        self.closed = 0
        self.trouble: deque[MediaFault] = deque()

    async def open(self, call_id: CallId, attempt: int) -> None:
        if self.trouble:
            raise MediaError(self.trouble.popleft())
        self.opened.append((call_id, attempt))

    async def answer(self, sdp: str) -> str:
        return f"answer to {sdp}"

    async def take_still(self) -> Still:
        if self.picture is None:
            raise MediaError(MediaFault.NO_PICTURE)
        taken = StillTaken(
            request_id="request",
            call_id=CallId("call"),
            attempt=1,
            frame_number=42,
            pts=3_780_000,
            width=1280,
            height=720,
            decoded_at=1.0,
            decoded_wall=NOW.isoformat(),
            size=len(self.picture),
            sha256=hashlib.sha256(self.picture).hexdigest(),
        )
        return Still(taken, self.picture)

    async def send_control(self, text: str) -> None:
        self.controls.put_nowait(text)

    async def set_muted(self, muted: bool) -> None:
        self.muted = muted

    async def set_officer_picture(self, source: OfficerPicture) -> None:
        return None

    async def close_peer(self) -> None:
        self.closed += 1


class FakeVault:
    """``VaultPort`` and ``OutboxPort`` in memory; it uploads nothing."""

    def __init__(self) -> None:
        self.stored: dict[EvidenceId, bytes] = {}
        self.known: tuple[CustodyChanged, ...] = ()
        self.woken = 0

    def key_place(self) -> KeyPlace:
        return KeyPlace.FILE

    async def open(self) -> EvidenceRecovered:
        return EvidenceRecovered(waiting=len(self.known), discarded=0)

    async def store(
        self, evidence_id: EvidenceId, incident_id: IncidentId, capture: Capture, content: bytes
    ) -> Digests:
        self.stored[evidence_id] = content
        return Digests(sha256=hashlib.sha256(content).hexdigest(), sm3="0" * 64, size=len(content))

    async def read(self, evidence_id: EvidenceId) -> bytes:
        return self.stored[evidence_id]

    async def items(self) -> tuple[CustodyChanged, ...]:
        return self.known

    def wake(self) -> None:
        self.woken += 1

    async def retry(self, evidence_id: EvidenceId) -> None:
        self.woken += 1

    async def run(self) -> None:
        await asyncio.Event().wait()


class FakeSecrets:
    """``SecretsPort`` in memory; ``place`` is what it says of itself."""

    def __init__(self, place: KeyPlace = KeyPlace.KEYRING) -> None:
        self.kept: dict[str, str] = {}
        self.place = place

    async def load(self, name: str) -> str | None:
        return self.kept.get(name)

    async def save(self, name: str, value: str) -> KeyPlace:
        self.kept[name] = value
        return self.place

    async def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def reason(self) -> str:
        return "" if self.place is KeyPlace.KEYRING else "no-keyring"


class FakeDrafts:
    """``DraftsPort`` in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[IncidentId, str], Draft] = {}
        self.writes = 0
        self.notes: dict[str, str] = {}

    async def keep(self, draft: Draft) -> None:
        self.writes += 1
        self.kept[(draft.incident_id, draft.key)] = draft

    async def forget(self, draft: Draft) -> None:
        if self.kept.get((draft.incident_id, draft.key)) == draft:
            del self.kept[(draft.incident_id, draft.key)]

    async def all(self) -> tuple[Draft, ...]:
        return tuple(self.kept.values())

    async def remember(self, name: str, text: str) -> None:
        self.notes[name] = text

    async def recall(self, name: str) -> str | None:
        return self.notes.get(name)


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
