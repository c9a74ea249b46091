"""What a desk or a simulated phone writes down when a training run asks for it: one JSON object a line.

The launcher compares both files with the service's own word. ``at_ns`` is ``time.monotonic_ns()``, which all
processes of one machine share. Nothing here holds personal data other than that of fictional parties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from console.contract.codec import TAGGED
from console.domain.ids import CallId, EvidenceId


@dataclass(frozen=True, kw_only=True)
class WindowShown:
    """The desk's window takes input; position and size in screen pixels."""

    at_ns: int
    x: int
    y: int
    width: int
    height: int
    type: Literal["window-shown"] = "window-shown"


@dataclass(frozen=True, kw_only=True)
class PanelFocused:
    """The keyboard is with this panel (its object name)."""

    at_ns: int
    panel: str
    type: Literal["panel-focused"] = "panel-focused"


@dataclass(frozen=True, kw_only=True)
class QueueShown:
    """The queue on the screen, first row first."""

    at_ns: int
    call_ids: tuple[CallId, ...]
    type: Literal["queue-shown"] = "queue-shown"


@dataclass(frozen=True, kw_only=True)
class CallShown:
    """The call at this desk and its state, as drawn."""

    at_ns: int
    call_id: CallId
    state: str
    type: Literal["call-shown"] = "call-shown"


@dataclass(frozen=True, kw_only=True)
class FramePainted:
    """A picture stands on the screen. ``mark`` is the counter burned into its painted pixels, if any."""

    at_ns: int
    mark: int | None
    width: int
    height: int
    type: Literal["frame-painted"] = "frame-painted"


@dataclass(frozen=True, kw_only=True)
class BadgeShown:
    """The age badge changed to ``state`` (live, slow, stale, none, paused)."""

    at_ns: int
    state: str
    type: Literal["badge-shown"] = "badge-shown"


@dataclass(frozen=True, kw_only=True)
class SoundMeasured:
    """Strongest frequency and level of one second of decoded remote sound and of the microphone.

    Levels in dBFS; a missing device gives ``None``.
    """

    at_ns: int
    remote_hz: float | None
    remote_dbfs: float | None
    microphone_hz: float | None
    microphone_dbfs: float | None
    loudspeaker: str
    microphone: str
    type: Literal["sound-measured"] = "sound-measured"


@dataclass(frozen=True, kw_only=True)
class CustodyShown:
    """The word that the evidence strip shows for an item."""

    at_ns: int
    evidence_id: EvidenceId
    slot: str
    custody: str
    type: Literal["custody-shown"] = "custody-shown"


@dataclass(frozen=True, kw_only=True)
class SlotAimed:
    """This slot of the strip is the current one."""

    at_ns: int
    slot: str
    type: Literal["slot-aimed"] = "slot-aimed"


@dataclass(frozen=True, kw_only=True)
class EvacuationShown:
    """The words beside the evacuation notice changed: when it was sent, whether the caller has left."""

    at_ns: int
    text: str
    type: Literal["evacuation-shown"] = "evacuation-shown"


@dataclass(frozen=True, kw_only=True)
class LampShown:
    """A lamp of the top bar changed."""

    at_ns: int
    lamp: str
    state: str
    text: str
    type: Literal["lamp-shown"] = "lamp-shown"


@dataclass(frozen=True, kw_only=True)
class SentenceShown:
    """A line above the middle says something to the person at the desk; empty when it is taken away."""

    at_ns: int
    text: str
    type: Literal["sentence-shown"] = "sentence-shown"


@dataclass(frozen=True, kw_only=True)
class GuiBlocked:
    """The GUI thread did not come round for ``milliseconds`` (only the longest so far is written).

    ``computing_ms`` of it the thread was computing; the rest it waited for a processor or for a lock.
    """

    at_ns: int
    milliseconds: float
    computing_ms: float
    type: Literal["gui-blocked"] = "gui-blocked"


DeskObservation = Annotated[
    WindowShown
    | PanelFocused
    | QueueShown
    | CallShown
    | FramePainted
    | BadgeShown
    | SoundMeasured
    | CustodyShown
    | SlotAimed
    | EvacuationShown
    | LampShown
    | SentenceShown
    | GuiBlocked,
    TAGGED,
]


@dataclass(frozen=True, kw_only=True)
class PhoneStage:
    """The phone shows another screen (a ``PartyStage``)."""

    at_ns: int
    stage: str
    call_id: CallId | None
    type: Literal["phone-stage"] = "phone-stage"


@dataclass(frozen=True, kw_only=True)
class FrameSent:
    """The camera gave a picture with this counter burned in, looking at ``view``."""

    at_ns: int
    mark: int
    view: str
    type: Literal["frame-sent"] = "frame-sent"


@dataclass(frozen=True, kw_only=True)
class ToneSent:
    """The voice now speaks at this frequency."""

    at_ns: int
    hertz: float
    type: Literal["tone-sent"] = "tone-sent"


@dataclass(frozen=True, kw_only=True)
class SoundHeard:
    """Strongest frequency and level of one second of decoded sound from the desk."""

    at_ns: int
    hertz: float | None
    dbfs: float | None
    type: Literal["sound-heard"] = "sound-heard"


@dataclass(frozen=True, kw_only=True)
class ControlHeard:
    """A control message arrived and was carried out, or not."""

    at_ns: int
    control: str
    id: str
    ok: bool
    text: str
    type: Literal["control-heard"] = "control-heard"


@dataclass(frozen=True, kw_only=True)
class StillSent:
    """A full-resolution picture was posted; ``mark`` is the counter burned into it."""

    at_ns: int
    evidence_id: EvidenceId
    sha256: str
    mark: int
    type: Literal["still-sent"] = "still-sent"


@dataclass(frozen=True, kw_only=True)
class NoticeSeen:
    """The page shows the evacuation notice."""

    at_ns: int
    text: str
    confirmed: bool
    type: Literal["notice-seen"] = "notice-seen"


@dataclass(frozen=True, kw_only=True)
class MessageSeen:
    """The page shows an SMS of the training gateway."""

    at_ns: int
    text: str
    type: Literal["message-seen"] = "message-seen"


@dataclass(frozen=True, kw_only=True)
class SignatureGiven:
    """The party read a text, named by its digest, and signed it on the page."""

    at_ns: int
    text_sha256: str
    type: Literal["signature-given"] = "signature-given"


@dataclass(frozen=True, kw_only=True)
class ResultSeen:
    """The progress page shows the decision: document number, own label and every label's share."""

    at_ns: int
    number: str
    own_label: str
    shares: tuple[tuple[str, str], ...]
    type: Literal["result-seen"] = "result-seen"


PhoneObservation = Annotated[
    PhoneStage
    | FrameSent
    | ToneSent
    | SoundHeard
    | ControlHeard
    | StillSent
    | NoticeSeen
    | MessageSeen
    | SignatureGiven
    | ResultSeen,
    TAGGED,
]
