"""What the use cases need from outside, as Protocols. Values in and out are domain and contract values.

Every refusal of the service is a ``DomainError`` with the problem's code and params; trouble on the way is
``ServiceUnavailable``. All methods are called on the loop's thread.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.contract.by_photo_api import AskPhoto
from console.contract.desk_api import (
    CallSummary,
    ChangePassword,
    CloseIncident,
    CreateLink,
    DescribePlace,
    DispatchPolice,
    HandOver,
    IssueDetermination,
    JoinedParty,
    JoinParty,
    Link,
    MapAccess,
    PinPlace,
    RenewSession,
    ReturnForEvidence,
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
    ViewParty,
    WriteNotes,
)
from console.contract.face_api import CompareFaces, JudgeFaces
from console.contract.join_api import CreateJoinCode, JoinCode
from console.contract.journal import DeskSnapshot, Entry
from console.contract.lock_api import Unlock
from console.contract.media import OfficerPicture, Still
from console.contract.outbox_api import DecideDelivery, DeliveryPage
from console.contract.posts_api import DeclareRecusal, OpenGeneralProcedure
from console.contract.recording import Segment
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
from console.domain.evidence import Capture, Digests
from console.domain.faces import FaceCheck
from console.domain.ids import CallId, DeliveryId, EvidenceId, IncidentId, PartyId
from console.domain.ruling import Ruling
from console.domain.triage import TriageFact
from console.domain.verification import CheckItem
from console.usecases.evidence_port import EvidencePort
from console.usecases.facts import ClockMeasured, CustodyChanged, EditValue, EvidenceRecovered, KeyPlace


class ServiceUnavailable(Exception):
    """No usable answer came. ``reason`` is ``timeout``, ``unreachable``, ``certificate``, ``busy``,
    ``fault`` or ``unreadable``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ClockPort(Protocol):
    """The desk's wall clock."""

    def now(self) -> datetime:
        """Return the time as aware UTC."""
        ...


class ServicePort(EvidencePort, Protocol):
    """The service, one method a request of ``console.contract.desk_api``.

    All raise ``DomainError`` for a refusal and ``ServiceUnavailable`` for trouble. Writes carry one
    ``Idempotency-Key`` for all their repeats, so that an answer lost on the way does no harm.
    """

    def use_token(self, token: str) -> None:
        """Send this bearer token from now on; an empty one sends none."""

    def clock(self) -> ClockMeasured | None:
        """Return the best measurement of the clocks among recent answers."""
        ...

    async def measure_clock(self) -> None:
        """Ask for the service's time, so that ``clock`` stays fresh while nothing else is asked."""

    async def sign_in(self, request: SignIn) -> Session: ...
    def renew_with(self, renew: Callable[[], Awaitable[None]]) -> None:
        """Await ``renew`` whenever the token has run out; it calls ``use_token`` or raises a refusal."""

    async def renew(self, request: RenewSession) -> Session:
        """Exchange the renewal token; ``not-signed-in`` when the session has ended."""
        ...

    async def change_password(self, request: ChangePassword) -> None:
        """Replace the own password; ``password-weak`` (params ``reason``) or ``wrong-credentials``."""

    async def unlock(self, request: Unlock) -> None:
        """Check the own password; ``wrong-credentials``, or ``account-locked`` after five in a row."""

    async def sign_out(self) -> None: ...
    async def set_seat(self, request: SetSeatState) -> None: ...
    async def answer(self, call_id: CallId) -> CallSummary:
        """Claim a call; ``call-taken`` (params ``seat``, ``user_name``) names the seat that won."""
        ...

    async def pass_on(self, call_id: CallId) -> None: ...
    async def hang_up(self, call_id: CallId) -> None: ...
    async def ask_photo(self, call_id: CallId, request: AskPhoto) -> None: ...
    async def end_photos(self, call_id: CallId) -> None: ...
    async def tell_to_resume(self, call_id: CallId) -> None:
        """Send the party the way back to the call; ``no-phone``, ``told-just-now``, ``call-state``."""

    async def wrap_up(self, call_id: CallId) -> None:
        """End the wrap-up of a call."""

    async def send_signal(self, call_id: CallId, signal: Signal) -> None: ...
    async def describe_place(self, incident_id: IncidentId, request: DescribePlace) -> None: ...
    async def state_time(self, incident_id: IncidentId, request: StateAccidentTime) -> None: ...
    async def start_checks(
        self, incident_id: IncidentId, party_id: PartyId, request: StartChecks
    ) -> None: ...
    async def find_manually(
        self, incident_id: IncidentId, party_id: PartyId, item: CheckItem, request: FindManually
    ) -> None: ...
    async def adopt_registered(
        self, incident_id: IncidentId, party_id: PartyId, request: AdoptRegistered
    ) -> None: ...
    async def count_silent(self, incident_id: IncidentId) -> SilentCount: ...
    async def view_silent(self, incident_id: IncidentId, request: ViewSilentAlerts) -> SilentAlerts: ...
    async def pin_place(self, incident_id: IncidentId, request: PinPlace) -> None: ...
    async def map_access(self) -> MapAccess: ...
    async def has_tile(self, path: str) -> bool:
        """Tell whether the map has the tile at ``path``, one that begins with ``MapAccess.tiles``."""
        ...

    async def write_notes(self, incident_id: IncidentId, request: WriteNotes) -> None: ...
    async def set_form(self, incident_id: IncidentId, request: SetAccidentForm) -> None: ...
    async def state_fact(self, incident_id: IncidentId, fact: TriageFact, request: StateFact) -> None: ...
    async def state_details(
        self, incident_id: IncidentId, party_id: PartyId, request: StatePartyDetails
    ) -> None: ...
    async def join_party(self, incident_id: IncidentId, request: JoinParty) -> JoinedParty: ...
    async def compare_faces(
        self, incident_id: IncidentId, party_id: PartyId, request: CompareFaces
    ) -> FaceCheck: ...
    async def judge_faces(
        self, incident_id: IncidentId, party_id: PartyId, request: JudgeFaces
    ) -> FaceCheck: ...
    async def registry_photo(self, incident_id: IncidentId, party_id: PartyId) -> bytes: ...
    async def view_party(self, incident_id: IncidentId, party_id: PartyId, request: ViewParty) -> None: ...
    async def dispatch(self, incident_id: IncidentId, request: DispatchPolice) -> None: ...
    async def evacuate(self, incident_id: IncidentId, request: SendEvacuationNotice) -> None: ...
    async def hand_over(self, incident_id: IncidentId, request: HandOver) -> None: ...

    async def return_for_evidence(self, incident_id: IncidentId, request: ReturnForEvidence) -> None: ...
    async def stand_back(self, incident_id: IncidentId, request: DeclareRecusal) -> None: ...
    async def open_general_procedure(
        self, incident_id: IncidentId, request: OpenGeneralProcedure
    ) -> None: ...
    async def tables(self) -> Tables:
        """Return the fault table and the code tables that a ruling chooses from."""
        ...

    async def save_ruling(self, incident_id: IncidentId, ruling: Ruling) -> RulingReview: ...
    async def preview_determination(self, incident_id: IncidentId) -> bytes:
        """Return the PDF of the saved ruling as it would be issued."""
        ...

    async def issue_determination(self, incident_id: IncidentId, request: IssueDetermination) -> None: ...
    async def read_determination(self, incident_id: IncidentId) -> bytes:
        """Return the issued PDF."""
        ...

    async def report_recording(self, call_id: CallId, request: ReportRecording) -> None: ...
    async def request_signatures(self, incident_id: IncidentId, request: RequestSignatures) -> None: ...
    async def note_signature(
        self, incident_id: IncidentId, party_id: PartyId, request: NoteSignature
    ) -> None: ...
    async def state_consent(
        self, incident_id: IncidentId, party_id: PartyId, request: StateConsent
    ) -> None: ...
    async def serve_by_hand(
        self, incident_id: IncidentId, party_id: PartyId, request: ServeByHand
    ) -> None: ...
    async def close_incident(self, incident_id: IncidentId, request: CloseIncident) -> None: ...
    async def create_link(self, request: CreateLink) -> Link: ...
    async def create_join_code(self, incident_id: IncidentId, request: CreateJoinCode) -> JoinCode: ...
    async def scenarios(self) -> tuple[ScenarioSummary, ...]: ...
    async def running_parties(self) -> tuple[RunningParty, ...]: ...
    async def start_party(self, request: StartParty) -> RunningParty: ...
    async def spoil_view(self, party: str, request: SpoilView) -> None: ...
    async def stop_party(self, party: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class StreamOpened:
    """A stream is connected; what follows is live."""


@dataclass(frozen=True, kw_only=True)
class StreamLost:
    """A stream broke or could not be opened; it is tried again soon."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NumberedSignal:
    """A party's signal and its number in the call."""

    number: int
    signal: Signal


FeedItem = DeskSnapshot | Entry | StreamOpened | StreamLost
SignalItem = NumberedSignal | StreamOpened | StreamLost


class DeliveriesPort(Protocol):
    """The service's outbox, for supervisors; trouble and refusals are as with ``ServicePort``."""

    async def dead_deliveries(self) -> DeliveryPage: ...
    async def retry_delivery(self, delivery_id: DeliveryId, request: DecideDelivery) -> None: ...
    async def give_up_delivery(self, delivery_id: DeliveryId, request: DecideDelivery) -> None: ...


class EventFeedPort(Protocol):
    """The journal as this desk may see it."""

    def follow(self) -> AsyncGenerator[FeedItem, None]:
        """Yield a snapshot and the entries after it, for ever; reconnects by itself where it left off.

        Raises ``DomainError`` when the service refuses (the sign-in has ended).
        """
        ...


class SignalFeedPort(Protocol):
    """The party's signals of one call."""

    def follow(self, call_id: CallId) -> AsyncGenerator[SignalItem, None]:
        """Yield all signals of the call from the first, for ever; reconnects by itself.

        Raises ``DomainError`` when the service refuses (the call is over or another seat's).
        """
        ...


class MediaPort(Protocol):
    """The media process, as ``console.adapters.media_process`` has it. Refusals are ``MediaError``."""

    async def open(self, call_id: CallId, attempt: int) -> None:
        """Make ready for the offer number ``attempt`` of this call."""

    async def answer(self, sdp: str) -> str:
        """Return the complete answer to a party's offer."""
        ...

    async def take_still(self, *, recall: bool = False) -> Still:
        """Return the newest decoded picture, or with ``recall`` the sharpest of the last 10 s."""
        ...

    async def send_control(self, text: str) -> None: ...
    async def set_muted(self, muted: bool) -> None: ...
    async def set_ringing(self, on: bool) -> None: ...
    async def set_officer_picture(self, source: OfficerPicture) -> None: ...
    async def show_card(self, picture: bytes) -> None: ...
    async def start_recording(self, call_id: CallId, already_s: float) -> None:
        """Record this call through all its connections; ``already_s`` was recorded before."""

    async def cut_segment(self) -> None:
        """Have the running segment handed over soon."""

    async def stop_recording(self) -> tuple[Segment, ...]:
        """End the recording; return the segments that nobody has fetched yet, its last one among them."""
        ...

    async def next_segment(self) -> Segment:
        """Wait for the next segment of a recording."""
        ...

    async def close_peer(self) -> None: ...


class VaultPort(Protocol):
    """Evidence on this machine's disk, encrypted."""

    def key_place(self) -> KeyPlace:
        """Return where the vault's key lies; known once ``open`` has returned."""
        ...

    async def open(self) -> EvidenceRecovered:
        """Make the vault ready and put right what a crash left behind."""
        ...

    async def store(
        self, evidence_id: EvidenceId, incident_id: IncidentId, capture: Capture, content: bytes
    ) -> Digests:
        """Return once the bytes are safe on disk and queued for upload."""
        ...

    async def read(self, evidence_id: EvidenceId) -> bytes:
        """Return the original bytes; ``evidence-unknown`` or ``evidence-corrupt`` when it cannot."""
        ...


class OutboxPort(Protocol):
    """Brings every stored item to the service, one after another, and says how each does."""

    async def items(self) -> tuple[CustodyChanged, ...]:
        """Return every local item as it stands, oldest first."""
        ...

    def wake(self) -> None:
        """Something new is there or the service is back: try now."""

    async def retry(self, evidence_id: EvidenceId) -> None:
        """Queue a rejected item again."""

    async def run(self) -> None:
        """Upload until cancelled."""


class SecretsPort(Protocol):
    """Small secrets of this user on this machine."""

    async def load(self, name: str) -> str | None: ...
    async def save(self, name: str, value: str) -> KeyPlace:
        """Keep ``value``; return where it lies, honestly."""
        ...

    async def delete(self, name: str) -> None: ...
    def reason(self) -> str:
        """Return a stable code for why the keyring is not used; empty while it is."""
        ...


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Something typed that the service does not have yet."""

    incident_id: IncidentId
    key: str
    value: EditValue


class DraftsPort(Protocol):
    """What was typed, kept on disk until the service has it."""

    async def keep(self, draft: Draft) -> None: ...
    async def forget(self, draft: Draft) -> None:
        """Drop the draft if it still holds this very value."""

    async def all(self) -> tuple[Draft, ...]: ...
    def lost(self) -> int:
        """Return how many drafts ``all`` found and could not read."""
        ...

    async def remember(self, name: str, text: str) -> None:
        """Keep a small note of the desk's own, such as the open case and slot."""

    async def recall(self, name: str) -> str | None: ...
