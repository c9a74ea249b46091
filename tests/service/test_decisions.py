"""Sending the police, clearing the road, handing over: what the law locks stays locked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.contract.journal import Entry
from console.domain.clock import WorkingCalendar, local_date
from console.domain.ids import IncidentId
from console.domain.incident import IncidentState
from console.domain.triage import Branch, Movement, TriageFact
from console.service.server import Service
from tests.service.harness import Desk, Phone, good, refusal


@pytest.fixture
def caller(desk: Desk, phone: Callable[..., Phone]) -> Phone:
    """A party whose call the desk has answered."""
    party = phone()
    call_id, _ = party.place()
    good(desk.answer(call_id))
    return party


@pytest.fixture
def incident(desk: Desk, caller: Phone) -> IncidentId:
    """The incident of the call."""
    assert caller.state().label == "甲"
    return desk.snapshot().incidents[0].id


def say_no_to_all(desk: Desk, incident: IncidentId) -> None:
    """Answer every triage row with no."""
    for fact in TriageFact:
        desk.put(f"/v1/incidents/{incident}/facts/{fact}", {"answer": "no"})


NOTICE = {"text": "证据已固定, 请撤离现场", "destination": "测试路东侧停车带"}


def test_dispatch_tells_the_parties(desk: Desk, caller: Phone, incident: IncidentId) -> None:
    stream = desk.stream("/v1/events")
    path = f"/v1/incidents/{incident}/dispatch"
    assert refusal(desk.send("POST", path, {"reason": " "})) == (409, "reason-missing")
    assert refusal(desk.send("POST", path, {"reason": "x" * 201})) == (422, "text-too-long")
    desk.post(path, {"reason": "有人受伤", "note": "已报 120"})
    stream.until(lambda entry: entry.event.type == "message-sent", Entry)
    seen = desk.snapshot().incidents[0]
    assert (seen.state, seen.dispatch is not None) == (IncidentState.DISPATCHED, True)
    view = caller.state()
    assert view.police_dispatched
    assert "民警" in view.messages[0].text
    assert refusal(desk.send("POST", path, {"reason": "again"})) == (409, "incident-state")
    desk.put(f"/v1/incidents/{incident}/notes", {"text": "派警之后仍可补记"})


@pytest.mark.parametrize("fact", ["injury", "dangerous-goods", "alcohol-or-drugs"])
def test_nobody_is_told_to_move_under_articles_13_and_15(
    desk: Desk, caller: Phone, incident: IncidentId, fact: str
) -> None:
    desk.put(f"/v1/incidents/{incident}/facts/{fact}", {"answer": "yes"})
    path = f"/v1/incidents/{incident}/evacuation"
    assert refusal(desk.send("POST", path, NOTICE)) == (409, "evacuation-locked")
    view = caller.state()
    assert (view.movement, view.evacuation) == (Movement.NO, None)
    assert refusal(caller.send("POST", "/v1/party/evacuation", {})) == (409, "no-evacuation-notice")


def test_evacuation_is_told_and_confirmed(desk: Desk, caller: Phone, incident: IncidentId) -> None:
    say_no_to_all(desk, incident)
    desk.post(f"/v1/incidents/{incident}/evacuation", NOTICE)
    view = caller.state()
    assert (view.evacuation, view.evacuation_destination) == (NOTICE["text"], NOTICE["destination"])
    for _ in range(2):
        caller.post("/v1/party/evacuation")
    assert caller.state().evacuation_confirmed
    assert desk.snapshot().incidents[0].parties[0].evacuated_at is not None


def test_hand_over_needs_facts_and_evidence_or_a_reason(desk: Desk, incident: IncidentId) -> None:
    path = f"/v1/incidents/{incident}/hand-over"
    opened = desk.send("POST", path, {"gaps_reason": "x"})
    assert refusal(opened) == (409, "facts-open")
    assert "injury" in opened.json()["params"]["facts"]
    say_no_to_all(desk, incident)
    gaps = desk.send("POST", path, {})
    assert refusal(gaps) == (409, "evidence-incomplete")
    assert "rear-panorama" in gaps.json()["params"]["slots"]
    desk.post(path, {"gaps_reason": "对方手机没电", "note": "其余齐全"})
    assert desk.snapshot().incidents[0].state is IncidentState.RULING
    assert refusal(desk.send("POST", path, {"gaps_reason": "x"})) == (409, "incident-state")


def test_a_case_that_needs_the_police_is_not_handed_over(
    desk: Desk, caller: Phone, incident: IncidentId
) -> None:
    say_no_to_all(desk, incident)
    caller.post("/v1/party/officer-requests")
    answer = desk.send("POST", f"/v1/incidents/{incident}/hand-over", {"gaps_reason": "x"})
    assert refusal(answer) == (409, "ruling-not-allowed")


def test_a_late_report_has_three_working_days_to_be_taken_or_not(
    service: Service, calendar: WorkingCalendar, desk: Desk, caller: Phone, incident: IncidentId
) -> None:
    """公安部令第146号 Art. 18; phone and desks are told the day, and it goes when it was a mistake."""
    path = f"/v1/incidents/{incident}/facts/both-left"
    desk.put(path, {"answer": "yes"})
    seen = desk.snapshot().incidents[0]
    last = calendar.last_day(local_date(service.core.clock()), 3)
    assert (seen.assessment.branch, seen.late_until) == (Branch.LATE_REPORT_RECORD, last)
    view = caller.state()
    assert (view.movement, view.late_until) == (Movement.NOT_APPLICABLE, last)
    assert list(view.reasons) == ["late_report"]
    refused = desk.send("POST", f"/v1/incidents/{incident}/hand-over", {"gaps_reason": "x"})
    assert refusal(refused) == (409, "facts-open")
    say_no_to_all(desk, incident)
    assert desk.snapshot().incidents[0].late_until is None
    assert caller.state().late_until is None


def test_a_special_circumstance_is_in_the_journal_and_on_the_phone(
    desk: Desk, caller: Phone, incident: IncidentId
) -> None:
    say_no_to_all(desk, incident)
    stream = desk.stream("/v1/events")
    desk.put(f"/v1/incidents/{incident}/facts/intent", {"answer": "yes"})
    entry = stream.until(lambda entry: getattr(entry.event, "fact", None) is TriageFact.INTENT, Entry)
    assert entry.actor == desk.session["user"]["id"], "who changed the script stands in the journal"
    view = caller.state()
    assert view.movement is Movement.NO
    assert list(view.reasons) == ["on_site"], "a suspicion is never named to a party"
