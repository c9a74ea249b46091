"""The two posts over the wire: gaps and times, standing back, general procedure, blows ruled one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import update

from console.contract.party_api import PartyStage
from console.domain.clock import SHANGHAI
from console.domain.evidence import Slot
from console.domain.incident import IncidentState
from console.service.server import Service
from console.service.tables import accounts
from tests.service.cases import Case, connected, to_be_ruled
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.ruling_parts import REAR_END, document, fault, party, text_of
from tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("any_year")

OFFICER, COLLEAGUE, AUXILIARY = "900010", "900011", "900001"


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a case of three parties that was handed over to be ruled."""
    return to_be_ruled(desk, phone(), {"plate": "", "phone": "10087654322"})


def impacts(case: Case, *pairs: str) -> list[dict[str, Any]]:
    """Return who struck whom, given as "乙甲" for 乙 into 甲."""
    return [{"striking": case.party(pair[0]), "struck": case.party(pair[1])} for pair in pairs]


def shares(case: Case, *said: tuple[int, str, str]) -> list[dict[str, Any]]:
    """Return shares blow by blow."""
    return [{"blow": n, "party_id": case.party(label), "liability": share} for n, label, share in said]


def three(case: Case, *liabilities: str | None) -> list[dict[str, Any]]:
    """Return 甲 without fault and 乙, 丙 who ran into somebody."""
    a, b, c = (case.party(label) for label in "甲乙丙")
    return [
        party(a, liabilities[0]),
        party(b, liabilities[1], REAR_END),
        party(c, liabilities[2], REAR_END),
    ]


def test_the_gaps_and_the_time_of_both_posts_stay_with_the_case(case: Case) -> None:
    incident = case.incident()
    given = incident.posts.hand_over
    assert given is not None
    assert given.gaps_reason == "当事人已陈述一致"
    assert Slot.FRONT_PANORAMA in given.missing
    assert given.by == case.desk.session["user"]["id"]
    later = given.at + timedelta(minutes=3)
    assert incident.posts.times(incident.opened_at, later) == (
        given.at - incident.opened_at,
        timedelta(minutes=3),
    )
    good(case.desk.send("POST", f"{case.path}/return", {"slots": ["rear-panorama"], "note": "看不清"}))
    back = case.incident().posts
    assert back.hand_overs == (given,)
    collecting, ruling = back.times(incident.opened_at, later)
    assert ruling == back.returns[0] - given.at
    assert collecting + ruling == later - incident.opened_at


def test_a_second_officer_rules_while_the_parties_are_still_on_the_line(
    desk: Desk, phone: Callable[..., Phone], sign_in: Callable[[str, str], Desk]
) -> None:
    """The collecting post may be somebody who never rules; the document names who ruled."""
    taker, own = sign_in("900001", "12"), phone()
    case = connected(taker, own)
    case.join()
    case.deny_all_facts()
    case.hand_over()
    own.post("/v1/party/consents", {"item": "recording-notice", "given": True, "wording": "2026-11"})
    taker.put(f"/v1/calls/{case.call_id}/recording", {"running": True, "reason": ""})
    assert refusal(taker.send("PUT", f"{case.path}/ruling", case.ruling())) == (403, "role-missing")
    good(desk.send("PUT", f"{case.path}/ruling", case.ruling()))
    good(desk.send("POST", f"{case.path}/signature-requests", {"unrecorded_reason": ""}))
    shown = own.state().signing
    assert shown is not None
    assert shown.recorded, "the call of the collecting post records the act"
    for label in "甲乙":
        note = {"state": "absent", "reason": "不在现场"}
        good(desk.send("PUT", f"{case.path}/parties/{case.party(label)}/signature", note))
    while (answer := _issue(case, desk)).status_code == 412:
        pass
    issued = good(answer).json()
    assert issued["issued_by"] == desk.session["user"]["id"]
    assert own.state().stage is PartyStage.IN_CALL, "nobody hung up"
    assert "钱演示" in text_of(document(case))


def _issue(case: Case, desk: Desk) -> requests.Response:
    return desk.send("POST", f"{case.path}/determination", {"version": case.incident().version})


def test_two_blows_are_ruled_one_by_one(case: Case) -> None:
    two = impacts(case, "乙甲", "丙乙")
    together = case.draft(parties=three(case, "none", "full", "full"), impacts=two)
    assert {"SPLIT_REQUIRED", "LIABILITY_MISSING"} == set(together)
    wrong = shares(case, (1, "甲", "none"), (1, "乙", "full"), (2, "乙", "secondary"), (2, "丙", "full"))
    assert "FULL_WITH_SHARE" in case.draft(
        parties=three(case, None, None, None), impacts=two, blow_shares=wrong
    )
    right = shares(case, (1, "甲", "none"), (1, "乙", "full"), (2, "乙", "none"), (2, "丙", "full"))
    assert case.draft(parties=three(case, None, None, None), impacts=two, blow_shares=right) == []
    good(case.issue())
    text = text_of(document(case))
    first, second = text.split("第2次碰撞（丙与乙）")
    assert "第1次碰撞（乙与甲）" in first
    assert "当事人乙：全部责任" in first
    assert "当事人乙：无责任" in second
    assert "当事人丙：全部责任" in second
    wait_until(lambda: bool(case.incident().messages), 10, "the results")
    assert "责任逐次认定" in case.incident().messages[0].text


def test_otherwise_than_a_blow_suggests_takes_a_sentence(case: Case) -> None:
    two = impacts(case, "乙甲", "丙乙")
    a, b, c = (case.party(label) for label in "甲乙丙")
    lights = fault("1102", "实施条例", 57)
    parties = [party(a, None), party(b, None, REAR_END, lights), party(c, None, REAR_END)]
    first = ((1, "甲", "none"), (1, "乙", "full"))
    usual = shares(case, *first, (2, "乙", "secondary"), (2, "丙", "main"))
    assert case.draft(parties=parties, impacts=two, blow_shares=usual) == []
    other = shares(case, *first, (2, "乙", "equal"), (2, "丙", "equal"))
    body = {"parties": parties, "impacts": two, "blow_shares": other}
    assert case.draft(**body) == ["DEPARTURE_WITHOUT_REASON"]
    assert case.draft(**body, reason="乙夜间停在弯道内且无灯光") == []


def test_one_push_is_one_ruling(case: Case) -> None:
    pushed = {
        "impacts": impacts(case, "丙乙", "乙甲"),
        "facts": "丙车追尾碰撞乙车，乙车被撞后前移碰撞甲车。",
    }
    a, b, c = (case.party(label) for label in "甲乙丙")
    parties = [party(a, "none"), party(b, "none"), party(c, "full", REAR_END)]
    assert case.draft(parties=parties, **pushed) == []
    spare = shares(case, (1, "丙", "full"))
    assert case.draft(parties=parties, **pushed, blow_shares=spare) == ["SPLIT_WITHOUT_BLOWS"]


def test_each_kind_of_party_has_its_own_faults_and_property_none(case: Case) -> None:
    a, b, c = (case.party(label) for label in "甲乙丙")
    door = fault("3026", "实施条例", 77, None, 3)

    def kinds(driver: str | None, passenger: str | None, thing: str | None, *faults: Any) -> list[Any]:
        return [
            party(a, driver, *(faults or ())),
            {**party(b, passenger, door), "kind": "passenger"},
            {**party(c, thing), "kind": "property"},
        ]

    assert case.draft(parties=kinds("none", "full", None)) == []
    assert "PROPERTY_WITH_LIABILITY" in case.draft(parties=kinds("none", "full", "full"))
    driver = [party(a, "full", door), party(b, "none"), party(c, "none")]
    assert case.draft(parties=driver) == ["FAULT_OF_OTHER_KIND"]
    assert case.draft(parties=kinds("none", "full", None)) == []
    good(case.issue())
    text = text_of(document(case))
    assert "丙：财物，不承担责任" in text
    assert "当事人乙：全部责任" in text


@pytest.mark.parametrize("code", ["X-ESCAPE", "X-INTENT"])
def test_escape_and_intent_are_for_officers_at_the_scene(case: Case, code: str) -> None:
    paragraph, item = (1, 1) if code == "X-ESCAPE" else (2, None)
    article = 61 if code == "X-ESCAPE" else 60
    marked = fault(code, "处理程序规定", article, paragraph, item)
    a, b, c = (case.party(label) for label in "甲乙丙")
    parties = [party(a, "none"), party(b, "full", REAR_END, marked), party(c, "none")]
    assert case.draft(parties=parties) == ["NOT_BY_VIDEO"]
    assert refusal(case.issue()) == (422, "ruling-not-issuable")


def test_tampering_leaves_no_share_to_others(case: Case) -> None:
    tampered = fault("X-TAMPER", "处理程序规定", 61, 1, 2)
    a, b, c = (case.party(label) for label in "甲乙丙")

    def parties(b_share: str, c_share: str) -> list[Any]:
        return [party(a, "none"), party(b, b_share, REAR_END, tampered), party(c, c_share, REAR_END)]

    assert case.draft(parties=parties("main", "secondary")) == ["LIABILITY_WITHOUT_FAULT"]
    assert case.draft(parties=parties("full", "none")) == []
    good(case.issue())
    assert "故意破坏、伪造现场、毁灭证据" in text_of(document(case))


def test_who_stands_back_does_not_issue_and_a_colleague_does(
    case: Case, sign_in: Callable[[str, str], Desk]
) -> None:
    path = f"{case.path}/recusal"
    assert refusal(case.desk.send("POST", path, {"reason": " "})) == (409, "reason-missing")
    nobody = {"reason": "配偶", "party_id": "nobody"}
    assert refusal(case.desk.send("POST", path, nobody)) == (404, "unknown-party")
    a = case.party("甲")
    b_full = [party(a, "none"), party(case.party("乙"), "full", REAR_END), party(case.party("丙"), "none")]
    assert case.draft(parties=b_full) == []
    good(case.desk.send("POST", path, {"reason": "甲是本人配偶", "party_id": a}))
    again = case.desk.send("PUT", f"{case.path}/ruling", case.ruling(parties=b_full, reason="再改"))
    assert refusal(again) == (403, "officer-recused")
    assert refusal(case.issue()) == (403, "officer-recused")
    stood_back = case.incident().posts.recusals
    assert [(one.party_id, one.reason) for one in stood_back] == [(a, "甲是本人配偶")]
    colleague = sign_in(COLLEAGUE, "09")
    version = {"version": case.incident().version}
    good(colleague.send("POST", f"{case.path}/determination", version))


def test_general_procedure_takes_two_officers(
    case: Case, sign_in: Callable[[str, str], Desk], service: Service
) -> None:
    path = f"{case.path}/general-procedure"
    body = {"second_officer": COLLEAGUE, "reason": "发现一方涉嫌危险驾驶"}
    assert refusal(case.desk.send("POST", path, {**body, "reason": ""})) == (409, "reason-missing")
    for wrong in ("", "999999", OFFICER, AUXILIARY):
        answer = case.desk.send("POST", path, {**body, "second_officer": wrong})
        assert refusal(answer) == (422, "second-officer"), wrong
    colleague = sign_in(COLLEAGUE, "09")
    good(colleague.send("POST", f"{case.path}/recusal", {"reason": "与乙是亲属"}))
    assert refusal(case.desk.send("POST", path, body)) == (403, "officer-recused")
    with service.core.work() as work:
        work.connection.execute(
            update(accounts).where(accounts.c.number == COLLEAGUE).values(qualified=False)
        )
    assert refusal(case.desk.send("POST", path, body)) == (403, "unqualified-issuer")
    assert case.incident().state is IncidentState.RULING
    assert case.incident().posts.general is None


def test_a_converted_case_is_ruled_no_more(case: Case) -> None:
    body = {"second_officer": COLLEAGUE, "reason": "事实复杂，需要检验"}
    good(case.desk.send("POST", f"{case.path}/general-procedure", body))
    incident = case.incident()
    assert incident.state is IncidentState.DISPATCHED
    general = incident.posts.general
    assert general is not None
    assert len(set(general.officers)) == 2
    assert refusal(case.issue()) == (409, "incident-state")
    assert refusal(case.desk.send("POST", f"{case.path}/general-procedure", body)) == (409, "incident-state")
    wait_until(lambda: bool(case.incident().messages), 10, "what the parties are told")
    assert "一般程序" in case.incident().messages[0].text
    assert incident.opened_at.astimezone(SHANGHAI).date() <= general.at.astimezone(SHANGHAI).date()
