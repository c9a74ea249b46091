"""Join codes: eight digits by telephone, for one browser, once, for ten minutes, and not to be guessed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from sqlalchemy import select

from console.contract.party_api import PartyStage
from console.service.core import FAILED_JOINS, FAILED_JOINS_TOGETHER
from console.service.server import Service
from console.service.tables import answers, journal, links
from console.service.throttle import Throttle
from tests.service.audited import rows_of
from tests.service.cases import Case, connected, whole_case
from tests.service.harness import Client, Desk, Phone, good, refusal


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """A call of 甲, and 乙 taken down."""
    case = connected(desk, phone())
    case.join()
    return case


@pytest.fixture
def browser(service: Service, stack: ExitStack) -> Callable[[], Phone]:
    """Return a function that makes a phone without any link."""
    return lambda: stack.enter_context(Phone(service, ""))


def made(case: Case, **body: Any) -> dict[str, Any]:
    """Have a code made and return the answer."""
    found: dict[str, Any] = case.desk.post(f"{case.path}/join-codes", body).json()
    return found


def enter(phone: Client, code: str) -> requests.Response:
    """Enter a code on the page."""
    return phone.send("POST", "/v1/party/join", {"code": code})


def test_who_is_taken_down_joins_by_voice_and_may_act(case: Case, browser: Callable[[], Phone]) -> None:
    told = made(case, party_id=case.party("乙"))
    assert len(told["code"]) == 8
    assert told["code"].isdigit()
    assert told["address"].endswith("/j")
    second = browser()
    page = good(second.send("GET", "/j"))
    assert page.headers["Content-Type"].startswith("text/html")
    answer = good(enter(second, told["code"]))
    assert all(word in answer.headers["Set-Cookie"] for word in ("HttpOnly", "Secure", "SameSite=strict"))
    assert second.state().stage is PartyStage.NEW
    second.post("/v1/party/calls", {"hurt": False})
    assert second.state().label == "乙"
    assert len(case.incident().parties) == 2
    with case.desk.service.core.database.read() as connection:
        row = connection.execute(select(links).where(links.c.party_id == case.party("乙"))).one()
    assert (row.phone, row.join_hash) == ("10087654321", None), "its codes go to the number it stated"


def test_a_further_party_joins_with_the_number_it_gives(case: Case, browser: Callable[[], Phone]) -> None:
    third = browser()
    good(enter(third, made(case, phone="10011112222")["code"]))
    third.post("/v1/party/calls", {"hurt": False, "name": "测试平"})
    joined = case.incident().parties[2]
    assert (joined.label, joined.details.phone) == ("丙", "10011112222")


def test_a_code_serves_once_even_at_once(case: Case, browser: Callable[[], Phone]) -> None:
    code = made(case, party_id=case.party("乙"))["code"]
    phones = [browser() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda phone: enter(phone, code), phones))
    assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]
    assert refusal(enter(browser(), code)) == (404, "unknown-join-code")


def test_a_code_lives_ten_minutes_and_a_newer_one_ends_it(
    service: Service, case: Case, browser: Callable[[], Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (made(case, party_id=case.party("乙"))["code"] for _ in range(2))
    assert refusal(enter(browser(), first)) == (404, "unknown-join-code")
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now(UTC) + timedelta(minutes=10, seconds=1))
    assert refusal(enter(browser(), second)) == (404, "unknown-join-code")
    monkeypatch.undo()
    good(enter(browser(), second))


def test_guessing_is_bounded_for_an_address_and_then_the_right_code_helps_no_more(
    case: Case, browser: Callable[[], Phone]
) -> None:
    code = made(case, party_id=case.party("乙"))["code"]
    guesses = [f"{(int(code) + n) % 10**8:08d}" for n in range(1, FAILED_JOINS + 1)]
    phone = browser()
    for guess in guesses:
        assert refusal(enter(phone, guess)) == (404, "unknown-join-code")
    answer = enter(browser(), code)
    assert refusal(answer) == (429, "too-many-requests")
    assert answer.json()["params"]["retry_after"] > 500


def test_guessing_from_everywhere_is_bounded_too(
    service: Service, case: Case, browser: Callable[[], Phone]
) -> None:
    service.core.failed_joins = Throttle(10**6, 600.0)
    code = int(made(case, party_id=case.party("乙"))["code"])
    phone = browser()
    guesses = [f"{(code + n) % 10**8:08d}" for n in range(1, FAILED_JOINS_TOGETHER + 6)]
    with ThreadPoolExecutor(4) as pool:
        codes = [refusal(answer) for answer in pool.map(lambda guess: enter(phone, guess), guesses)]
    assert (404, "unknown-join-code") in codes
    assert codes.count((404, "unknown-join-code")) <= FAILED_JOINS_TOGETHER + 3, "those under way count"
    assert refusal(enter(phone, f"{code:08d}")) == (429, "too-many-requests")


def test_what_is_no_code_is_refused(case: Case, browser: Callable[[], Phone]) -> None:
    phone = browser()
    for text in ("", "x", "1" * 200, "'; DROP TABLE links; --"):
        assert refusal(enter(phone, text)) == (404, "unknown-join-code")
    assert refusal(enter(phone, "1" * 300)) == (422, "text-too-long")
    assert refusal(phone.send("GET", "/v1/party/state")) == (401, "no-party-session")


def test_nobody_keeps_a_code(service: Service, case: Case) -> None:
    code = made(case, party_id=case.party("乙"))["code"]
    with service.core.database.read() as connection:
        kept = [str(row) for table in (links, journal, answers) for row in connection.execute(select(table))]
    assert not [row for row in kept if code in row]
    row = next(row for row in rows_of(service.core) if row.action == "links-create-join-code")
    assert row.incident_id == case.incident_id


def test_who_may_have_one_made(
    case: Case, phone: Callable[..., Phone], sign_in: Callable[[str, str], Desk]
) -> None:
    path = f"{case.path}/join-codes"
    trainer = sign_in("900030", "09")
    assert refusal(trainer.send("POST", path, {})) == (403, "role-missing")
    assert refusal(case.desk.send("POST", path, {"party_id": "x"})) == (404, "unknown-party")
    assert refusal(case.desk.send("POST", path, {"phone": "13912345678"})) == (422, "fictional-data-only")
    missing = "/v1/incidents/nowhere/join-codes"
    assert refusal(case.desk.send("POST", missing, {})) == (404, "unknown-incident")


def test_a_closed_case_is_joined_no_more(any_year: None, desk: Desk, phone: Callable[..., Phone]) -> None:
    case = whole_case(desk, phone())
    paper = {"way": "paper", "note": "窗口领取"}
    for label in ("甲", "乙"):
        good(desk.send("POST", f"{case.path}/parties/{case.party(label)}/service", paper))
    desk.post(f"{case.path}/close", {"disposition": "fast-track"})
    assert refusal(desk.send("POST", f"{case.path}/join-codes", {})) == (409, "incident-locked")
