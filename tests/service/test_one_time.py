"""One-time codes: without the phone a link signs nothing and reads no document, however it is tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import select

from console.domain.clock import WorkingCalendar, YearCalendar, local_date
from console.domain.delivery import Channel
from console.domain.ids import new_id
from console.domain.party import ConsentItem
from console.domain.signature import SignatureState
from console.service.deliveries.training import NoReceiver
from console.service.server import Service
from console.service.tables import deliveries, journal, one_time_codes
from tests.service.audited import rows_of
from tests.service.cases import Case, connected
from tests.service.harness import Client, Desk, Phone, good, refusal

STROKES = [[{"x": 100 + 10 * n, "y": 200 - (n % 7) * 10, "ms": 20 * n} for n in range(60)]]
NOTICE = {"item": ConsentItem.RECORDING_NOTICE.value, "given": True, "wording": "v1"}


@pytest.fixture
def case(service: Service, desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A ruled case whose text 甲 is asked to sign."""
    this = local_date(service.core.clock()).year
    plain = YearCalendar(off_days=frozenset(), work_days=frozenset())
    calendar = WorkingCalendar({this: plain, this + 1: plain})
    service.core.rules = replace(service.core.rules, calendar=calendar)
    case = connected(desk, phone())
    case.join()
    case.deny_all_facts()
    case.phone.post("/v1/party/consents", NOTICE)
    good(case.record())
    case.hand_over()
    assert case.draft() == []
    good(case.note(case.party("乙"), "absent", "未接入"))
    good(case.ask_to_sign())
    return case


def sign(phone: Phone, code: str, **headers: str) -> requests.Response:
    """Sign what is on the page with a code."""
    signing = phone.state().signing
    assert signing is not None
    body = {"text_sha256": signing.sha256, "strokes": STROKES, "code": code}
    return phone.send("POST", "/v1/party/signature", body, headers=headers)


def other(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06d}"


def signed(case: Case) -> bool:
    """Tell whether 甲 has signed."""
    known = case.incident().signature(case.party("甲"))
    return known is not None and known.state is SignatureState.SIGNED


def later(service: Service, monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Move the service's clock."""
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now().astimezone() + by)


def test_a_link_alone_does_not_sign(case: Case) -> None:
    assert refusal(sign(case.phone, "")) == (403, "code-needed")
    assert refusal(sign(case.phone, "123456")) == (403, "code-spent")
    code = case.phone.code("sign")
    assert refusal(sign(case.phone, other(code))) == (403, "code-wrong")
    assert not signed(case)
    good(sign(case.phone, code))
    assert signed(case)


def test_five_tries_and_no_more_even_at_once(case: Case) -> None:
    code = case.phone.code("sign")
    wrong = [f"{(int(code) + n) % 10**6:06d}" for n in range(1, 13)]
    with ThreadPoolExecutor(6) as pool:
        tries = [refusal(answer)[1] for answer in pool.map(lambda one: sign(case.phone, one), wrong)]
    assert sorted(tries) == ["code-spent"] * 7 + ["code-wrong"] * 5
    assert refusal(sign(case.phone, code)) == (403, "code-spent")
    good(sign(case.phone, case.phone.code("sign")))


def test_a_code_lives_five_minutes(service: Service, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    code = case.phone.code("sign")
    later(service, monkeypatch, timedelta(minutes=5, seconds=1))
    assert refusal(sign(case.phone, code)) == (403, "code-spent")


def test_a_code_is_for_one_text_and_one_act_of_one_party(case: Case, phone: Callable[..., Phone]) -> None:
    code = case.phone.code("sign")
    assert refusal(read(case.phone, code)) == (409, "not-issued")
    case.draft(facts="乙车追尾甲车，甲车无责任。")
    good(case.ask_to_sign("乙方的通话没有录制"))
    assert refusal(sign(case.phone, code)) == (403, "code-spent")
    second = phone(incident_id=case.incident_id, party_id=case.party("乙"))
    second.place()
    good(case.note(case.party("乙"), "absent", "未接入"))
    code = case.phone.code("sign")
    assert refusal(sign(second, code)) == (403, "code-spent")
    good(sign(case.phone, code))


def test_the_newest_code_serves_alone_and_once(case: Case) -> None:
    first = case.phone.code("sign")
    second = case.phone.code("sign")
    if first != second:
        assert refusal(sign(case.phone, first)) == (403, "code-wrong")
    key = new_id()
    good(sign(case.phone, second, **{"Idempotency-Key": key}))
    good(sign(case.phone, second, **{"Idempotency-Key": key}))
    case.draft(facts="乙车追尾甲车，甲车无责任。")
    good(case.note(case.party("乙"), "absent", "未接入"))
    good(case.ask_to_sign())
    assert refusal(sign(case.phone, second)) == (403, "code-spent")


def test_two_tabs_of_one_phone_sign_once(case: Case) -> None:
    code = case.phone.code("sign")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: sign(case.phone, one), [code, code]))
    assert [answer.status_code for answer in answers] == [204, 204]
    assert signed(case)


def test_a_forwarded_link_gets_neither_page_nor_code(service: Service, case: Case, stack: ExitStack) -> None:
    thief = stack.enter_context(Phone(service, case.phone.token))
    assert refusal(thief.open()) == (403, "link-bound")
    assert refusal(thief.send("POST", "/v1/party/codes", {"act": "sign"})) == (401, "no-party-session")
    code = case.phone.code("sign")
    body = {"text_sha256": "0" * 64, "strokes": STROKES, "code": code}
    assert refusal(thief.send("POST", "/v1/party/signature", body)) == (401, "no-party-session")
    assert not signed(case)
    link_bound = [row for row in rows_of(service.core) if row.outcome == "link-bound"]
    assert [row.actor for row in link_bound] == [case.party("甲")]


def test_codes_are_sent_sparingly(service: Service, case: Case) -> None:
    for _ in range(10):
        case.phone.code("sign")
    answer = case.phone.send("POST", "/v1/party/codes", {"act": "sign"})
    assert refusal(answer) == (429, "too-many-requests")
    service.core.settings = replace(service.core.settings, code_pause_seconds=30.0)
    answer = case.phone.send("POST", "/v1/party/codes", {"act": "sign"})
    assert answer.json()["params"]["retry_after"] > 0


def test_a_pause_lies_between_two_codes(service: Service, case: Case) -> None:
    service.core.settings = replace(service.core.settings, code_pause_seconds=30.0)
    case.phone.code("sign")
    answer = case.phone.send("POST", "/v1/party/codes", {"act": "sign"})
    assert refusal(answer) == (429, "too-many-requests")
    assert 1 <= answer.json()["params"]["retry_after"] <= 31


def test_nothing_is_asked_for_where_there_is_nothing_to_do(
    case: Case, phone: Callable[..., Phone], stack: ExitStack, service: Service
) -> None:
    assert refusal(case.phone.send("POST", "/v1/party/codes", {"act": "read"})) == (409, "nothing-to-do")
    assert refusal(case.phone.send("POST", "/v1/party/codes", {"act": "x"})) == (422, "invalid-request")
    new = phone()
    good(new.open())
    assert refusal(new.send("POST", "/v1/party/codes", {"act": "sign"})) == (409, "no-case")
    nobody = stack.enter_context(Client(service))
    assert refusal(nobody.send("POST", "/v1/party/codes", {"act": "sign"})) == (401, "no-party-session")


def test_a_code_that_cannot_be_sent_is_said_so(service: Service, case: Case) -> None:
    service.core.receivers = {**service.core.receivers, Channel.SMS: NoReceiver()}
    answer = case.phone.send("POST", "/v1/party/codes", {"act": "sign"})
    assert refusal(answer) == (503, "code-not-sent")


def test_neither_desk_nor_journal_nor_database_holds_a_code(service: Service, case: Case) -> None:
    code = case.phone.code("sign")
    good(sign(case.phone, code))
    with service.core.database.read() as connection:
        (row,) = connection.execute(select(one_time_codes)).all()
        told = connection.execute(select(journal.c.event)).scalars().all()
        queued = connection.execute(select(deliveries.c.body)).scalars().all()
    assert code not in row.code_hash
    assert len(row.code_hash) == 64
    assert not [text for text in (*told, *queued) if "验证码" in text]
    assert "验证码" not in json.dumps(case.desk.get("/v1/desk/snapshot"), ensure_ascii=False)


def read(phone: Phone, code: str) -> requests.Response:
    """Read the issued document with a code."""
    return phone.send("POST", "/v1/party/determination", {"code": code})


def test_the_issued_document_is_read_with_a_code_alone(service: Service, case: Case) -> None:
    good(sign(case.phone, case.phone.code("sign")))
    issued: Any = good(case.issue()).json()
    assert refusal(read(case.phone, "")) == (403, "code-needed")
    code = case.phone.code("read")
    assert refusal(read(case.phone, other(code))) == (403, "code-wrong")
    for _ in range(2):
        answer = good(read(case.phone, code))
        assert answer.headers["Content-Type"] == "application/pdf"
        same = good(case.desk.send("GET", f"{case.path}/determination.pdf")).content
        assert answer.content == same
        assert len(same) == issued["pdf_size"]
    row = [row for row in rows_of(service.core) if row.role == "party"][-1]  # the service has rows of its own
    assert (row.action, row.role, row.incident_id) == (
        "party-read-determination",
        "party",
        case.incident_id,
    )
