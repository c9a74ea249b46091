"""What parties apply for: review once and in time, the claim, and that an officer stand back."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import requests

from console.contract.application_api import ApplicationPage
from console.contract.codec import decode
from console.contract.party_api import ReviewStage
from console.domain.clock import Clock, WorkingCalendar, YearCalendar, deadline, local_date
from console.domain.ids import new_id
from console.domain.incident import IncidentState
from console.domain.review import ReviewOutcome
from console.service.server import Service
from tests.service.audited import rows_of
from tests.service.cases import Case, connected, to_be_ruled, whole_case
from tests.service.harness import Desk, Phone, good, refusal
from tests.waiting import wait_until

WRITTEN = {"claims": "请求撤销原认定", "reasons": "对方先变道", "evidence": "行车记录仪录像"}
SUPERVISOR = "900020"


@pytest.fixture
def calendar(service: Service) -> WorkingCalendar:
    """Plain weeks, whatever year it is."""
    this = local_date(service.core.clock()).year
    plain = YearCalendar(off_days=frozenset(), work_days=frozenset())
    made = WorkingCalendar({this: plain, this + 1: plain})
    service.core.rules = replace(service.core.rules, calendar=made)
    return made


@pytest.fixture
def case(calendar: WorkingCalendar, desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A case whose document was served on 甲 and 乙."""
    assert calendar
    case = whole_case(desk, phone())
    paper = {"way": "paper", "note": "窗口领取"}
    good(case.desk.send("POST", f"{case.path}/parties/{case.party('乙')}/service", paper))
    wait_until(lambda: case.incident().state is IncidentState.SERVED, 10, "the service")
    return case


@pytest.fixture
def supervisor(sign_in: Callable[[str, str], Desk]) -> Desk:
    """Who decides on officers."""
    return sign_in(SUPERVISOR, "01")


def apply(phone: Phone, code: str, **changes: Any) -> requests.Response:
    """Apply for review with a code."""
    extra = changes.pop("extra", {})
    return phone.send("POST", "/v1/party/review", {**WRITTEN, "code": code, **changes}, **extra)


def waiting(desk: Desk) -> ApplicationPage:
    """Return the desk's list."""
    found: ApplicationPage = decode(ApplicationPage, good(desk.send("GET", "/v1/applications")).content)
    return found


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


def test_an_accident_is_reviewed_once(case: Case, phone: Callable[..., Phone]) -> None:
    second = phone(incident_id=case.incident_id, party_id=case.party("乙"), phone="10087654321")
    good(second.open())
    codes = [case.phone.code("review"), second.code("review")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(apply, [case.phone, second], codes))
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    assert refusal(next(a for a in answers if a.status_code == 409)) == (409, "review-once")
    for one in (case.phone, second):
        assert refusal(one.send("POST", "/v1/party/codes", {"act": "review"})) == (409, "review-once")
        assert one.state().review.stage is ReviewStage.APPLIED
    assert sorted([case.phone.state().review.own, second.state().review.own]) == [False, True]


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


def test_a_party_asks_that_its_officer_stand_back(
    service: Service,
    calendar: WorkingCalendar,
    desk: Desk,
    phone: Callable[..., Phone],
    supervisor: Desk,
    sign_in: Callable[[str, str], Desk],
) -> None:
    own = phone()
    case = to_be_ruled(desk, own)
    assert own.state().recusal.possible
    own.post("/v1/party/recusal-requests", {"reason": "民警是对方的亲属"})
    (task,) = waiting(supervisor).items
    today = local_date(service.core.clock())
    assert (task.step, task.party, task.officer) == ("decide-recusal", "甲", "钱演示")
    assert task.due_on == deadline(Clock.RECUSAL_DECISION, today, calendar)
    assert refusal(own.send("POST", "/v1/party/recusal-requests", {"reason": "再说一次"})) == (
        409,
        "recusal-asked",
    )
    assert case.draft() == [], "the work on the case goes on"
    assert refusal(case.issue()) == (409, "recusal-open")
    path = f"{case.path}/recusal-requests/{task.request_id}/decision"
    assert refusal(desk.send("POST", path, {"granted": False, "note": "x"})) == (403, "role-missing")
    assert refusal(supervisor.send("POST", path, {"granted": False})) == (409, "reason-missing")
    supervisor.post(path, {"granted": True})
    assert refusal(supervisor.send("POST", path, {"granted": True})) == (409, "recusal-decided")
    assert own.state().recusal.granted is True
    assert not own.state().recusal.possible
    assert refusal(case.issue()) == (403, "officer-recused")
    wait_until(lambda: any("准予回避" in m.text for m in own.state().messages), 10, "the SMS")
    other = sign_in("900011", "08")
    body = {"version": case.incident().version}
    good(other.send("POST", f"{case.path}/determination", body))
    assert any(row.action == "applications-decide-recusal" for row in rows_of(service.core))


def test_a_refused_request_lets_the_officer_go_on(
    calendar: WorkingCalendar, desk: Desk, phone: Callable[..., Phone], supervisor: Desk
) -> None:
    assert calendar
    case = to_be_ruled(desk, phone())
    asked = {"party_id": case.party("乙"), "reason": "认识对方", "officer": ""}
    desk.post(f"{case.path}/recusal-requests", asked)
    (task,) = waiting(desk).items
    assert case.draft() == []
    assert refusal(case.issue()) == (409, "recusal-open")
    path = f"{case.path}/recusal-requests/{task.request_id}/decision"
    supervisor.post(path, {"granted": False, "note": "不属于回避情形"})
    good(case.issue())
    assert refusal(desk.send("POST", f"{case.path}/recusal-requests", asked)) == (409, "incident-locked")


def test_a_request_is_about_somebody_and_has_a_reason(
    desk: Desk, phone: Callable[..., Phone], supervisor: Desk
) -> None:
    own = phone()
    own.place()
    body = {"reason": "认识对方"}
    assert refusal(own.send("POST", "/v1/party/recusal-requests", body)) == (409, "no-officer")
    case = connected(desk, phone())
    assert refusal(case.phone.send("POST", "/v1/party/recusal-requests", {"reason": " "})) == (
        409,
        "reason-missing",
    )
    path = f"{case.path}/recusal-requests"
    asked = {"party_id": case.party("甲"), "reason": "认识对方", "officer": "999999"}
    assert refusal(desk.send("POST", path, asked)) == (404, "unknown-account")
    assert refusal(desk.send("POST", path, {**asked, "party_id": "x", "officer": "900011"})) == (
        404,
        "unknown-party",
    )
    missing = f"{path}/{new_id()}/decision"
    assert refusal(supervisor.send("POST", missing, {"granted": True})) == (404, "unknown-request")
