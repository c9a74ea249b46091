"""A party asks that an officer stand back: taken down, decided by a superior, and what it holds up."""

from __future__ import annotations

from collections.abc import Callable

from console.domain.clock import Clock, WorkingCalendar, deadline, local_date
from console.domain.ids import new_id
from console.service.server import Service
from tests.service.applied import waiting
from tests.service.audited import rows_of
from tests.service.cases import connected, to_be_ruled
from tests.service.harness import Desk, Phone, good, refusal
from tests.waiting import wait_until


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


def test_it_concerns_who_rules_and_not_who_answered(
    calendar: WorkingCalendar,
    desk: Desk,
    phone: Callable[..., Phone],
    supervisor: Desk,
    sign_in: Callable[[str, str], Desk],
) -> None:
    """公安部令第146号 Art. 105 is about who handles the case: from the ruling on, who writes it."""
    assert calendar
    taker, own = sign_in("900001", "12"), phone()
    case = to_be_ruled(taker, own)
    assert case.incident().posts.in_charge is not None
    assert own.state().recusal.officer == taker.session["user"]["name"]
    good(desk.send("PUT", f"{case.path}/ruling", case.ruling()))
    named = desk.session["user"]["name"]
    assert own.state().recusal.officer == named
    own.post("/v1/party/recusal-requests", {"reason": "民警是对方的亲属"})
    (task,) = waiting(supervisor).items
    assert task.officer == named
    assert not own.state().recusal.possible
    other = sign_in("900011", "08")
    by_number = {"party_id": case.party("乙"), "reason": "认识", "officer": "900011"}
    taker.post(f"{case.path}/recusal-requests", by_number)
    assert [one.officer for one in waiting(supervisor).items] == [named, other.session["user"]["name"]]
    supervisor.post(f"{case.path}/recusal-requests/{task.request_id}/decision", {"granted": True})
    assert case.incident().posts.in_charge is None, "nobody has it until another officer takes it up"
    refused = desk.send("PUT", f"{case.path}/ruling", case.ruling(reason="还在写"))
    assert refusal(refused) == (403, "officer-recused"), "who stood back writes nothing any more"
    good(other.send("PUT", f"{case.path}/ruling", case.ruling()))
    assert own.state().recusal.officer == other.session["user"]["name"]
