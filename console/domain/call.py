"""A call: one connection with a party, and the states it may pass through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.by_photo import NOTHING_BY_PHOTO, ByPhoto
from console.domain.errors import DomainError
from console.domain.ids import CallId, IncidentId, PartyId, SeatId, UserId


class CallState(StrEnum):
    """States of a call; see ``TRANSITIONS`` for the only ways between them."""

    WAITING = "waiting"
    RINGING = "ringing"
    CONNECTED = "connected"
    INTERRUPTED = "interrupted"
    WRAP_UP = "wrap-up"
    ENDED = "ended"
    ABANDONED = "abandoned"


TRANSITIONS: dict[CallState, frozenset[CallState]] = {
    CallState.WAITING: frozenset({CallState.RINGING, CallState.CONNECTED, CallState.ABANDONED}),
    CallState.RINGING: frozenset({CallState.WAITING, CallState.CONNECTED, CallState.ABANDONED}),
    CallState.CONNECTED: frozenset({CallState.INTERRUPTED, CallState.WRAP_UP}),
    CallState.INTERRUPTED: frozenset({CallState.CONNECTED, CallState.WRAP_UP}),
    CallState.WRAP_UP: frozenset({CallState.ENDED}),
    CallState.ENDED: frozenset(),
    CallState.ABANDONED: frozenset({CallState.WAITING}),
}
"""Every allowed move. A ready desk may answer a waiting call before it rings anywhere."""


IN_CALL = frozenset({CallState.CONNECTED, CallState.INTERRUPTED})
"""The states in which party and desk have each other, or are getting each other back."""


class CallSource(StrEnum):
    """How the party came in; decides how far the identity can be trusted."""

    APP = "app"
    SMS_LINK = "sms-link"
    TRANSFER = "transfer"


@dataclass(frozen=True, kw_only=True)
class Call:
    """One connection with a party. ``ringing_seat`` is set while ringing, ``seat`` once answered.

    ``lost_s`` are the seconds of all drops that are over, ``lost_since`` is when the present one began.
    ``lost_at`` is when the party went without a word on what becomes of it: see ``console.domain.lost_call``.
    """

    id: CallId
    incident_id: IncidentId
    party_id: PartyId
    source: CallSource
    placed_at: datetime
    state: CallState = CallState.WAITING
    hurt_reported: bool = False
    place_hint: str = ""
    ringing_seat: SeatId | None = None
    ringing_since: datetime | None = None
    seat: SeatId | None = None
    answered_by: UserId | None = None
    answered_name: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    lost_since: datetime | None = None
    lost_s: float = 0.0
    lost_at: datetime | None = None
    by_photo: ByPhoto = NOTHING_BY_PHOTO

    def lost_until(self, now: datetime) -> timedelta:
        """Return the time that drops have cost up to ``now``; it is counted apart (interface.md 11)."""
        running = timedelta() if self.lost_since is None else now - self.lost_since
        return timedelta(seconds=self.lost_s) + max(timedelta(), running)


def require_transition(current: CallState, wanted: CallState) -> None:
    """Raise ``call-state`` unless ``current -> wanted`` is drawn in ``TRANSITIONS``."""
    if wanted not in TRANSITIONS[current]:
        raise DomainError("call-state", current=current.value, wanted=wanted.value)
