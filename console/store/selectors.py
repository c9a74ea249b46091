"""Answers that views need and that follow from what the store holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.call import Call, CallState
from console.domain.delivery import Delivery, DeliveryState
from console.domain.evidence import (
    FACE_SLOTS,
    OPTIONAL_SLOTS,
    Capture,
    CaptureSource,
    Custody,
    Slot,
    required_slots,
)
from console.domain.held import held
from console.domain.ids import EvidenceId, IncidentId, SeatId
from console.domain.incident import Incident, IncidentState
from console.domain.party import ConsentItem
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
    """One slot and its items, oldest first; the last one counts. ``discarded`` count no more."""

    slot: Slot
    required: bool
    items: tuple[StripItem, ...]
    discarded: tuple[StripItem, ...] = ()


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


AT_THE_RULING_POST = frozenset({IncidentState.RULING, IncidentState.ISSUED, IncidentState.SERVED})
"""States in which a case is worked on without a call."""


def case_in_hand(store: DeskStore, seat: SeatId) -> Incident | None:
    """Return the case ``seat`` works on: that of the call it holds, else the one opened without a call.

    A case that was given back for evidence, closed or sent the police leaves the ruling post by itself.
    """
    call = own_call(store, seat)
    if call is not None:
        return store.incidents.get(call.incident_id)
    opened = None if store.opened is None else store.incidents.get(store.opened)
    return opened if opened is not None and opened.state in AT_THE_RULING_POST else None


def newest_call(store: DeskStore, incident_id: IncidentId) -> Call | None:
    """Return the call by which a case came in last."""
    calls = [call for call in store.calls.values() if call.incident_id == incident_id]
    return max(calls, key=lambda call: call.placed_at, default=None)


def cases_to_rule(store: DeskStore) -> tuple[Incident, ...]:
    """Return every case handed over and not ruled yet, the oldest first."""
    waiting = [one for one in store.incidents.values() if one.state is IncidentState.RULING]
    return tuple(sorted(waiting, key=lambda incident: (incident.opened_at, incident.number)))


class OpenKind(StrEnum):
    """Why a case of this seat is still open, in the order in which it wants attention."""

    DROPPED = "dropped"
    COLLECTING = "collecting"
    RULING = "ruling"
    ISSUED = "issued"
    DISPATCHED = "dispatched"


_OPEN_AS = {
    IncidentState.COLLECTING: OpenKind.COLLECTING,
    IncidentState.RULING: OpenKind.RULING,
    IncidentState.ISSUED: OpenKind.ISSUED,
    IncidentState.SERVED: OpenKind.ISSUED,
    IncidentState.DISPATCHED: OpenKind.DISPATCHED,
}


def open_cases(store: DeskStore, seat: SeatId) -> tuple[tuple[OpenKind, Incident], ...]:
    """Return the cases ``seat`` answered that are neither closed nor void, those that wait for it first.

    A case counts as dropped while evidence is still being collected and no call of it is connected.
    """
    own = [call for call in store.calls.values() if call.seat == seat]
    connected = {call.incident_id for call in own if call.state is CallState.CONNECTED}
    found = []
    for incident_id in dict.fromkeys(call.incident_id for call in own):
        incident = store.incidents.get(incident_id)
        kind = _OPEN_AS.get(incident.state) if incident is not None else None
        if incident is not None and kind is not None:
            if kind is OpenKind.COLLECTING and incident.id not in connected:
                kind = OpenKind.DROPPED
            found.append((kind, incident))
    return tuple(sorted(found, key=lambda item: (list(OpenKind).index(item[0]), item[1].opened_at)))


def strip(store: DeskStore, incident_id: IncidentId) -> tuple[StripSlot, ...]:
    """Return the evidence strip of an incident in the order of taking; optional slots are always there.

    An item of this desk shows its own custody; one that came from the phone is verified, for the service
    takes it in only when its digest equals the sender's.
    """
    incident = store.incidents[incident_id]
    items: dict[EvidenceId, StripItem] = {
        item.id: StripItem(evidence_id=item.id, capture=item.capture, custody=Custody.VERIFIED, local=False)
        for item in held(incident)
        if item.capture.source is not CaptureSource.RECORDING
    }
    for own in store.local_items.values():
        if own.incident_id == incident_id and own.capture.source is not CaptureSource.RECORDING:
            items[own.evidence_id] = StripItem(
                evidence_id=own.evidence_id,
                capture=own.capture,
                custody=own.custody,
                local=True,
                reason=own.reason,
            )
    required = required_slots(incident.form)
    taken = {item.capture.slot for item in items.values()}
    shown = {*required, *taken, *OPTIONAL_SLOTS.difference(FACE_SLOTS), *_faces(incident)}
    slots = [slot for slot in Slot if slot in shown]
    ordered = sorted(items.values(), key=lambda item: item.capture.captured_at)
    gone = {one.evidence.id for one in incident.discarded}
    return tuple(
        StripSlot(
            slot=slot,
            required=slot in required,
            items=tuple(i for i in ordered if i.capture.slot is slot and i.evidence_id not in gone),
            discarded=tuple(i for i in ordered if i.capture.slot is slot and i.evidence_id in gone),
        )
        for slot in slots
    )


def _faces(incident: Incident) -> tuple[Slot, ...]:
    """Return the slots for the faces of those who agreed to a comparison."""
    consents = (party.consent(ConsentItem.FACE_COMPARISON) for party in incident.parties)
    return tuple(
        slot
        for slot, consent in zip(FACE_SLOTS, consents, strict=False)
        if consent is not None and consent.given
    )


def dead_deliveries(store: DeskStore) -> tuple[Delivery, ...]:
    """Return what the service could not deliver and nobody has settled yet."""
    return tuple(
        one
        for incident in store.incidents.values()
        for one in incident.deliveries
        if one.state is DeliveryState.DEAD
    )


def lost_calls(store: DeskStore) -> tuple[Call, ...]:
    """Return the calls whose party was lost and that nobody has closed, the first lost first."""
    lost = [(call.lost_at, call.id, call) for call in store.calls.values() if call.lost_at is not None]
    return tuple(call for _at, _id, call in sorted(lost, key=lambda one: one[:2]))


def applied_for(store: DeskStore) -> tuple[Incident, ...]:
    """Return the incidents in which something that a party applied for waits for a decision."""
    return tuple(one for one in store.incidents.values() if one.asked_at is not None)


def outbox_count(store: DeskStore) -> int:
    """Return how many items of this desk the service has not verified yet."""
    return sum(item.custody in UNDER_WAY for item in store.local_items.values())


def outbox_alarms(store: DeskStore) -> tuple[EvidenceId, ...]:
    """Return items that somebody must look at: rejected or corrupt."""
    bad = {Custody.REJECTED, Custody.CORRUPT}
    return tuple(item.evidence_id for item in store.local_items.values() if item.custody in bad)
