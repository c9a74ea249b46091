"""What the desk and its media process tell each other.

The media process is started by the desk and connects back to it (``console/adapters/media_process.py``);
``console.contract.media_pipe`` carries these values. Commands go to the media process, events come back.
``call_id`` and ``attempt`` name one peer connection: a party that reconnects keeps the call and raises the
attempt, so that late events of the old connection can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from console.contract.codec import TAGGED
from console.contract.network import TRAINING_ADDRESSES, AddressPolicy, IceServer
from console.contract.recording import (
    CutSegment,
    RecordingStopped,
    SegmentRecorded,
    StartRecording,
    StopRecording,
)
from console.domain.errors import DomainError
from console.domain.ids import CallId

MAX_SDP_BYTES = 64 << 10
"""Longest session description accepted from a party, in UTF-8 bytes."""


class MediaFault(StrEnum):
    """Why the media side refused or failed; a stable code, worded by the desk."""

    SDP_TOO_LARGE = "sdp-too-large"
    SDP_MALFORMED = "sdp-malformed"
    SDP_UNUSABLE = "sdp-unusable"
    NO_PEER = "no-peer"
    NO_PICTURE = "no-picture"
    PICTURE_TOO_LARGE = "picture-too-large"
    CONTROL_NOT_OPEN = "control-not-open"
    CONTROL_TOO_LARGE = "control-too-large"
    CONTENT_CORRUPT = "content-corrupt"
    CONNECTION_FAILED = "connection-failed"
    TIMED_OUT = "timed-out"
    NOT_RUNNING = "not-running"
    INTERNAL = "internal"


class MediaError(DomainError):
    """A media operation was refused or failed, ``fault`` says why."""

    def __init__(self, fault: MediaFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class PeerState(StrEnum):
    """Life of one peer connection; ``FAILED`` and ``CLOSED`` are final."""

    NEW = "new"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    FAILED = "failed"
    CLOSED = "closed"


class OfficerPicture(StrEnum):
    """What the party sees of the desk."""

    OFF = "off"
    CARD = "card"
    CAMERA = "camera"


@dataclass(frozen=True, kw_only=True)
class OpenPeer:
    """Make ready for a party's offer; closes the peer before it, keeps its last picture for stills."""

    call_id: CallId
    attempt: int
    addresses: AddressPolicy = TRAINING_ADDRESSES
    ice_servers: tuple[IceServer, ...] = ()
    type: Literal["open-peer"] = "open-peer"


@dataclass(frozen=True, kw_only=True)
class AcceptOffer:
    """Answer this offer; brings ``PeerAnswered`` or ``PeerFailed``."""

    call_id: CallId
    attempt: int
    sdp: str
    type: Literal["accept-offer"] = "accept-offer"


@dataclass(frozen=True, kw_only=True)
class SendControl:
    """Send one JSON text (``console.contract.control``) to the party; it waits until the channel opens."""

    text: str
    type: Literal["send-control"] = "send-control"


@dataclass(frozen=True, kw_only=True)
class TakeStill:
    """Give a decoded picture in full size: the newest, or with ``recall`` the sharpest of the last 10 s.

    Brings ``StillTaken`` or ``StillRefused``.
    """

    request_id: str
    recall: bool = False
    type: Literal["take-still"] = "take-still"


@dataclass(frozen=True, kw_only=True)
class SetMuted:
    """Stop or go on sending the microphone; while muted the party gets silence."""

    muted: bool
    type: Literal["set-muted"] = "set-muted"


@dataclass(frozen=True, kw_only=True)
class SetRinging:
    """Ring through the system's loudspeaker, or be silent; no call hears it."""

    on: bool
    type: Literal["set-ringing"] = "set-ringing"


@dataclass(frozen=True, kw_only=True)
class SetVoiceProcessing:
    """Echo canceller, noise suppression and gain control on or bypassed."""

    enabled: bool
    type: Literal["set-voice-processing"] = "set-voice-processing"


@dataclass(frozen=True, kw_only=True)
class SetOfficerPicture:
    """Choose what the party sees of the desk, during the call or before it."""

    source: OfficerPicture
    type: Literal["set-officer-picture"] = "set-officer-picture"


@dataclass(frozen=True, kw_only=True)
class ShowCard:
    """The card (PNG or JPEG, any size) that stands for the officer; its content follows."""

    size: int
    sha256: str
    type: Literal["show-card"] = "show-card"


@dataclass(frozen=True, kw_only=True)
class ChooseDevices:
    """Device ids of ``DevicesChanged``; ``None`` follows the system's default."""

    microphone: str | None = None
    speaker: str | None = None
    camera: str | None = None
    type: Literal["choose-devices"] = "choose-devices"


@dataclass(frozen=True, kw_only=True)
class ClosePeer:
    """End the peer connection and forget its pictures."""

    type: Literal["close-peer"] = "close-peer"


@dataclass(frozen=True, kw_only=True)
class Shutdown:
    """Close everything and exit with 0."""

    type: Literal["shutdown"] = "shutdown"


@dataclass(frozen=True, kw_only=True)
class MediaReady:
    """The process runs and takes commands; ``pid`` is its process id."""

    pid: int
    type: Literal["media-ready"] = "media-ready"


@dataclass(frozen=True)
class Device:
    """One sound device or camera as the system names it."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DevicesChanged:
    """Devices there are, and those that calls use (``None``: there is none, calls go on without)."""

    microphones: tuple[Device, ...]
    speakers: tuple[Device, ...]
    cameras: tuple[Device, ...]
    microphone: Device | None
    speaker: Device | None
    type: Literal["devices-changed"] = "devices-changed"


@dataclass(frozen=True, kw_only=True)
class PeerAnswered:
    """The answer to an offer, complete with candidates (no trickle)."""

    call_id: CallId
    attempt: int
    sdp: str
    type: Literal["peer-answered"] = "peer-answered"


@dataclass(frozen=True, kw_only=True)
class PeerStateChanged:
    """The peer connection went on to ``state``; ``at`` is ``time.monotonic()`` in seconds."""

    call_id: CallId
    attempt: int
    state: PeerState
    at: float
    type: Literal["peer-state-changed"] = "peer-state-changed"


@dataclass(frozen=True, kw_only=True)
class FirstFrame:
    """The first picture of this attempt was decoded and lies in the ring."""

    call_id: CallId
    attempt: int
    width: int
    height: int
    at: float
    type: Literal["first-frame"] = "first-frame"


@dataclass(frozen=True, kw_only=True)
class ControlReceived:
    """One JSON text from the party, bounded in size and rate; its meaning is not checked here."""

    call_id: CallId
    attempt: int
    text: str
    type: Literal["control-received"] = "control-received"


@dataclass(frozen=True, kw_only=True)
class StillTaken:
    """One picture of the call in full size as JPEG; its content follows.

    ``frame_number`` counts decoded pictures of the attempt from 1, ``pts`` is the RTP time stamp in 90 kHz
    units, ``decoded_at`` is ``time.monotonic()`` and ``decoded_wall`` the same moment as ISO 8601 UTC.
    """

    request_id: str
    call_id: CallId
    attempt: int
    frame_number: int
    pts: int
    width: int
    height: int
    decoded_at: float
    decoded_wall: str
    size: int
    sha256: str
    type: Literal["still-taken"] = "still-taken"


@dataclass(frozen=True)
class Still:
    """A still as it reached the desk: ``jpeg`` was checked against the digest in ``taken``."""

    taken: StillTaken
    jpeg: bytes


@dataclass(frozen=True, kw_only=True)
class StillRefused:
    """There is no still, and why."""

    request_id: str
    code: MediaFault
    type: Literal["still-refused"] = "still-refused"


@dataclass(frozen=True)
class SoundReading:
    """One second of sound: level in dBFS (silence is -120) and its strongest frequency in Hz, if any."""

    level_dbfs: float
    frequency_hz: float | None


@dataclass(frozen=True, kw_only=True)
class MediaStats:
    """How the call does, once a second.

    ``fps`` counts decoded pictures of the last second; ``frames_dropped`` those that a newer one overtook
    before they were shown; ``frame_age_s`` is the age of the newest picture (``None``: there was none).
    ``recorded_s`` is how much of the call was recorded, ``None`` while nothing is being recorded.
    ``remote`` is the party's decoded sound, ``microphone`` what is sent to the party, ``played`` what went to
    the loudspeaker. ``control_refused`` counts messages dropped for size, rate or form. ``cpu_s`` is the
    process's CPU time so far.
    """

    call_id: CallId
    attempt: int
    peer_state: PeerState
    ice_state: str
    fps: float
    frames_decoded: int
    frames_dropped: int
    width: int
    height: int
    frame_age_s: float | None
    remote: SoundReading
    microphone: SoundReading
    played: SoundReading
    muted: bool
    control_refused: int
    cpu_s: float
    recorded_s: float | None = None
    type: Literal["media-stats"] = "media-stats"


@dataclass(frozen=True, kw_only=True)
class PeerFailed:
    """This attempt cannot go on: a refused offer, a lost connection or a fault inside."""

    call_id: CallId
    attempt: int
    code: MediaFault
    type: Literal["peer-failed"] = "peer-failed"


@dataclass(frozen=True, kw_only=True)
class MediaLost:
    """The media process ended unasked; said by the desk's own adapter, which starts it again."""

    exit_code: int | None
    type: Literal["media-lost"] = "media-lost"


@dataclass(frozen=True, kw_only=True)
class MediaRestarted:
    """A new media process took over: ask the party for a new offer of call ``call_id`` if there is one."""

    pid: int
    call_id: CallId | None
    attempt: int
    type: Literal["media-restarted"] = "media-restarted"


MediaCommand = Annotated[
    OpenPeer
    | AcceptOffer
    | SendControl
    | TakeStill
    | StartRecording
    | CutSegment
    | StopRecording
    | SetMuted
    | SetRinging
    | SetVoiceProcessing
    | SetOfficerPicture
    | ShowCard
    | ChooseDevices
    | ClosePeer
    | Shutdown,
    TAGGED,
]

MediaEvent = Annotated[
    MediaReady
    | DevicesChanged
    | PeerAnswered
    | PeerStateChanged
    | FirstFrame
    | ControlReceived
    | StillTaken
    | StillRefused
    | SegmentRecorded
    | RecordingStopped
    | MediaStats
    | PeerFailed
    | MediaLost
    | MediaRestarted,
    TAGGED,
]
