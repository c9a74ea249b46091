"""Lost calls as desks see them. Paths stand in the docstrings; all begin with ``/v1``.

``POST /v1/calls/{call_id}/link-back`` has an empty body: it sends the party another link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.call import CallState
from console.domain.determination import MessageState
from console.domain.ids import CallId, IncidentId, SeatId
from console.domain.lost_call import CloseReason


@dataclass(frozen=True, kw_only=True)
class LostCall:
    """One lost call; the phone stands nowhere here, ``has_phone`` says whether one is known.

    ``party`` is the party's label; ``seat`` and ``answered_name`` are of whoever answered, if anybody did.
    ``link`` and ``link_at`` tell of the newest message with a link back.
    """

    call_id: CallId
    incident_id: IncidentId
    incident_number: str
    party: str
    state: CallState
    lost_at: datetime
    hurt_reported: bool
    seat: SeatId | None
    answered_name: str
    has_phone: bool
    link: MessageState | None
    link_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LostCallPage:
    """Answer to ``GET /v1/calls/abandoned?after=…``: at most 100, those lost first come first.

    ``after`` of the next page is ``next``, which is empty on the last one.
    """

    items: tuple[LostCall, ...]
    next: str


@dataclass(frozen=True, kw_only=True)
class CloseCall:
    """``POST /v1/calls/{call_id}/close``; ``came-back`` is the service's own reason and refused here."""

    reason: CloseReason
    note: str = ""
