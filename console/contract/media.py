"""What the desk and its media process tell each other.

The media process is started by the desk and connects back to it (see ``console/adapters/media_process.py``).
Every message on that pipe is one length-delimited block whose first byte is its kind:

* ``MESSAGE``: the rest is one value of this module as JSON (``console.contract.codec``);
* ``FRAME``: a newer picture lies in the frame ring (``console.contract.frame_ring``); nothing follows;
* ``CONTENT``: the bytes announced by the message before it (a still, a card), checked by size and SHA-256.

Commands go from the desk to the media process, events come back. Nothing on the pipe is ever pickled.
``call_id`` and ``attempt`` name one peer connection: a party that reconnects keeps the call and raises the
attempt, so that late events of the old connection can be told apart.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from console.contract.codec import TAGGED
from console.domain.errors import DomainError
from console.domain.ids import CallId

MESSAGE = b"m"
FRAME = b"f"
CONTENT = b"c"

MAX_MESSAGE_BYTES = 1 << 20
"""Longest message on the pipe in bytes, kind byte included; content has its own limit."""
MAX_CONTENT_BYTES = 64 << 20
"""Longest still or card in bytes."""
MAX_SDP_BYTES = 64 << 10
"""Longest session description accepted from a party, in UTF-8 bytes."""
TRAINING_NETWORKS = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "192.0.2.0/24",
    "169.254.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)
"""Loopback, private, link-local and documentation networks: the only ones a training call may use."""


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


@dataclass(frozen=True)
class AddressPolicy:
    """Networks (CIDR) that a party's ICE candidates may name; every other candidate is dropped."""

    networks: tuple[str, ...] = TRAINING_NETWORKS

    def allows(self, address: str) -> bool:
        """Tell whether a literal IP address is allowed; host names (``.local`` ones too) never are."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in ipaddress.ip_network(network) for network in self.networks)


@dataclass(frozen=True, kw_only=True)
class IceServer:
    """One STUN or TURN server; aiortc uses the first of each kind."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpenPeer:
    """Make ready for a party's offer; closes the peer before it, keeps its last picture for stills."""

    call_id: CallId
    attempt: int
    addresses: AddressPolicy = AddressPolicy()
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
    """Send one JSON text (``console.contract.control``, at most 16 KiB) to the party; kept until the channel opens."""

    text: str
    type: Literal["send-control"] = "send-control"


@dataclass(frozen=True, kw_only=True)
class TakeStill:
    """Give the newest decoded picture in full size; brings ``StillTaken`` or ``StillRefused``."""

    request_id: str
    type: Literal["take-still"] = "take-still"


@dataclass(frozen=True, kw_only=True)
class SetMuted:
    """Stop or go on sending the microphone; while muted the party gets silence."""

    muted: bool
    type: Literal["set-muted"] = "set-muted"


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
    """The card (PNG or JPEG, any size) that stands for the officer; its ``CONTENT`` follows."""

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


@dataclass(frozen=True, kw_only=True)
class Device:
    """One sound device or camera as the system names it."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class DevicesChanged:
    """Devices there are, and those in use now (``None``: there is none, the call goes on without)."""

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
    """One picture of the call in full size as JPEG; its ``CONTENT`` follows.

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
    | SetMuted
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
    | MediaStats
    | PeerFailed
    | MediaLost
    | MediaRestarted,
    TAGGED,
]
