"""Messages on the data channel ``control`` between desk and phone: JSON objects told apart by ``type``.

They steer the phone while the media flow; whatever must last goes over the service instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
class SetTorch:
    """Desk to phone: light on or off; refused with ``no-torch`` where the camera in use has none."""

    on: bool
    id: str
    type: Literal["set-torch"] = "set-torch"


@dataclass(frozen=True, kw_only=True)
class SetZoom:
    """Desk to phone: so many times nearer (1 is the plain view); refused with ``no-zoom``."""

    factor: float
    id: str
    type: Literal["set-zoom"] = "set-zoom"


@dataclass(frozen=True, kw_only=True)
class Draw:
    """Desk to phone: these lines over the picture instead of all before; which seat drew them, and when.

    At most 8 lines of at most 64 points (x, y) in parts of the picture as it is sent; none wipes it. No
    evidence is touched.
    """

    id: str
    strokes: tuple[tuple[tuple[float, float], ...], ...]
    author: str
    at: datetime
    type: Literal["draw"] = "draw"


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

    ``torch``: whether the light is on; ``zoom``: how many times nearer, at most ``zoom_max``. ``None`` where
    the camera in use cannot.
    """

    battery: int | None
    network: str
    facing: Literal["environment", "user"]
    visible: bool
    torch: bool | None = None
    zoom: float | None = None
    zoom_max: float | None = None
    type: Literal["phone-status"] = "phone-status"


ToPhone = Annotated[Guide | SwitchCamera | SetTorch | SetZoom | Draw | RequestStill | SlotFilled, TAGGED]
FromPhone = Annotated[Acknowledge | PhoneStatus, TAGGED]
