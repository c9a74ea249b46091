"""From the ruling form to the issued, served and closed case, over the wire."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
from sqlalchemy import update

from console.contract.codec import decode
from console.contract.journal import Entry
from console.contract.party_api import PartyState
from console.contract.tables import Tables
from console.domain.clock import Clock, WorkingCalendar, deadline, local_date
from console.domain.determination import MessageState
from console.domain.events import IncidentClosed
from console.domain.evidence import Slot
from console.domain.ids import new_id
from console.domain.incident import IncidentState
from console.service.rules import load_rules
from console.service.server import Service
from console.service.settings import RESOURCES
from console.service.tables import accounts
from tests.service.cases import Case, connected, to_be_ruled
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.ruling_parts import REAR_END, document, fault, party, text_of
from tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("any_year")


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a case of two parties in which every triage fact is denied, handed over to be ruled."""
    return to_be_ruled(desk, phone())


def test_the_tables_are_the_services_own(desk: Desk) -> None:
    tables = decode(Tables, good(desk.send("GET", "/v1/tables")).content)
    assert tables == load_rules(RESOURCES / "rules").tables
    assert tables.codes["collision_form"].codes["1"] == "追尾碰撞"


def test_a_case_from_the_form_to_the_closed_file(case: Case) -> None:
    case.agree(case.phone)
    assert case.draft() == []
    assert case.incident().state is IncidentState.RULING
    preview = text_of(document(case, "ruling/preview.pdf"))
    assert "草稿·未编号" in preview
    answer = good(case.issue()).json()
    assert answer["number"] == "训练样张第0001号"
    incident = case.incident()
    assert incident.determination is not None
    assert incident.determination.issued_by == case.desk.session["user"]["id"]
    pdf = document(case)
    assert hashlib.sha256(pdf).hexdigest() == incident.determination.pdf_sha256
    assert len(pdf) == incident.determination.pdf_size
    text = text_of(pdf)
    for words in (
        "训练样张第0001号",
        "当事人乙：追尾：同车道未与前车保持必要安全距离",
        "当事人乙：全部责任",
        "钱演示（警号900010）",
    ):
        assert words in text
    assert "草稿" not in text


def test_the_result_reaches_the_phone_and_serves_only_who_agreed(case: Case, service: Service) -> None:
    case.agree(case.phone)
    case.draft()
    good(case.issue())
    events = case.phone.stream("/v1/party/events")
    shown = events.until(lambda state: len(state.messages) == 2, PartyState)
    assert shown.result.number == "训练样张第0001号"
    assert shown.result.own_label == "甲"
    result, review = (message.text for message in shown.messages)
    assert "您无责任" in result
    assert "看办理进度" in result
    assert "书面申请复核" in review
    assert shown.result.review_until is not None
    day = shown.result.review_until
    assert f"{day.month}月{day.day}日" in review
    incident = case.incident()
    assert incident.determination is not None
    today, calendar = local_date(service.core.clock()), service.core.rules.calendar
    assert shown.result.mediation_until == deadline(Clock.MEDIATION_REQUEST, today, calendar)
    assert incident.determination.serve_until == deadline(Clock.SERVE_CERTIFICATE, today, calendar)
    assert [s.party_id for s in incident.determination.served] == [case.party("甲")]
    assert incident.state is IncidentState.ISSUED
    to_b = [m for m in incident.messages if m.party_id == case.party("乙")]
    assert ["另行送达" in message.text for message in to_b] == [True]
    close = case.desk.send("POST", f"{case.path}/close", {"disposition": "fast-track"})
    assert refusal(close) == (409, "incident-state")


def test_a_case_served_on_everyone_is_closed(
    desk: Desk, phone: Callable[..., Phone], service: Service
) -> None:
    case = connected(desk, phone())
    second = phone(incident_id=case.incident_id)
    second.place()
    case.deny_all_facts()
    for one in (case.phone, second):
        case.agree(one)
    case.hand_over()
    case.note_absences()
    case.draft()
    good(case.issue())
    wait_until(lambda: case.incident().state is IncidentState.SERVED, 10, "service on both parties")
    desk.post(f"{case.path}/close", {"disposition": "fast-track"})
    assert case.incident().state is IncidentState.CLOSED
    stream = desk.stream("/v1/events", 0)
    stream.until(lambda entry: isinstance(entry.event, IncidentClosed), Entry)
    types = [decode(Entry, data).event.type for _, _, data in stream.events]
    story = [
        "ruling-drafted",
        "determination-issued",
        "message-queued",
        "message-sent",
        "determination-served",
        "incident-closed",
    ]
    assert [kind for kind in dict.fromkeys(types) if kind in story] == story


def test_issuing_twice_with_one_key_is_issuing_once(case: Case) -> None:
    case.draft()
    key = {"Idempotency-Key": new_id()}
    body = {"version": case.incident().version}
    path = f"{case.path}/determination"
    first = good(case.desk.send("POST", path, body, headers=key)).json()
    assert good(case.desk.send("POST", path, body, headers=key)).json() == first
    assert refusal(case.issue()) == (409, "incident-state")
    assert refusal(case.desk.send("PUT", f"{case.path}/ruling", case.ruling())) == (409, "incident-locked")


def test_nobody_issues_what_he_has_not_read(case: Case) -> None:
    case.draft()
    read = case.incident().version
    case.desk.put(f"{case.path}/notes", {"text": "乙补充陈述。"})
    answer = case.desk.send("POST", f"{case.path}/determination", {"version": read})
    assert refusal(answer) == (412, "stale")
    assert case.incident().determination is None
    assert good(case.issue()).json()["number"] == "训练样张第0001号"


def test_of_two_officers_at_once_one_issues(case: Case, sign_in: Callable[[str, str], Desk]) -> None:
    case.draft()
    body = {"version": case.incident().version}
    colleague = sign_in("900011", "09")
    answers: list[requests.Response] = []

    def press(desk: Desk) -> None:
        answers.append(desk.send("POST", f"{case.path}/determination", body))

    officers = [threading.Thread(target=press, args=(desk,)) for desk in (case.desk, colleague)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join(20)
    lost, won = sorted(answers, key=lambda answer: answer.ok)
    assert good(won).json()["number"] == "训练样张第0001号"
    assert refusal(lost) == (409, "incident-state")


def test_an_auxiliary_never_rules(case: Case, sign_in: Callable[[str, str], Desk], service: Service) -> None:
    case.draft()
    body = {"version": case.incident().version}
    auxiliary = sign_in("900001", "08")
    for method, path, sent in (
        ("POST", "determination", body),
        ("PUT", "ruling", case.ruling()),
    ):
        assert refusal(auxiliary.send(method, f"{case.path}/{path}", sent)) == (403, "role-missing")
    assert case.incident().determination is None


def test_a_role_without_qualification_does_not_issue(
    case: Case, sign_in: Callable[[str, str], Desk], service: Service
) -> None:
    case.draft()
    with service.core.work() as work:
        work.connection.execute(update(accounts).where(accounts.c.number == "900011").values(qualified=False))
    untrained = sign_in("900011", "09")
    answer = untrained.send("POST", f"{case.path}/determination", {"version": case.incident().version})
    assert refusal(answer) == (403, "unqualified-issuer")
    assert case.incident().determination is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"facts": " "}, "FACTS_MISSING"),
        ({"mediation_outcome": None}, "MEDIATION_MISSING"),
        ({"mediation": " "}, "AGREEMENT_MISSING"),
        ({"weather": "77"}, "UNKNOWN_CODE"),
        ({"outcome": "certificate"}, "CERTIFICATE_WITH_LIABILITY"),
        ({"outcome": "no_fault"}, "NO_FAULT_WITHOUT_REASON"),
        ({"outcome": "general_procedure", "reason": "一方要求"}, "GENERAL_PROCEDURE"),
    ],
)
def test_what_hinders_is_said_and_refused(case: Case, changes: dict[str, Any], code: str) -> None:
    assert code in case.draft(**changes)
    answer = case.issue()
    assert refusal(answer) == (422, "ruling-not-issuable")
    assert code in answer.json()["params"]["codes"].split()
    assert case.incident().determination is None


def test_illegal_combinations_and_silence_about_a_party_are_refused(case: Case) -> None:
    a, b = case.party("甲"), case.party("乙")
    both = [party(a, "full", REAR_END), party(b, "secondary", REAR_END)]
    assert case.draft(parties=both) == ["FULL_WITH_SHARE"]
    assert case.draft(parties=[party(b, "full", REAR_END)]) == ["PARTY_MISSING"]
    for wrong in (
        [party(a, "none"), party(new_id(), "full", REAR_END)],
        [party(a, "none"), party(a, "none")],
    ):
        answer = case.desk.send("PUT", f"{case.path}/ruling", case.ruling(parties=wrong))
        assert refusal(answer) == (404, "unknown-party")
    percent = [party(a, "70%", REAR_END), party(b, "30%", REAR_END)]
    answer = case.desk.send("PUT", f"{case.path}/ruling", case.ruling(parties=percent))
    assert refusal(answer) == (422, "invalid-request")


def test_ruling_otherwise_than_the_facts_suggest_takes_one_sentence(case: Case) -> None:
    a, b = case.party("甲"), case.party("乙")
    follows = [party(a, "none"), party(b, "full", REAR_END)]
    assert case.draft(parties=follows) == []
    answer = case.desk.get(f"{case.path}/suggestion")
    found = answer["suggestion"]
    assert found["shares"] == {"甲": "none", "乙": "full"}
    assert found["citations"]["乙"] == [
        {"law": "道路交通安全法", "article": 43, "paragraph": None, "item": None}
    ]
    assert found["others"][0]["shares"] == {"甲": "secondary", "乙": "main"}
    assert answer["provisions"][0]["words"]
    shared = [party(a, "secondary", REAR_END), party(b, "main", REAR_END)]
    assert case.draft(parties=shared) == ["DEPARTURE_WITHOUT_REASON"]
    assert case.draft(parties=shared, reason="乙车速度明显更快") == []
    again = case.desk.get(f"{case.path}/suggestion")["suggestion"]
    assert again["shares"] == {"甲": "equal", "乙": "equal"}
    assert again["others"][0]["ground"] == "one_weighs_more"


def test_faults_and_their_names_come_from_the_table(case: Case) -> None:
    a, b = case.party("甲"), case.party("乙")
    assert case.draft(parties=[party(a, "none"), party(b, "full", REAR_END)]) == []
    ruling = case.incident().ruling
    assert ruling is not None
    assert ruling.parties[1].faults[0].name == "追尾：同车道未与前车保持必要安全距离"
    for wrong, code in (
        (fault("0000", "道路交通安全法", 43), "UNKNOWN_FAULT"),
        (fault("1094", "实施条例", 43), "CITATION_NOT_FITTING"),
        (fault("1313", "实施条例", 51, None, 7), "CITATION_NOT_FITTING"),
    ):
        found = case.draft(junction="12", control="1", parties=[party(a, "none"), party(b, "full", wrong)])
        assert found == [code], wrong
    with_lights = fault("1313", "实施条例", 51, None, 7)
    assert (
        case.draft(junction="12", control="3", parties=[party(a, "none"), party(b, "full", with_lights)])
        == []
    )


def test_a_certificate_is_issued_without_liability(case: Case) -> None:
    nobody = [party(case.party(label), None) for label in ("甲", "乙")]
    assert case.draft(outcome="certificate", parties=nobody) == []
    good(case.issue())
    text = text_of(document(case))
    assert "道路交通事故证明" in text
    assert "全部责任" not in text
    wait_until(
        lambda: all(m.state is MessageState.SENT for m in case.incident().messages), 10, "both messages"
    )
    assert "事故证明" in case.incident().messages[0].text


def test_open_or_forbidding_triage_closes_the_ruling(case: Case) -> None:
    case.desk.put(f"{case.path}/facts/injury", {"answer": "unknown"})
    assert case.draft() == ["TRIAGE_OPEN"]
    case.desk.put(f"{case.path}/facts/injury", {"answer": "yes"})
    assert case.draft() == ["RULING_CLOSED"]
    assert refusal(case.issue()) == (422, "ruling-not-issuable")


def test_order_of_steps(desk: Desk, phone: Callable[..., Phone]) -> None:
    case = connected(desk, phone())
    case.join()
    for path, code in (("ruling/preview.pdf", "no-ruling"), ("determination.pdf", "not-issued")):
        assert refusal(desk.send("GET", f"{case.path}/{path}")) == (409, code)
    assert case.draft() == ["TRIAGE_OPEN"]
    assert refusal(case.issue()) == (409, "incident-state")


def test_a_year_without_calendar_stops_the_issue(
    case: Case, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.draft()
    monkeypatch.setattr(service.core, "rules", replace(service.core.rules, calendar=WorkingCalendar({})))
    answer = case.issue()
    assert refusal(answer) == (409, "calendar-missing")
    assert answer.json()["params"] == {"year": local_date(service.core.clock()).year}
    assert case.incident().determination is None


def test_long_text_is_bounded_and_long_enough(case: Case) -> None:
    assert case.draft(facts="很" * 4000) == []
    answer = case.desk.send("PUT", f"{case.path}/ruling", case.ruling(facts="很" * 4001))
    assert refusal(answer) == (422, "text-too-long")


def test_a_damaged_document_is_not_handed_out(case: Case, service: Service) -> None:
    case.draft()
    digest = good(case.issue()).json()["pdf_sha256"]
    (service.core.settings.data / "documents" / f"{digest}.pdf").write_bytes(b"%PDF-1.7")
    answer = case.desk.send("GET", f"{case.path}/determination.pdf")
    assert refusal(answer) == (500, "document-damaged")


def test_the_ruling_post_gives_a_case_back_for_a_picture(case: Case) -> None:
    back = {"slots": ["rear-panorama"], "note": "看不清车道线"}
    assert refusal(case.desk.send("POST", f"{case.path}/return", {"slots": []})) == (422, "slots-missing")
    good(case.desk.send("POST", f"{case.path}/return", back))
    incident = case.incident()
    assert incident.state is IncidentState.COLLECTING
    assert incident.returned is not None
    assert incident.returned.slots == (Slot.REAR_PANORAMA,)
    assert Slot.REAR_PANORAMA in incident.missing_slots
    assert refusal(case.desk.send("POST", f"{case.path}/return", back)) == (409, "incident-state")
    case.hand_over()
    assert case.incident().returned is None
