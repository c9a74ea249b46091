"""What the service's journal tells of one accident: a call that waits, rings, is answered and handed over."""

from __future__ import annotations

from datetime import timedelta

from console.domain import events as ev
from console.domain.call import Call, CallSource
from console.domain.evidence import required_slots
from console.domain.ids import CallId, IncidentId, SeatId, UserId
from console.domain.incident import Incident
from console.domain.posts import HandedOver
from console.domain.triage import Answer, TriageFact
from tests.fakes import NOW, SEAT
from tests.presenters.rig import CALL, INCIDENT, Rig, jpeg
from tests.unit.domain.builders import PARTY_A, PARTY_B, evidence, party

NEXT, NEXT_CALL = IncidentId("next"), CallId("next-call")
PICTURE = jpeg()
NUMBER = "T-2026-1123-0001"


def incident(rig: Rig) -> Incident:
    """The incident as the desk knows it."""
    return rig.store.incidents[INCIDENT]


def placed(*, hurt: bool = False, waited_s: float = 0.0) -> tuple[ev.Event, ...]:
    """A party calls."""
    call = Call(
        id=CALL,
        incident_id=INCIDENT,
        party_id=PARTY_A,
        source=CallSource.APP,
        placed_at=NOW - timedelta(seconds=waited_s),
        place_hint="样例大道",
        hurt_reported=hurt,
    )
    opened = ev.IncidentOpened(incident_id=INCIDENT, number=NUMBER, training=True)
    return (opened, ev.PartyJoined(party=party(PARTY_A, "甲")), ev.CallPlaced(call=call))


def second_call(call_id: CallId) -> ev.Event:
    """Another party of the same accident calls."""
    call = Call(id=call_id, incident_id=INCIDENT, party_id=PARTY_B, source=CallSource.SMS_LINK, placed_at=NOW)
    return ev.CallPlaced(call=call)


def answered_by(seat: SeatId = SEAT) -> ev.Event:
    """One seat wins the call."""
    return ev.CallAnswered(seat=seat, user_id=UserId("officer"), user_name="示例安")


def in_call(rig: Rig) -> None:
    """Bring the desk to an answered call."""
    rig.happens(*placed(), answered_by())
    rig.settle(lambda: rig.main.window.page == "call", "the call page")


def in_another_call(rig: Rig) -> None:
    """The next accident, answered at this seat."""
    call = Call(
        id=NEXT_CALL, incident_id=NEXT, party_id=PARTY_A, source=CallSource.APP, placed_at=rig.clock.now()
    )
    rig.happens(
        ev.IncidentOpened(incident_id=NEXT, number="T-2026-1123-0002", training=True),
        ev.PartyJoined(party=party(PARTY_A, "甲")),
        ev.CallPlaced(call=call),
        answered_by(),
        call_id=NEXT_CALL,
        incident_id=NEXT,
    )
    rig.settle(lambda: rig.main.window.page == "call", "the call page")


def second_party() -> ev.Event:
    """乙 joins."""
    return ev.PartyJoined(party=party(PARTY_B, "乙"))


def all_facts(answer: Answer = Answer.NO) -> tuple[ev.Event, ...]:
    """Every triage row is answered."""
    return tuple(ev.TriageFactStated(fact=fact, answer=answer) for fact in TriageFact)


def all_evidence(rig: Rig) -> tuple[ev.Event, ...]:
    """Every required picture has reached the service."""
    items = [evidence(slot) for slot in required_slots(incident(rig).form)]
    rig.service.evidence |= {item.id: PICTURE for item in items}
    return tuple(ev.EvidenceReceived(evidence=item) for item in items)


def in_ruling(rig: Rig) -> None:
    """Bring the desk to the ruling form: evidence complete, two parties, handed over."""
    in_call(rig)
    rig.happens(second_party(), *all_facts(), *all_evidence(rig), HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
