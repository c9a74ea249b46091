"""What views ask of the store: queue, own call, evidence strip, outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.contract.journal import DeskSnapshot, Entry
from console.domain.call import Call, CallState
from console.domain.discarding import DiscardReason, EvidenceDiscarded
from console.domain.evidence import AccidentForm, Custody, Slot, required_slots
from console.domain.ids import CallId, EvidenceId
from console.domain.incident import Incident
from console.store import selectors
from console.store.desk_store import DeskStore
from console.usecases.facts import CustodyChanged
from tests.fakes import SEAT
from tests.unit.domain.builders import T0, at, call, evidence, incident


def store_with(*calls: Call, of: Incident | None = None) -> DeskStore:
    store = DeskStore()
    store.load(DeskSnapshot(sequence=1, at=T0, calls=calls, incidents=(of or incident(),)))
    return store


def waiting(name: str, placed_at: datetime, *, hurt: bool = False) -> Call:
    return replace(call(), id=CallId(name), placed_at=placed_at, hurt_reported=hurt)


def local(slot: Slot, custody: Custody, name: str = "local") -> CustodyChanged:
    return CustodyChanged(
        evidence_id=EvidenceId(name),
        incident_id=incident().id,
        capture=replace(evidence(slot).capture, captured_at=at(9)),
        custody=custody,
    )


def test_the_queue_puts_the_injured_first_and_then_the_oldest() -> None:
    store = store_with(waiting("late", at(9)), waiting("early", at(1)), waiting("hurt", at(20), hurt=True))
    assert [c.id for c in selectors.waiting_calls(store)] == ["hurt", "early", "late"]


def test_a_live_call_comes_before_one_in_wrap_up() -> None:
    old = replace(waiting("old", at(0)), state=CallState.WRAP_UP, seat=SEAT)
    live = replace(waiting("live", at(5)), state=CallState.CONNECTED, seat=SEAT)
    ringing = replace(waiting("next", at(6)), state=CallState.RINGING, ringing_seat=SEAT)
    store = store_with(old, live, ringing)
    assert selectors.own_call(store, SEAT) == live
    assert selectors.own_call(store_with(old), SEAT) == old
    assert selectors.ringing_call(store, SEAT) == ringing


def test_the_strip_has_every_required_slot_and_shows_own_custody() -> None:
    arrived = evidence(Slot.PLATE_A)
    store = store_with(of=replace(incident(), evidence=(arrived,)))
    store.apply(local(Slot.PLATE_A, Custody.UPLOADING))
    slots = {slot.slot: slot for slot in selectors.strip(store, incident().id)}
    assert {slot for slot, view in slots.items() if view.required} == set(
        required_slots(AccidentForm.REAR_END)
    )
    items = slots[Slot.PLATE_A].items
    assert [(item.local, item.custody) for item in items] == [
        (False, Custody.VERIFIED),
        (True, Custody.UPLOADING),
    ]
    assert list(slots)[-1] is Slot.OTHER


def test_an_own_item_is_not_verified_because_the_journal_has_it() -> None:
    arrived = evidence(Slot.PLATE_A)
    store = store_with(of=replace(incident(), evidence=(arrived,)))
    store.apply(local(Slot.PLATE_A, Custody.CORRUPT, arrived.id))
    item = next(view for view in selectors.strip(store, incident().id) if view.items).items[0]
    assert item.custody is Custody.CORRUPT
    assert selectors.outbox_alarms(store) == (arrived.id,)
    assert selectors.outbox_count(store) == 0


def test_filled_slots_stay_when_the_form_changes() -> None:
    arrived = evidence(Slot.PLATE_B)
    store = store_with(of=replace(incident(), form=AccidentForm.SINGLE_VEHICLE, evidence=(arrived,)))
    view = next(v for v in selectors.strip(store, incident().id) if v.slot is Slot.PLATE_B)
    assert (view.required, len(view.items)) == (False, 1)


def test_a_picture_set_aside_stands_beside_its_slot_and_an_earlier_one_counts_again() -> None:
    first, own = evidence(Slot.PLATE_A), local(Slot.PLATE_A, Custody.VERIFIED)
    newest = replace(first, id=own.evidence_id, capture=own.capture)
    store = store_with(of=replace(incident(), evidence=(first, newest)))
    store.apply(own)
    event = EvidenceDiscarded(evidence_id=newest.id, reason=DiscardReason.UNCLEAR)
    store.apply(Entry(sequence=2, at=at(10), actor="u", incident_id=incident().id, call_id=None, event=event))
    slots = {slot.slot: slot for slot in selectors.strip(store, incident().id)}
    assert [item.evidence_id for item in slots[Slot.PLATE_A].items] == [first.id]
    assert [(item.evidence_id, item.local) for item in slots[Slot.PLATE_A].discarded] == [(newest.id, True)]
