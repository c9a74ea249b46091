"""The store: replaying equals loading, repeats change nothing, what does not fit asks for a resync."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.contract.desk_api import WriteNotes
from console.contract.journal import DeskSnapshot, Entry, next_call, next_incident
from console.domain import events as ev
from console.domain.call import Call, CallSource
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Slot
from console.domain.ids import CallId, IncidentId, MessageId, PartyId, SeatId, UserId
from console.domain.incident import Incident
from console.domain.party import PartyDetails
from console.domain.place import PlaceDescribed, PositionReported
from console.domain.posts import HandedOver
from console.domain.triage import Answer, TriageFact
from console.domain.verification import (
    AccidentTimeStated,
    Check,
    CheckItem,
    CheckResult,
    ChecksRecorded,
    ChecksStarted,
    Field,
    RegisteredValueAdopted,
)
from console.store.changes import NOTHING, Changes, Lamp
from console.store.desk_store import DeskStore
from console.usecases import facts
from tests.fake_service import session
from tests.fakes import NOW
from tests.unit.domain.builders import at, evidence, message, party, ruling
from tests.unit.domain.test_place import FIX, FOUND, PIN

INCIDENTS = [IncidentId(f"incident-{number}") for number in range(2)]


def call_of(incident_id: IncidentId) -> CallId:
    return CallId(f"call-{incident_id}")


def placed(incident_id: IncidentId) -> ev.CallPlaced:
    call = Call(
        id=call_of(incident_id),
        incident_id=incident_id,
        party_id=PartyId("甲"),
        source=CallSource.APP,
        placed_at=NOW,
    )
    return ev.CallPlaced(call=call)


SEAT = SeatId("07")
EVENTS: list[ev.Event] = [
    ev.PartyJoined(party=party(PartyId("乙"), "乙")),
    ev.PartyDetailsStated(party_id=PartyId("甲"), details=PartyDetails(name="示例安")),
    PlaceDescribed(road="示例路", landmark="灯杆 12"),
    PositionReported(position=FIX),
    FOUND,
    PIN,
    ev.NotesWritten(text="无人受伤"),
    ev.AccidentFormSet(form=AccidentForm.LANE_CHANGE),
    ev.TriageFactStated(fact=TriageFact.INJURY, answer=Answer.NO),
    ev.OfficerRequested(party_id=PartyId("甲")),
    ev.EvidenceReceived(evidence=evidence(Slot.PLATE_A)),
    AccidentTimeStated(occurred_at=at(0)),
    ChecksStarted(party_id=PartyId("甲"), items=(CheckItem.VEHICLE,)),
    ChecksRecorded(
        party_id=PartyId("甲"), checks=(Check(item=CheckItem.VEHICLE, result=CheckResult.VERIFIED),)
    ),
    RegisteredValueAdopted(party_id=PartyId("甲"), field=Field.INSURER, value="样例财险"),
    ev.EvacuationNoticeSent(text="请撤离", destination="路边"),
    ev.EvacuationConfirmed(party_id=PartyId("甲")),
    ev.RulingDrafted(ruling=ruling()),
    HandedOver(),
    ev.MessageQueued(message=message()),
    ev.MessageSent(message_id=MessageId("message")),
    ev.CallRang(seat=SEAT),
    ev.CallReturned(seat=SEAT),
    ev.CallAnswered(seat=SEAT, user_id=UserId("officer"), user_name="示例安"),
    ev.CallInterrupted(reason="network"),
    ev.CallResumed(),
    ev.CallAbandoned(reason="left"),
    ev.CallHungUp(by="desk"),
    ev.CallEnded(),
]


def an_entry(sequence: int, incident_id: IncidentId, event: ev.Event) -> Entry:
    of_call = isinstance(event, ev.CallEvent)
    return Entry(
        sequence=sequence,
        at=at(sequence),
        actor="officer",
        incident_id=incident_id,
        call_id=call_of(incident_id) if of_call else None,
        event=event,
    )


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """Journals as the service writes them: every entry fits what came before."""
    steps = draw(st.lists(st.tuples(st.sampled_from(INCIDENTS), st.sampled_from(EVENTS)), max_size=40))
    written: list[Entry] = []
    incidents: dict[IncidentId, Incident] = {}
    calls: dict[IncidentId, Call | None] = {}
    sequence = draw(st.integers(0, 1000))

    def write(incident_id: IncidentId, event: ev.Event) -> None:
        nonlocal sequence
        sequence += draw(st.integers(1, 3))
        entry = an_entry(sequence, incident_id, event)
        try:
            incident = next_incident(incidents.get(incident_id), entry)
            call = next_call(calls.get(incident_id), entry)
        except DomainError:
            return
        incidents[incident_id], calls[incident_id] = incident, call
        written.append(entry)

    for incident_id in INCIDENTS:
        write(incident_id, ev.IncidentOpened(incident_id=incident_id, number=incident_id, training=True))
        write(incident_id, ev.PartyJoined(party=party(PartyId("甲"), "甲")))
        write(incident_id, placed(incident_id))
    for incident_id, event in steps:
        write(incident_id, event)
    return written


def replayed(entries: list[Entry]) -> DeskStore:
    store = DeskStore()
    for entry in entries:
        assert not store.apply(entry).resync
    return store


def seen(store: DeskStore) -> DeskSnapshot:
    assert store.as_of is not None
    return DeskSnapshot(
        sequence=store.sequence,
        at=store.as_of,
        calls=tuple(store.calls.values()),
        incidents=tuple(store.incidents.values()),
    )


@given(journals(), st.data())
def test_replaying_equals_loading_a_snapshot_anywhere(entries: list[Entry], data: st.DataObject) -> None:
    whole = replayed(entries)
    cut = data.draw(st.integers(1, len(entries)))
    loaded = DeskStore()
    loaded.load(seen(replayed(entries[:cut])))
    for entry in entries[cut:]:
        loaded.apply(entry)
    assert seen(loaded) == seen(whole)


@given(journals(), st.data())
def test_repeated_entries_change_nothing(entries: list[Entry], data: st.DataObject) -> None:
    store = DeskStore()
    for number, entry in enumerate(entries):
        assert store.apply(entry)
        again = data.draw(st.sampled_from(entries[: number + 1]))
        before = seen(store)
        assert store.apply(again) == NOTHING
        assert seen(store) == before


@given(journals())
def test_loading_what_is_known_changes_nothing(entries: list[Entry]) -> None:
    store = replayed(entries)
    assert store.load(seen(store)) == NOTHING


def test_changes_name_what_was_touched() -> None:
    store = DeskStore()
    incident_id = INCIDENTS[0]
    opened = ev.IncidentOpened(incident_id=incident_id, number="1", training=True)
    assert store.apply(an_entry(1, incident_id, opened)).incidents == {incident_id}
    store.apply(an_entry(2, incident_id, ev.PartyJoined(party=party(PartyId("甲"), "甲"))))
    assert store.apply(an_entry(3, incident_id, placed(incident_id))).calls == {call_of(incident_id)}
    assert store.apply(an_entry(4, incident_id, ev.NotesWritten(text="x"))).calls == frozenset()
    item = evidence(Slot.PLATE_A)
    arrived = store.apply(an_entry(5, incident_id, ev.EvidenceReceived(evidence=item)))
    assert arrived.evidence == {item.id}


def test_an_entry_that_does_not_fit_asks_for_a_resync_once() -> None:
    store = DeskStore()
    stray = an_entry(7, INCIDENTS[0], ev.NotesWritten(text="x"))
    assert store.apply(stray) == Changes(resync=True)
    assert store.apply(stray) == NOTHING


def edit(text: str, state: facts.EditState) -> facts.EditChanged:
    return facts.EditChanged(incident_id=INCIDENTS[0], key="notes", value=WriteNotes(text=text), state=state)


def test_what_was_typed_stays_until_the_journal_has_it() -> None:
    place = (INCIDENTS[0], "notes")
    store = DeskStore()
    store.apply(an_entry(1, place[0], ev.IncidentOpened(incident_id=place[0], number="1", training=True)))
    for state in (facts.EditState.TYPED, facts.EditState.KEPT, facts.EditState.SENT):
        assert store.apply(edit("无人受伤", state)).edits == {place}
        assert store.edits[place].state is state
    changes = store.apply(an_entry(2, place[0], ev.NotesWritten(text="无人受伤")))
    assert changes.edits == {place}
    assert place not in store.edits


def test_what_was_typed_meanwhile_is_not_lost_to_an_older_entry() -> None:
    place = (INCIDENTS[0], "notes")
    store = DeskStore()
    store.apply(an_entry(1, place[0], ev.IncidentOpened(incident_id=place[0], number="1", training=True)))
    store.apply(edit("新的", facts.EditState.KEPT))
    store.apply(an_entry(2, place[0], ev.NotesWritten(text="旧的")))
    assert store.edits[place].value == WriteNotes(text="新的")
    store.apply(an_entry(3, place[0], ev.NotesWritten(text="新的")))
    store.apply(edit("新的", facts.EditState.SENT))
    assert place not in store.edits


def test_local_outcomes_come_through_the_same_door() -> None:
    store = DeskStore()
    assert store.apply(facts.SessionOpened(session=replace(session(), token=""))).session
    assert store.session == replace(session(), token="")
    assert store.apply(facts.ClockMeasured(offset_ms=3000, uncertainty_ms=4)).lamps == {Lamp.CLOCK}
    link = facts.ServiceLinkChanged(state=facts.LinkState.OFFLINE, since=NOW, reason="unreachable")
    assert store.apply(link).lamps == {Lamp.SERVICE}
    assert store.service_link == link
    assert store.apply(facts.MuteChanged(muted=True)) == Changes(muted=True)
    assert store.apply(facts.SessionClosed(reason="not-signed-in")).session
    assert store.session_end == "not-signed-in"
