"""Messages on the data channel ``control`` between desk and phone: JSON objects told apart by ``type``.

They steer the phone while the media flow; whatever must last goes over the service instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from console.contract.codec import TAGGED
from console.domain.evidence import Slot

CONTROL_CHANNEL = "control"
MAX_CONTROL_BYTES = 16 * 1024


@dataclass(frozen=True, kw_only=True)
class Guide:
    """Desk to phone: show this sentence, the slot's outline and the progress. ``id`` is acknowledged."""

    id: str
    text: str
    slot: Slot
    done: int
    required: int
    type: Literal["guide"] = "guide"


@dataclass(frozen=True, kw_only=True)
class SwitchCamera:
    """Desk to phone: use the other camera; the page says who did it."""

    facing: Literal["environment", "user"]
    id: str
    type: Literal["switch-camera"] = "switch-camera"


@dataclass(frozen=True, kw_only=True)
class RequestStill:
    """Desk to phone: take a full-resolution picture and POST it with this ``id`` as ``request_id``."""

    id: str
    slot: Slot
    type: Literal["request-still"] = "request-still"


@dataclass(frozen=True, kw_only=True)
class SlotFilled:
    """Desk to phone: the slot has its picture."""

    id: str
    slot: Slot
    done: int
    required: int
    type: Literal["slot-filled"] = "slot-filled"


@dataclass(frozen=True, kw_only=True)
class Acknowledge:
    """Phone to desk: the message ``id`` was carried out, or why not (``detail``, at most 200 characters)."""

    id: str
    ok: bool
    detail: str = ""
    type: Literal["acknowledge"] = "acknowledge"


@dataclass(frozen=True, kw_only=True)
class PhoneStatus:
    """Phone to desk, now and then: battery in percent, network as the phone names it, camera, page
    visible.
    """

    battery: int | None
    network: str
    facing: Literal["environment", "user"]
    visible: bool
    type: Literal["phone-status"] = "phone-status"


ToPhone = Annotated[Guide | SwitchCamera | RequestStill | SlotFilled, TAGGED]
FromPhone = Annotated[Acknowledge | PhoneStatus, TAGGED]
