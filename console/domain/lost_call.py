"""A call that was lost: the party gave up, vanished, or did not come back after a drop (interface.md 11).

It stands on a list for everybody until the party is back or a person closes it with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from console.domain.call import Call, CallState
from console.domain.errors import DomainError


class CloseReason(StrEnum):
    """Why a lost call needs nobody any more. ``came-back`` is the service's own word."""

    CAME_BACK = "came-back"
    REACHED = "reached"
    NO_ANSWER = "no-answer"
    FALSE_CALL = "false-call"
    SETTLED = "settled"


BY_HAND = tuple(reason for reason in CloseReason if reason is not CloseReason.CAME_BACK)
"""What a person may choose."""
NEEDS_NOTE = frozenset({CloseReason.SETTLED})
"""Reasons that say nothing without a word on how."""


@dataclass(frozen=True, kw_only=True)
class CallClosed:
    """A lost call came off the list; the call's state stays what it was."""

    reason: CloseReason
    note: str = ""
    type: Literal["call-closed"] = "call-closed"


def require_closable(call: Call) -> None:
    """Raise ``call-not-lost`` when the call is off the list, ``call-held`` while a seat still holds it."""
    if call.lost_at is None:
        raise DomainError("call-not-lost")
    if call.state is CallState.INTERRUPTED:
        raise DomainError("call-held", seat=call.seat or "")
