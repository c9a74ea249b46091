"""Local outcomes: what this desk itself found out, told to the store through the same door as the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.contract.control import PhoneStatus
from console.contract.desk_api import (
    DescribePlace,
    PinPlace,
    RulingReview,
    SeatState,
    Session,
    SetAccidentForm,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    WriteNotes,
)
from console.contract.journal import DeskSnapshot, Entry
from console.contract.media import DevicesChanged, MediaStats
from console.domain.evidence import Capture, Custody, Slot
from console.domain.ids import CallId, EvidenceId, IncidentId
from console.domain.ruling import Ruling


@dataclass(frozen=True, kw_only=True)
class SessionOpened:
    """Somebody signed in, or an earlier sign-in was taken up again."""

    session: Session


@dataclass(frozen=True, kw_only=True)
class SessionClosed:
    """Nobody is signed in. ``reason`` is empty after a sign-out, else a problem code of the service."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SeatChanged:
    """The seat is ready or on a break, as the service took it."""

    state: SeatState
    reason: str = ""


class LinkState(StrEnum):
    """A connection, in the words of its lamp."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, kw_only=True)
class ServiceLinkChanged:
    """The event stream came or went. ``since`` is the desk's clock (UTC), ``reason`` a stable code."""

    state: LinkState
    since: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MediaLinkChanged:
    """The media process runs, is being started, or was lost."""

    state: LinkState
    since: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ClockMeasured:
    """Desk clock minus service clock in milliseconds, and half the round trip that bounds its error."""

    offset_ms: int
    uncertainty_ms: int


class KeyPlace(StrEnum):
    """Where a secret lies; everything but the keyring is a fallback that the lamp must name."""

    KEYRING = "keyring"
    FILE = "file"
    MEMORY = "memory"


@dataclass(frozen=True, kw_only=True)
class SecretsState:
    """Where the sign-in and the vault's key are kept, and a stable code for why it is not the keyring."""

    token: KeyPlace
    vault_key: KeyPlace
    reason: str = ""


class ConnectionStage(StrEnum):
    """How far the connection of a call has got; ``stale`` and ``reoffered`` are steps of the ladder."""

    AWAITING_OFFER = "awaiting-offer"
    ANSWERING = "answering"
    CONNECTING = "connecting"
    LIVE = "live"
    STALE = "stale"
    REOFFERED = "reoffered"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class ConnectionChanged:
    """The connection of an answered call went on; ``reason`` is a stable code where something failed."""

    call_id: CallId
    attempt: int
    stage: ConnectionStage
    since: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MediaReported:
    """How picture and sound do, once a second."""

    stats: MediaStats


@dataclass(frozen=True, kw_only=True)
class DevicesReported:
    """Sound devices and cameras of this desk."""

    devices: DevicesChanged


@dataclass(frozen=True, kw_only=True)
class MuteChanged:
    """The microphone was muted or opened by the person at the desk."""

    muted: bool


@dataclass(frozen=True, kw_only=True)
class PhoneReported:
    """What the phone said of itself on the control channel."""

    call_id: CallId
    status: PhoneStatus


class GuideState(StrEnum):
    """A message to the phone: on its way, carried out, refused by the phone, or never answered."""

    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, kw_only=True)
class GuidanceChanged:
    """A guidance message went on; ``kind`` is the contract's type, ``detail`` the phone's words."""

    call_id: CallId
    id: str
    kind: str
    state: GuideState
    slot: Slot | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class CustodyChanged:
    """A local item got further. ``next_try_at`` (UTC) is set for retry-later, ``reason`` is a stable code."""

    evidence_id: EvidenceId
    incident_id: IncidentId
    capture: Capture
    custody: Custody
    attempts: int = 0
    next_try_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceRecovered:
    """What the vault found at start: items still under way, half-written files thrown away, broken items."""

    waiting: int
    discarded: int
    corrupt: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeskRecovered:
    """The desk ended without being closed: the case and slot it was at, on disk as of ``at`` (UTC).

    ``drafts_lost`` counts typed values of before that cannot be read any more.
    """

    incident_id: IncidentId
    slot: Slot
    at: datetime
    drafts_lost: int = 0


@dataclass(frozen=True, kw_only=True)
class CaseOpened:
    """A handed-over case was taken onto this desk without a call; ``None`` puts it back."""

    incident_id: IncidentId | None


EditValue = (
    WriteNotes
    | DescribePlace
    | PinPlace
    | StateAccidentTime
    | SetAccidentForm
    | StateFact
    | StatePartyDetails
    | Ruling
)
"""A whole value that replaces the earlier one on the service."""


class EditState(StrEnum):
    """Where something typed has got to; ``kept`` is on this machine's disk."""

    TYPED = "typed"
    KEPT = "kept"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class EditChanged:
    """Something typed got further. ``key`` names the field (``console.usecases.edits``).

    ``code`` and ``params`` say why the service refused it.
    """

    incident_id: IncidentId
    key: str
    value: EditValue
    state: EditState
    code: str = ""
    params: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RulingReviewed:
    """The service assessed the saved ruling."""

    incident_id: IncidentId
    review: RulingReview


@dataclass(frozen=True, kw_only=True)
class SilentCounted:
    """How many silent codes stand in a case of this seat; shown on this seat alone and without a sound."""

    incident_id: IncidentId
    count: int


LinkOutcome = (
    ServiceLinkChanged
    | MediaLinkChanged
    | ClockMeasured
    | SecretsState
    | ConnectionChanged
    | MediaReported
    | DevicesReported
    | MuteChanged
    | PhoneReported
    | GuidanceChanged
)

LocalOutcome = (
    LinkOutcome
    | SessionOpened
    | SessionClosed
    | SeatChanged
    | CustodyChanged
    | EvidenceRecovered
    | DeskRecovered
    | CaseOpened
    | EditChanged
    | RulingReviewed
    | SilentCounted
)

Fact = DeskSnapshot | Entry | LocalOutcome
"""Everything the store takes in."""

Publish = Callable[[Fact], None]
"""Hands a fact on to the store; called on the loop's thread, never waits."""
