"""Review: applied for once and in time by each party, decided once, and what is ruled anew after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import requests

from console.contract.party_api import ReviewStage
from console.domain.clock import Clock, WorkingCalendar, deadline, local_date
from console.domain.ids import new_id
from console.domain.incident import IncidentState
from console.domain.review import ReviewOutcome
from console.service.server import Service
from tests.service.applied import waiting
from tests.service.cases import Case, to_be_ruled, whole_case
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.ruling_parts import REAR_END, document, party, text_of
from tests.waiting import wait_until

WRITTEN = {"claims": "请求撤销原认定", "reasons": "对方先变道", "evidence": "行车记录仪录像"}


@pytest.fixture
def case(calendar: WorkingCalendar, desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A case whose document was served on 甲 and 乙."""
    assert calendar
    case = whole_case(desk, phone())
    paper = {"way": "paper", "note": "窗口领取"}
    good(case.desk.send("POST", f"{case.path}/parties/{case.party('乙')}/service", paper))
    wait_until(lambda: case.incident().state is IncidentState.SERVED, 10, "the service")
    return case


def apply(phone: Phone, code: str, **changes: Any) -> requests.Response:
    """Apply for review with a code."""
    extra = changes.pop("extra", {})
    return phone.send("POST", "/v1/party/review", {**WRITTEN, "code": code, **changes}, **extra)


def later(service: Service, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Move the service's clock to the noon of a day."""
    now = datetime.now().astimezone()
    moved = timedelta(days=(day - local_date(now)).days)
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now().astimezone() + moved)


def test_a_review_is_applied_for_forwarded_and_decided(
    service: Service, case: Case, calendar: WorkingCalendar, sign_in: Callable[[str, str], Desk]
) -> None:
    phone, today = case.phone, local_date(service.core.clock())
    assert phone.state().review.stage is ReviewStage.OPEN
    assert waiting(case.desk).items == ()
    before = case.incident().determination
    key = {"extra": {"headers": {"Idempotency-Key": new_id()}}}
    code = phone.code("review")
    for _ in range(2):
        good(apply(phone, code, **json.loads(json.dumps(key))))
    (task,) = waiting(case.desk).items
    assert (task.step, task.party, task.overdue) == ("forward-review", "甲", False)
    assert task.due_on == deadline(Clock.FORWARD_FILE, today, calendar)
    assert all(part in task.words for part in WRITTEN.values())
    seen = phone.state().review
    assert (seen.stage, seen.own, seen.until) == (ReviewStage.APPLIED, True, task.due_on)
    assert refusal(case.desk.send("POST", f"{case.path}/close", {"disposition": "done"})) == (
        409,
        "review-open",
    )
    decision = {"outcome": "upheld", "note": "复核结论第1号"}
    other = sign_in("900011", "08")
    path = f"{case.path}/review"
    assert refusal(other.send("POST", f"{path}/decision", decision)) == (409, "review-not-forwarded")
    case.desk.post(f"{path}/forwarding")
    assert refusal(case.desk.send("POST", f"{path}/forwarding", {})) == (409, "review-forwarded")
    (task,) = waiting(case.desk).items
    assert (task.step, task.due_on) == (
        "decide-review",
        deadline(Clock.REVIEW_DECISION, today, calendar),
    )
    assert refusal(case.desk.send("POST", f"{path}/decision", decision)) == (403, "own-ruling")
    assert refusal(other.send("POST", f"{path}/decision", {**decision, "note": " "})) == (
        409,
        "reason-missing",
    )
    other.post(f"{path}/decision", decision)
    assert waiting(case.desk).items == ()
    assert phone.state().review.outcome is ReviewOutcome.UPHELD
    wait_until(lambda: any("维持原认定" in m.text for m in phone.state().messages), 10, "the SMS")
    assert case.incident().determination == before, "what was issued stays as it is"
    assert refusal(other.send("POST", f"{path}/decision", decision)) == (409, "no-review")
    case.desk.post(f"{case.path}/close", {"disposition": "fast-track"})
    assert case.incident().asked_at is None


def test_a_review_needs_the_phone_and_a_text(case: Case) -> None:
    assert refusal(apply(case.phone, "")) == (403, "code-needed")
    assert refusal(apply(case.phone, "123456")) == (403, "code-spent")
    code = case.phone.code("review")
    assert refusal(apply(case.phone, f"{(int(code) + 1) % 10**6:06d}")) == (403, "code-wrong")
    assert refusal(apply(case.phone, code, reasons="  ")) == (409, "text-missing")
    assert refusal(apply(case.phone, code, reasons="由" * 2001)) == (422, "text-too-long")
    assert case.incident().review is None
    read = case.phone.code("read")
    assert refusal(apply(case.phone, read)) == (403, "code-wrong")
    good(apply(case.phone, code))


def test_what_is_not_served_is_not_reviewed(desk: Desk, phone: Callable[..., Phone]) -> None:
    early = to_be_ruled(desk, phone())
    assert refusal(early.phone.send("POST", "/v1/party/codes", {"act": "review"})) == (409, "not-served")
    assert refusal(apply(early.phone, "123456")) == (409, "not-served")


def second_phone(case: Case, phone: Callable[..., Phone]) -> Phone:
    """Return the phone of 乙, with its page open."""
    second = phone(incident_id=case.incident_id, party_id=case.party("乙"), phone="10087654321")
    good(second.open())
    return second


def decided(case: Case, other: Desk, outcome: str) -> None:
    """Bring the review to its decision."""
    case.desk.post(f"{case.path}/review/forwarding")
    other.post(f"{case.path}/review/decision", {"outcome": outcome, "note": "复核结论第1号"})


def test_a_second_party_is_joined_to_the_one_review(
    service: Service,
    case: Case,
    calendar: WorkingCalendar,
    phone: Callable[..., Phone],
    sign_in: Callable[[str, str], Desk],
) -> None:
    """Each has its own three days (Art. 71); what comes before the decision is decided with it, once."""
    second, today = second_phone(case, phone), local_date(service.core.clock())
    good(apply(case.phone, case.phone.code("review")))
    assert refusal(case.phone.send("POST", "/v1/party/codes", {"act": "review"})) == (409, "review-once")
    told = second.state().review
    assert (told.stage, told.own, told.join_until) == (
        ReviewStage.APPLIED,
        False,
        calendar.last_day(today, 3),
    )
    case.desk.post(f"{case.path}/review/forwarding")
    good(apply(second, second.code("review"), claims="请求维持", reasons="对方没有停车"))
    (task,) = waiting(case.desk).items
    assert (task.step, task.party) == ("forward-review", "甲、乙")
    assert task.due_on == deadline(Clock.FORWARD_FILE, today, calendar), "its own two days"
    assert "【甲】" in task.words
    assert "【乙】\n请求：请求维持" in task.words
    assert [one.state().review.own for one in (case.phone, second)] == [True, True]
    assert second.state().review.join_until is None
    other = sign_in("900011", "08")
    decision = {"outcome": "upheld", "note": "复核结论第1号"}
    late = other.send("POST", f"{case.path}/review/decision", decision)
    assert refusal(late) == (409, "review-not-forwarded"), "the superior has not seen the second one"
    case.desk.post(f"{case.path}/review/forwarding")
    (task,) = waiting(case.desk).items
    assert task.due_on == deadline(Clock.REVIEW_DECISION, today, calendar), "thirty days from the first"
    other.post(f"{case.path}/review/decision", decision)
    assert waiting(case.desk).items == ()


def test_two_parties_at_once_are_both_taken(case: Case, phone: Callable[..., Phone]) -> None:
    second = second_phone(case, phone)
    codes = [case.phone.code("review"), second.code("review")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(apply, [case.phone, second], codes))
    assert [answer.status_code for answer in answers] == [204, 204]
    assert case.incident().review is not None
    assert len(waiting(case.desk).items) == 1


def test_after_the_decision_there_is_no_other_review(
    case: Case, phone: Callable[..., Phone], sign_in: Callable[[str, str], Desk]
) -> None:
    second = second_phone(case, phone)
    good(apply(case.phone, case.phone.code("review")))
    code = second.code("review")
    decided(case, sign_in("900011", "08"), "corrected")
    assert refusal(apply(second, code)) == (409, "review-once")
    assert second.state().review.join_until is None


def test_a_joined_application_is_late_by_its_own_days(
    service: Service, case: Case, phone: Callable[..., Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = second_phone(case, phone)
    good(apply(case.phone, case.phone.code("review")))
    last = second.state().review.join_until
    assert last is not None
    later(service, monkeypatch, last + timedelta(days=1))
    assert refusal(apply(second, "123456")) == (409, "review-late")
    assert second.state().review.join_until is None


def test_a_case_ordered_anew_gets_a_new_document_that_cancels_the_old(
    service: Service,
    case: Case,
    calendar: WorkingCalendar,
    phone: Callable[..., Phone],
    sign_in: Callable[[str, str], Desk],
) -> None:
    """公安部令第146号 Art. 79: ten working days and a new document; Art. 71: that is not reviewed."""
    other, today = sign_in("900011", "08"), local_date(service.core.clock())
    second = second_phone(case, phone)
    old = case.incident().determination
    assert old is not None
    old_pdf = document(case)
    case.desk.post(f"{case.path}/close", {"disposition": "fast-track"})
    good(apply(case.phone, case.phone.code("review")))
    decided(case, other, "reinvestigate")
    incident = case.incident()
    assert incident.state is IncidentState.RULING
    assert (incident.signatures, incident.document, incident.determination) == ((), None, old)
    last = deadline(Clock.REINVESTIGATION, today, calendar)
    (task,) = waiting(case.desk).items
    assert (task.step, task.due_on) == ("redetermine", last)
    assert "复核结论第1号" in task.words
    told = second.state().review
    assert (told.stage, told.redoing, told.until) == (ReviewStage.DECIDED, True, last)
    assert refusal(second.send("POST", "/v1/party/codes", {"act": "review"})) == (409, "review-once")
    paper = {"way": "paper", "note": "窗口领取"}
    served = case.desk.send("POST", f"{case.path}/parties/{case.party('乙')}/service", paper)
    assert refusal(served) == (409, "not-issued"), "nobody is served what is to be cancelled"
    assert refusal(case.issue()) == (409, "signatures-open"), "who signed the old one did not sign this one"
    case.draft(parties=[party(case.party("甲"), "none"), party(case.party("乙"), "full", REAR_END)])
    case.note_absences()
    until = case.desk.send("GET", f"{case.path}/suggestion").json()["deadlines"]
    assert (until["anew"], until["document"], until["review"]) == (True, last.isoformat(), None)
    good(case.issue())
    made = case.incident().determination
    assert made is not None
    assert (made.replaces, made.number == old.number) == (old.number, False)
    assert [one.number for one in case.incident().cancelled] == [old.number]
    printed = text_of(document(case))
    assert f"（{old.number}）予以撤销" in printed
    assert "不再受理复核申请" in printed
    assert "三个工作日内" not in printed.replace("3个工作日内", "三个工作日内")
    assert document(case, f"determination.pdf?number={old.number}") == old_pdf, "the old one stays as it was"
    assert refusal(case.desk.send("GET", f"{case.path}/determination.pdf?number=9")) == (409, "not-issued")
    assert waiting(case.desk).items == ()
    good(case.desk.send("POST", f"{case.path}/parties/{case.party('乙')}/service", paper))
    seen = second.state()
    assert seen.result is not None
    assert (seen.result.replaces, seen.result.review_until) == (old.number, None)
    assert not seen.review.redoing
    assert refusal(second.send("POST", "/v1/party/codes", {"act": "review"})) == (409, "review-once")
    wait_until(lambda: any("原文书同时撤销" in m.text for m in second.state().messages), 10, "the SMS")
    wait_until(lambda: case.incident().state is IncidentState.SERVED, 10, "the service")
    case.desk.post(f"{case.path}/close", {"disposition": "fast-track"})
    assert case.incident().asked_at is None


def test_the_ten_days_run_from_the_day_on_the_decision(
    service: Service, case: Case, calendar: WorkingCalendar, sign_in: Callable[[str, str], Desk]
) -> None:
    other, today = sign_in("900011", "08"), local_date(service.core.clock())
    good(apply(case.phone, case.phone.code("review")))
    case.desk.post(f"{case.path}/review/forwarding")
    body = {"outcome": "reinvestigate", "note": "复核结论第1号"}
    path = f"{case.path}/review/decision"
    for wrong in (today + timedelta(days=1), today - timedelta(days=1)):
        refused = other.send("POST", path, {**body, "decided_on": wrong.isoformat()})
        assert refusal(refused) == (422, "decision-day")
    assert case.incident().to_redo is None
    other.post(path, {**body, "decided_on": today.isoformat()})
    ordered = case.incident().to_redo
    assert ordered is not None
    assert (ordered.decided_on, ordered.redo_until) == (
        today,
        deadline(Clock.REINVESTIGATION, today, calendar),
    )


def test_a_case_ordered_anew_may_go_to_general_procedure(
    case: Case, sign_in: Callable[[str, str], Desk]
) -> None:
    other = sign_in("900011", "08")
    good(apply(case.phone, case.phone.code("review")))
    decided(case, other, "reinvestigate")
    case.desk.post(f"{case.path}/general-procedure", {"second_officer": "900011", "reason": "需要检验鉴定"})
    assert case.incident().state is IncidentState.DISPATCHED
    assert waiting(case.desk).items == (), "the two officers have it now"


def test_the_last_day_counts_whole_and_the_day_after_is_too_late(
    service: Service, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = case.phone.state().result
    assert result is not None
    assert result.review_until is not None
    last = result.review_until
    code = case.phone.code("review")
    later(service, monkeypatch, last + timedelta(days=1))
    answer = apply(case.phone, code)
    assert refusal(answer) == (409, "review-late")
    assert answer.json()["params"]["last_day"] == last.isoformat()
    assert case.phone.state().review.stage is ReviewStage.LATE
    later(service, monkeypatch, last)
    good(apply(case.phone, case.phone.code("review")))
    later(service, monkeypatch, last + timedelta(days=50))
    assert case.phone.state().review.stage is ReviewStage.APPLIED, "the page is there until it is decided"
    later(service, monkeypatch, last + timedelta(days=62))
    assert refusal(case.phone.send("GET", "/v1/party/state")) == (401, "no-party-session")


def test_nothing_of_what_another_wrote_is_on_the_page(case: Case, phone: Callable[..., Phone]) -> None:
    good(apply(case.phone, case.phone.code("review")))
    second = phone(incident_id=case.incident_id, party_id=case.party("乙"), phone="10087654321")
    good(second.open())
    text = good(second.send("GET", "/v1/party/state")).text
    assert not any(part in text for part in WRITTEN.values())


def test_the_list_is_of_those_who_decide(case: Case, sign_in: Callable[[str, str], Desk]) -> None:
    taker = sign_in("900001", "12")
    assert refusal(taker.send("GET", "/v1/applications")) == (403, "role-missing")
    assert refusal(taker.send("POST", f"{case.path}/review/forwarding", {})) == (403, "role-missing")
    assert refusal(case.desk.send("GET", "/v1/applications?after=x")) == (422, "invalid-request")
