"""Evidence: what is captured, where it fits, and the honest words for where it has got to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.errors import DomainError
from console.domain.ids import CallId, EvidenceId, PartyId


class Slot(StrEnum):
    """The places of the evidence strip (GA/T 50-2019 classes, arranged for the roadside)."""

    SAFETY = "safety"
    LOCATION_LANDMARK = "location-landmark"
    FRONT_PANORAMA = "front-panorama"
    REAR_PANORAMA = "rear-panorama"
    CONTACT_A = "contact-a"
    CONTACT_B = "contact-b"
    MARKINGS = "markings"
    GROUND_MARKS = "ground-marks"
    PLATE_A = "plate-a"
    PLATE_B = "plate-b"
    BOTH_IN_FRAME = "both-in-frame"
    DRIVER_A_FACE = "driver-a-face"
    DRIVER_B_FACE = "driver-b-face"
    DRIVING_LICENCE_A = "driving-licence-a"
    VEHICLE_LICENCE_A = "vehicle-licence-a"
    DRIVING_LICENCE_B = "driving-licence-b"
    VEHICLE_LICENCE_B = "vehicle-licence-b"
    OTHER = "other"


class AccidentForm(StrEnum):
    """How the vehicles met (police table of vehicle-to-vehicle forms, plus single vehicle)."""

    REAR_END = "rear-end"
    LANE_CHANGE = "lane-change"
    JUNCTION = "junction"
    SINGLE_VEHICLE = "single-vehicle"
    OTHER = "other"


FACE_SLOTS = (Slot.DRIVER_A_FACE, Slot.DRIVER_B_FACE)
"""The drivers' faces, in the order of the parties; offered to those alone who agreed to a comparison."""

OPTIONAL_SLOTS = frozenset({Slot.GROUND_MARKS, Slot.OTHER, *FACE_SLOTS})


def required_slots(form: AccidentForm) -> tuple[Slot, ...]:
    """Return the slots that must be filled before hand-over, in the order in which they are taken."""
    slots = tuple(slot for slot in Slot if slot not in OPTIONAL_SLOTS)
    if form is AccidentForm.SINGLE_VEHICLE:
        other_party = {
            Slot.CONTACT_B,
            Slot.PLATE_B,
            Slot.BOTH_IN_FRAME,
            Slot.DRIVING_LICENCE_B,
            Slot.VEHICLE_LICENCE_B,
        }
        return tuple(slot for slot in slots if slot not in other_party)
    return slots


class CaptureSource(StrEnum):
    """Where the bytes came from."""

    LIVE_FRAME = "live-frame"
    PHONE_STILL = "phone-still"
    RECORDING = "recording"


@dataclass(frozen=True, kw_only=True)
class Capture:
    """How an item came to be. Clocks are UTC; ``clock_offset_ms`` is desk minus service when captured.

    ``frame_number`` and ``media_session`` name the decoded frame of a snapshot; a phone still has none.
    ``duration_ms`` is that of a segment of the call's recording, which begins at ``captured_at``.
    """

    slot: Slot
    source: CaptureSource
    call_id: CallId | None
    party_id: PartyId | None
    captured_by: str
    captured_at: datetime
    clock_offset_ms: int | None
    width: int
    height: int
    media_type: str
    frame_number: int | None = None
    media_session: str | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class Digests:
    """Digests of the stored bytes, lower-case hexadecimal, and their number."""

    sha256: str
    sm3: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A captured item as the service holds it. It is never edited; ``received_at`` is the service's clock."""

    id: EvidenceId
    capture: Capture
    digests: Digests
    received_at: datetime


class Custody(StrEnum):
    """Where an item has got to, in the desk's own words; ``verified`` only on the service's equal digest."""

    CAPTURED = "captured"
    QUEUED = "queued"
    UPLOADING = "uploading"
    RECEIVED = "received"
    VERIFIED = "verified"
    RETRY_LATER = "retry-later"
    REJECTED = "rejected"
    CORRUPT = "corrupt"


CUSTODY_TRANSITIONS: dict[Custody, frozenset[Custody]] = {
    Custody.CAPTURED: frozenset({Custody.QUEUED, Custody.CORRUPT}),
    Custody.QUEUED: frozenset({Custody.UPLOADING, Custody.CORRUPT}),
    Custody.UPLOADING: frozenset(
        {Custody.RECEIVED, Custody.RETRY_LATER, Custody.REJECTED, Custody.CORRUPT, Custody.QUEUED}
    ),
    Custody.RECEIVED: frozenset({Custody.VERIFIED, Custody.CORRUPT}),
    Custody.RETRY_LATER: frozenset({Custody.UPLOADING, Custody.QUEUED, Custody.CORRUPT}),
    Custody.REJECTED: frozenset({Custody.QUEUED}),
    Custody.VERIFIED: frozenset(),
    Custody.CORRUPT: frozenset(),
}


def require_custody(current: Custody, wanted: Custody) -> None:
    """Raise ``custody-state`` unless ``current -> wanted`` is drawn in ``CUSTODY_TRANSITIONS``."""
    if wanted not in CUSTODY_TRANSITIONS[current]:
        raise DomainError("custody-state", current=current.value, wanted=wanted.value)
