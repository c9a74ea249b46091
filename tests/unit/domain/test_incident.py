"""An incident is the fold of its events; the fold is idempotent by sequence number."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.contract.codec import decode, encode
from console.domain import events as ev
from console.domain.determination import MessageState, Service
from console.domain.discarding import DiscardReason, EvidenceDiscarded
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Slot, required_slots
from console.domain.evolution import evolve
from console.domain.held import held, require_discardable
from console.domain.ids import PartyId, RequestId, SeatId, UserId
from console.domain.incident import (
    INCIDENT_TRANSITIONS,
    Incident,
    IncidentState,
    require_state,
)
from console.domain.party import Consent, ConsentItem, ConsentWay, PartyDetails
from console.domain.place import PlaceDescribed, PositionReported
from console.domain.posts import HandedOver, RecusalDecided, RecusalRequested
from console.domain.review import ReviewApplied, ReviewDecided, ReviewForwarded, ReviewOutcome
from console.domain.triage import Answer, Branch, TriageFact
from console.domain.verification import Check, CheckItem, CheckResult, ChecksRecorded
from tests.unit.domain.builders import (
    PARTY_A,
    PARTY_B,
    T0,
    at,
    determination,
    evidence,
    incident,
    message,
    party,
    ruling,
)
from tests.unit.domain.test_place import FIX, FOUND, PIN


def served(party_id: PartyId) -> ev.DeterminationServed:
    """Return the service on one party."""
    return ev.DeterminationServed(
        service=Service(party_id=party_id, served_at=T0, review_until=T0.date()),
    )


def agrees(item: ConsentItem, given: bool) -> ev.ConsentRecorded:
    """Return an answer of 甲 to a consent item."""
    consent = Consent(item=item, given=given, wording="v1", way=ConsentWay.PAGE, at=T0)
    return ev.ConsentRecorded(party_id=PARTY_A, consent=consent)


APPLIED = ReviewApplied(
    party_id=PARTY_A, claims="撤销", reasons="对方变道", evidence="录像", forward_until=date(2026, 11, 30)
)
REQUESTED = RecusalRequested(
    request_id=RequestId("request"),
    party_id=PARTY_B,
    officer=UserId("officer"),
    officer_name="钱演示",
    reason="亲属",
    decide_until=date(2026, 11, 25),
)
STORY: list[ev.Event] = [
    ev.PartyJoined(party=party(PARTY_A, "甲")),
    ev.PartyJoined(party=party(PARTY_B, "乙")),
    ev.PartyDetailsStated(party_id=PARTY_A, details=PartyDetails(name="示例安", plate="测A·12345")),
    agrees(ConsentItem.E_SERVICE, given=False),
    agrees(ConsentItem.E_SERVICE, given=True),
    PlaceDescribed(road="样例大道由东向西", landmark="路灯杆 K-0231"),
    PositionReported(position=FIX),
    FOUND,
    PIN,
    ev.NotesWritten(text="甲停车等候。"),
    ev.AccidentFormSet(form=AccidentForm.REAR_END),
    *(ev.TriageFactStated(fact=fact, answer=Answer.NO) for fact in TriageFact),
    ev.CallAnswered(seat=SeatId("07"), user_id=UserId("u"), user_name="赵演示"),
    *(ev.EvidenceReceived(evidence=evidence(slot)) for slot in required_slots(AccidentForm.REAR_END)),
    ev.EvidenceReceived(evidence=evidence(Slot.OTHER)),
    EvidenceDiscarded(evidence_id=evidence(Slot.OTHER).id, reason=DiscardReason.BYSTANDERS),
    ev.EvacuationNoticeSent(text="请撤离", destination="路边停车带"),
    ev.EvacuationConfirmed(party_id=PARTY_A),
    HandedOver(),
    REQUESTED,
    RecusalDecided(request_id=REQUESTED.request_id, granted=False, note="不属于回避情形"),
    ev.RulingDrafted(ruling=ruling()),
    ev.DeterminationIssued(determination=determination()),
    ev.MessageQueued(message=message()),
    ev.MessageSent(message_id=message().id),
    served(PARTY_A),
    served(PARTY_B),
    APPLIED,
    ReviewForwarded(decide_until=date(2026, 12, 28)),
    ReviewDecided(outcome=ReviewOutcome.UPHELD, note="第1号"),
    ev.IncidentClosed(disposition="fast-track"),
]


def tell(events: list[ev.Event], start: Incident | None = None) -> Incident:
    """Return the incident after ``events``, numbered from 2, one second apart."""
    current = start or incident()
    for number, event in enumerate(events, start=2):
        current = evolve(current, event, at(number), "user", number)
    return current


def test_the_whole_story() -> None:
    end = tell(STORY)
    assert end.state is IncidentState.CLOSED
    assert end.version == len(STORY) + 1
    assert end.missing_slots == ()
    assert end.assessment.branch is Branch.VIDEO_FAST
    assert end.open_facts == ()
    assert end.party(PARTY_A).details.plate == "测A·12345"
    assert end.party(PARTY_A).evacuated_at is not None
    assert end.messages[0].state is MessageState.SENT
    assert end.determination is not None
    assert [s.party_id for s in end.determination.served] == [PARTY_A, PARTY_B]


def test_an_application_waits_until_it_is_decided() -> None:
    for opening, decided in ((REQUESTED, RecusalDecided), (APPLIED, ReviewDecided)):
        start = STORY.index(opening)
        end = next(at for at in range(start, len(STORY)) if isinstance(STORY[at], decided))
        assert tell(STORY[:start]).asked_at is None
        assert tell(STORY[: start + 1]).asked_at == tell(STORY[:end]).asked_at is not None
        assert tell(STORY[: end + 1]).asked_at is None
    assert tell(STORY).review is not None


def test_a_granted_request_recuses_and_an_open_one_holds_the_officer() -> None:
    asked = tell(STORY[: STORY.index(REQUESTED) + 1])
    assert asked.posts.asked_to_recuse("officer")
    assert not asked.posts.asked_to_recuse("another")
    granted = RecusalDecided(request_id=REQUESTED.request_id, granted=True, note="")
    after = evolve(asked, granted, at(900), "supervisor", asked.version + 1)
    assert not after.posts.asked_to_recuse("officer")
    recused = after.posts.recused("officer")
    assert recused is not None
    assert (recused.reason, recused.party_id) == ("亲属", PARTY_B)
    with pytest.raises(DomainError, match="unknown-request"):
        after.posts.request(RequestId("other"))


def test_the_stages_in_order() -> None:
    states = [tell(STORY[:count]).state for count in range(len(STORY) + 1)]
    order = [state for index, state in enumerate(states) if index == 0 or state is not states[index - 1]]
    assert order == [
        IncidentState.COLLECTING,
        IncidentState.RULING,
        IncidentState.ISSUED,
        IncidentState.SERVED,
        IncidentState.CLOSED,
    ]


@given(st.data())
def test_replays_and_repeats_change_nothing(data: st.DataObject) -> None:
    """However often and from wherever an old part of the stream is sent again, the end is the same."""
    current = incident()
    numbered = list(enumerate(STORY, start=2))
    for position, (number, event) in enumerate(numbered):
        current = evolve(current, event, at(number), "user", number)
        back = data.draw(st.integers(min_value=0, max_value=position), label="replay from")
        for old_number, old_event in numbered[back : position + 1]:
            assert evolve(current, old_event, at(999), "somebody", old_number) is current
    assert current == tell(STORY)


@given(st.integers(min_value=0, max_value=len(STORY)))
def test_a_snapshot_and_the_rest_equal_the_whole(cut: int) -> None:
    current = tell(STORY[:cut])
    for number, event in list(enumerate(STORY, start=2))[cut:]:
        current = evolve(current, event, at(number), "user", number)
    assert current == tell(STORY)


def test_sequence_numbers_may_have_gaps() -> None:
    first = evolve(incident(), STORY[0], at(1), "user", 40)
    assert evolve(first, STORY[1], at(2), "user", 41).version == 41


def test_the_newest_consent_counts() -> None:
    end = tell(STORY)
    consent = end.party(PARTY_A).consent(ConsentItem.E_SERVICE)
    assert consent is not None
    assert consent.given
    assert end.party(PARTY_B).consent(ConsentItem.E_SERVICE) is None


def test_served_only_when_everyone_is() -> None:
    issued = tell(STORY[: STORY.index(served(PARTY_A))])
    half = evolve(issued, served(PARTY_B), at(900), "service", 900)
    assert half.state is IncidentState.ISSUED
    assert evolve(half, served(PARTY_A), at(901), "service", 901).state is IncidentState.SERVED


def test_nothing_is_served_before_it_is_issued() -> None:
    with pytest.raises(DomainError) as refused:
        evolve(incident(), served(PARTY_A), at(1), "service", 2)
    assert refused.value.code == "not-issued"


def test_an_unknown_party_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        evolve(incident(), STORY[2], at(1), "user", 2)
    assert refused.value.code == "unknown-party"


def test_a_request_for_an_officer_counts_once_and_sends_one() -> None:
    request = ev.OfficerRequested(party_id=PARTY_A)
    told = tell([*STORY[:18], request, request])
    assert told.officer_requested_by == (PARTY_A,)
    assert told.assessment.branch is Branch.DISPATCH_ON_REQUEST
    sent = evolve(told, ev.PoliceDispatched(reason="request", note=""), at(60), "user", 60)
    assert sent.state is IncidentState.DISPATCHED
    assert sent.dispatch is not None
    assert (sent.dispatch.by, sent.dispatch.at) == ("user", at(60))


def test_slots_are_missing_until_their_picture_is_there() -> None:
    told = tell([STORY[0], ev.EvidenceReceived(evidence=evidence(Slot.PLATE_A))])
    assert Slot.PLATE_A not in told.missing_slots
    assert len(told.missing_slots) == len(required_slots(AccidentForm.REAR_END)) - 1


def test_a_picture_set_aside_fills_no_slot_and_stays_with_its_reason() -> None:
    item = evidence(Slot.PLATE_A)
    event = EvidenceDiscarded(evidence_id=item.id, reason=DiscardReason.UNCLEAR)
    told = tell([STORY[0], ev.EvidenceReceived(evidence=item), event])
    assert Slot.PLATE_A in told.missing_slots
    assert told.evidence == ()
    assert held(told) == (item,)
    (gone,) = told.discarded
    assert (gone.reason, gone.by, gone.at) == (DiscardReason.UNCLEAR, "user", at(4))
    with pytest.raises(DomainError, match="unknown-evidence"):
        require_discardable(told, item.id)


def test_nothing_is_set_aside_that_a_ruling_or_a_finding_rests_on() -> None:
    item = evidence(Slot.PLATE_A)
    told = tell([STORY[0], ev.EvidenceReceived(evidence=item)])
    require_discardable(told, item.id)
    with pytest.raises(DomainError, match="discard-too-late"):
        require_discardable(replace(told, ruling=ruling()), item.id)
    found = Check(item=CheckItem.VEHICLE, result=CheckResult.MANUAL, evidence_id=item.id)
    checked = evolve(told, ChecksRecorded(party_id=PARTY_A, checks=(found,)), at(60), "user", 60)
    with pytest.raises(DomainError, match="evidence-relied-on"):
        require_discardable(checked, item.id)


def test_an_incident_of_an_earlier_version_has_nothing_set_aside() -> None:
    told = tell([STORY[0], ev.EvidenceReceived(evidence=evidence(Slot.PLATE_A))])
    earlier = json.loads(encode(told))
    del earlier["discarded"]
    assert decode(Incident, json.dumps(earlier)) == told


@pytest.mark.parametrize("current", IncidentState)
@pytest.mark.parametrize("wanted", IncidentState)
def test_incidents_refuse_every_other_move(current: IncidentState, wanted: IncidentState) -> None:
    standing = replace(incident(), state=current)
    if wanted in INCIDENT_TRANSITIONS[current]:
        require_state(standing, wanted)
        return
    with pytest.raises(DomainError) as refused:
        require_state(standing, wanted)
    assert refused.value.code == "incident-state"
