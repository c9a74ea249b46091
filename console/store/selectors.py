"""Answers that views need and that follow from what the store holds."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.call import Call, CallState
from console.domain.evidence import OPTIONAL_SLOTS, Capture, Custody, Slot, required_slots
from console.domain.ids import EvidenceId, IncidentId, SeatId
from console.store.desk_store import DeskStore

UNDER_WAY = frozenset(Custody) - {Custody.VERIFIED, Custody.REJECTED, Custody.CORRUPT}
"""States in which an item still waits for the service."""


@dataclass(frozen=True, kw_only=True)
class StripItem:
    """One item of the evidence strip. ``local`` says that its bytes lie on this machine."""

    evidence_id: EvidenceId
    capture: Capture
    custody: Custody
    local: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StripSlot:
    """One slot and its items, oldest first; the last one counts."""

    slot: Slot
    required: bool
    items: tuple[StripItem, ...]


def waiting_calls(store: DeskStore) -> tuple[Call, ...]:
    """Return the queue: calls that wait or ring, those with injured people first, then the oldest."""
    waiting = [call for call in store.calls.values() if call.state in {CallState.WAITING, CallState.RINGING}]
    return tuple(sorted(waiting, key=lambda call: (not call.hurt_reported, call.placed_at, call.id)))


def ringing_call(store: DeskStore, seat: SeatId) -> Call | None:
    """Return the call offered to ``seat``, if any."""
    return next((call for call in store.calls.values() if call.ringing_seat == seat), None)


def own_call(store: DeskStore, seat: SeatId) -> Call | None:
    """Return the call ``seat`` holds: connected, interrupted or in wrap-up."""
    held = {CallState.CONNECTED, CallState.INTERRUPTED, CallState.WRAP_UP}
    own = [call for call in store.calls.values() if call.seat == seat and call.state in held]
    return max(own, key=lambda call: (call.state is not CallState.WRAP_UP, call.placed_at), default=None)


def strip(store: DeskStore, incident_id: IncidentId) -> tuple[StripSlot, ...]:
    """Return the evidence strip of an incident in the order of taking; optional slots are always there.

    An item of this desk shows its own custody; one that came from the phone is verified, for the service
    takes it in only when its digest equals the sender's.
    """
    incident = store.incidents[incident_id]
    items: dict[EvidenceId, StripItem] = {
        item.id: StripItem(evidence_id=item.id, capture=item.capture, custody=Custody.VERIFIED, local=False)
        for item in incident.evidence
    }
    for own in store.local_items.values():
        if own.incident_id == incident_id:
            items[own.evidence_id] = StripItem(
                evidence_id=own.evidence_id,
                capture=own.capture,
                custody=own.custody,
                local=True,
                reason=own.reason,
            )
    required = required_slots(incident.form)
    taken = {item.capture.slot for item in items.values()}
    slots = [slot for slot in Slot if slot in required or slot in taken or slot in OPTIONAL_SLOTS]
    ordered = sorted(items.values(), key=lambda item: item.capture.captured_at)
    return tuple(
        StripSlot(
            slot=slot,
            required=slot in required,
            items=tuple(item for item in ordered if item.capture.slot is slot),
        )
        for slot in slots
    )


def outbox_count(store: DeskStore) -> int:
    """Return how many items of this desk the service has not verified yet."""
    return sum(item.custody in UNDER_WAY for item in store.local_items.values())


def outbox_alarms(store: DeskStore) -> tuple[EvidenceId, ...]:
    """Return items that somebody must look at: rejected or corrupt."""
    bad = {Custody.REJECTED, Custody.CORRUPT}
    return tuple(item.evidence_id for item in store.local_items.values() if item.custody in bad)
