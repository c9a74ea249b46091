"""Twenty and more ways to misuse the ruling post: each is refused clearly and nothing has changed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests

from console.contract.codec import encode
from console.domain.determination import ServiceWay
from console.domain.ids import new_id
from console.domain.incident import Incident, IncidentState
from console.domain.party import ConsentItem
from tests.service.cases import Case, to_be_ruled
from tests.service.harness import Desk, Phone, good, refusal
from tests.service.ruling_parts import REAR_END, document, fault, party, text_of

pytestmark = pytest.mark.usefixtures("any_year")

SCRIPT = "<script>alert(1)</script>"
TYPESET = '#panic("x") $ \\ #import "/etc/passwd" @x <l>'
HUGE = "很" * 4_001


@dataclass(frozen=True)
class Table:
    """Who is there to misuse the case: the officer's desk, an auxiliary's, a colleague's, a party's phone."""

    case: Case
    auxiliary: Desk
    colleague: Desk
    phone: Phone


Act = Callable[[Table], requests.Response]


def put(path: str, **changes: Any) -> Act:
    """Save a ruling that differs so from a good one; ``path`` may be another's incident."""
    return lambda t: t.case.desk.send("PUT", path or f"{t.case.path}/ruling", t.case.ruling(**changes))


def post(path: str, body: Mapping[str, Any], **extra: Any) -> Act:
    """Post to a path below the incident."""
    return lambda t: t.case.desk.send("POST", f"{t.case.path}/{path}", dict(body), **extra)


def by(who: str, method: str, path: str, body: Mapping[str, Any]) -> Act:
    """Send as somebody else."""
    return lambda t: getattr(t, who).send(method, f"{t.case.path}/{path}", dict(body))


def parties(*liabilities: str | None, extra: Mapping[str, Any] | None = None) -> Act:
    """Save a ruling with these shares of 甲 and 乙."""

    def act(t: Table) -> requests.Response:
        rows = [party(t.case.party(label), share) for label, share in zip("甲乙", liabilities, strict=True)]
        rows[0] |= extra or {}
        return t.case.desk.send("PUT", f"{t.case.path}/ruling", t.case.ruling(parties=rows))

    return act


def raw(body: bytes) -> Act:
    """Send bytes that are no ruling."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": new_id()}
    return lambda t: t.case.desk.http.put(
        f"{t.case.desk.url}{t.case.path}/ruling", data=body, headers=headers, timeout=10
    )


def sign_as_party(t: Table) -> requests.Response:
    """Sign a text that nobody was asked to sign."""
    body = {"text_sha256": "0" * 64, "typed_name": "样本宁"}
    return t.phone.send("POST", "/v1/party/signature", body)


def twice_one_key(t: Table) -> requests.Response:
    """Use one key for two different rulings."""
    headers = {"Idempotency-Key": new_id()}
    path = f"{t.case.path}/notes"
    good(t.case.desk.send("PUT", path, {"text": t.case.incident().notes}, headers=headers))
    return t.case.desk.send("PUT", path, {"text": "别的"}, headers=headers)


MISUSES: Mapping[str, tuple[Act, tuple[int, str]]] = {
    "huge course": (put("", facts=HUGE), (422, "text-too-long")),
    "huge reason": (put("", reason=HUGE), (422, "text-too-long")),
    "huge mediation": (put("", mediation=HUGE), (422, "text-too-long")),
    "huge code": (put("", weather="1" * 201), (422, "text-too-long")),
    "NUL in a text": (put("", facts="经过\0"), (422, "invalid-request")),
    "an outcome there is not": (put("", outcome="guilty"), (422, "invalid-request")),
    "a percentage": (parties("70%", "30%"), (422, "invalid-request")),
    "a kind there is not": (parties("none", "full", extra={"kind": "ship"}), (422, "invalid-request")),
    "a party of no incident": (
        put("", parties=[party("nobody", "full", REAR_END)]),
        (404, "unknown-party"),
    ),
    "an impact with nobody": (
        put("", impacts=[{"striking": "nobody", "struck": "nobody"}]),
        (404, "unknown-party"),
    ),
    "endless impacts": (
        lambda t: t.case.desk.send(
            "PUT",
            f"{t.case.path}/ruling",
            t.case.ruling(impacts=[{"striking": t.case.party("甲"), "struck": t.case.party("乙")}] * 500),
        ),
        (422, "invalid-request"),
    ),
    "another incident": (put("/v1/incidents/nothing/ruling"), (404, "unknown-incident")),
    "no JSON": (raw(b"{"), (422, "invalid-request")),
    "a list for a ruling": (raw(b"[]"), (422, "invalid-request")),
    "nesting without end": (raw(b"[" * 5_000 + b"]" * 5_000), (400, "bad-request")),
    "issue of an old reading": (post("determination", {"version": 1}), (412, "stale")),
    "issue of a reading there cannot be": (
        post("determination", {"version": 1 << 63}),
        (422, "invalid-request"),
    ),
    "a course that reads backwards": (put("", facts="甲车\u202e追尾乙车"), (422, "invalid-request")),
    "standing back without a word that is seen": (
        post("recusal", {"reason": "\u200b\u3164 \u2060"}),
        (422, "invalid-request"),
    ),
    "issue with an open row": (
        lambda t: t.case.issue(),
        (422, "ruling-not-issuable"),
    ),
    "issue by an auxiliary": (
        by("auxiliary", "POST", "determination", {"version": 10**6}),
        (403, "role-missing"),
    ),
    "a draft by an auxiliary": (
        by("auxiliary", "PUT", "ruling", {"outcome": "ruling"}),
        (403, "role-missing"),
    ),
    "return by an auxiliary": (
        by("auxiliary", "POST", "return", {"slots": ["plate-a"]}),
        (403, "role-missing"),
    ),
    "return of nothing": (post("return", {"slots": []}), (422, "slots-missing")),
    "hand-over once more": (post("hand-over", {"gaps_reason": "x"}), (409, "incident-state")),
    "closing before service": (post("close", {"disposition": "fast-track"}), (409, "incident-state")),
    "standing back without a word": (post("recusal", {"reason": " "}), (409, "reason-missing")),
    "standing back by an auxiliary": (
        by("auxiliary", "POST", "recusal", {"reason": "x"}),
        (403, "role-missing"),
    ),
    "general procedure alone": (
        post("general-procedure", {"second_officer": "900010", "reason": "x"}),
        (422, "second-officer"),
    ),
    "general procedure with SQL": (
        post("general-procedure", {"second_officer": "' OR 1=1 --", "reason": "x"}),
        (422, "second-officer"),
    ),
    "service by hand before issue": (
        lambda t: t.case.desk.send(
            "POST",
            f"{t.case.path}/parties/{t.case.party('乙')}/service",
            {"way": ServiceWay.PAPER.value, "note": "当面"},
        ),
        (409, "not-issued"),
    ),
    "a review decided that nobody applied for": (
        by("colleague", "POST", "review/decision", {"outcome": "reinvestigate", "note": "x"}),
        (409, "no-review"),
    ),
    "a review sent on that nobody applied for": (post("review/forwarding", {}), (409, "no-review")),
    "a recusal of nobody": (
        lambda t: t.case.desk.send(
            "POST",
            f"{t.case.path}/recusal-requests",
            {"party_id": t.case.party("甲"), "reason": "x", "officer": "' OR 1=1 --"},
        ),
        (404, "unknown-account"),
    ),
    "a signature of a stranger": (
        by("colleague", "PUT", "parties/nobody/signature", {"state": "absent", "reason": "x"}),
        (404, "unknown-party"),
    ),
    "a signature that nobody gave": (
        lambda t: t.case.desk.send(
            "PUT",
            f"{t.case.path}/parties/{t.case.party('甲')}/signature",
            {"state": "signed", "reason": "x"},
        ),
        (422, "invalid-request"),
    ),
    "a circumstance there is not": (
        by("colleague", "PUT", "facts/guilty", {"answer": "yes"}),
        (422, "invalid-request"),
    ),
    "a party signs what nobody showed": (sign_as_party, (409, "text-changed")),
    "a party at the desk's door": (
        lambda t: t.phone.send("PUT", f"{t.case.path}/ruling", {"outcome": "ruling"}),
        (401, "not-signed-in"),
    ),
    "one key for two requests": (twice_one_key, (422, "idempotency-mismatch")),
    "no key": (
        lambda t: t.case.desk.send(
            "PUT", f"{t.case.path}/ruling", t.case.ruling(), headers={"Idempotency-Key": ""}
        ),
        (400, "idempotency-key-missing"),
    ),
}


@pytest.fixture
def case(desk: Desk, phone: Callable[..., Phone]) -> Case:
    """Return a case that is to be ruled, with a draft."""
    case = to_be_ruled(desk, phone())
    assert case.draft() == []
    return case


def content(incident: Incident) -> Incident:
    """Return what is known of a case, whatever number the journal has come to."""
    return replace(incident, version=0)


def test_every_misuse_is_refused_and_nothing_changes(case: Case, sign_in: Callable[[str, str], Desk]) -> None:
    case.desk.put(f"{case.path}/facts/injury", {"answer": "unknown"})
    table = Table(case, sign_in("900001", "08"), sign_in("900011", "09"), case.phone)
    before = content(case.incident())
    wrong = {}
    for name, (act, wanted) in MISUSES.items():
        answer = act(table)
        found = (answer.status_code, answer.json().get("type", "").rpartition(":")[2])
        if found != wanted or content(case.incident()) != before:
            wrong[name] = found
    assert wrong == {}
    assert len(MISUSES) >= 20
    assert before.ruling is not None
    assert before.ruling.facts


def test_script_in_every_field_is_text_and_nothing_else(case: Case) -> None:
    marked = SCRIPT + TYPESET
    details = json.loads(encode(case.incident().parties[1].details))
    texts = {key: marked for key in details if key not in {"phone", "plate", "id_number"}}
    case.desk.put(f"{case.path}/parties/{case.party('乙')}", {"details": {**details, **texts}})
    case.desk.put(f"{case.path}/place", {"road": marked, "landmark": marked})
    case.desk.put(f"{case.path}/notes", {"text": marked})
    case.draft(facts=marked, reason=marked, mediation=marked)
    printed = text_of(document(case, "ruling/preview.pdf"))
    assert "<script>alert(1)</script>" in printed
    assert '#panic("x")' in printed.replace("“", '"').replace("”", '"')
    ruling = case.incident().ruling
    assert ruling is not None
    assert ruling.facts == marked
    assert "application/json" in case.desk.send("GET", f"{case.path}/suggestion").headers["Content-Type"]


def test_of_two_officers_at_once_the_second_reads_again(
    case: Case, sign_in: Callable[[str, str], Desk]
) -> None:
    colleague = sign_in("900011", "09")
    read = case.incident().version
    good(colleague.send("PUT", f"{case.path}/ruling", case.ruling(reason="改了一处")))
    stale = case.desk.send("POST", f"{case.path}/determination", {"version": read})
    assert refusal(stale) == (412, "stale")
    bodies = [
        (desk, {"version": case.incident().version}, "determination") for desk in (case.desk, colleague)
    ]
    answers: list[requests.Response] = []

    def press(desk: Desk, body: dict[str, Any], path: str) -> None:
        answers.append(desk.send("POST", f"{case.path}/{path}", body))

    threads = [threading.Thread(target=press, args=one) for one in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answer.ok for answer in answers) == [False, True]
    assert case.incident().state is IncidentState.ISSUED
    late = case.desk.send("PUT", f"{case.path}/ruling", case.ruling(facts="签发后再改"))
    assert refusal(late) == (409, "incident-locked")


def test_nobody_is_ruled_without_every_partys_consent_where_one_is_hurt(case: Case) -> None:
    case.desk.put(f"{case.path}/facts/injury", {"answer": "yes"})
    case.desk.put(f"{case.path}/facts/serious-injury", {"answer": "no"})
    assert "RULING_CLOSED" in case.draft()
    given = {"item": ConsentItem.SIMPLE_PROCEDURE.value, "given": True, "wording": "2026-11"}
    case.phone.post("/v1/party/consents", given)
    assert "RULING_CLOSED" in case.draft(), "乙 was never asked"
    assert refusal(case.issue()) == (422, "ruling-not-issuable")


def test_an_article_of_another_day_is_refused(case: Case) -> None:
    rear_end = fault("1094", "道路交通安全法", 43)
    a, b = case.party("甲"), case.party("乙")
    rows = [party(a, "none"), party(b, "full", rear_end)]
    assert case.draft(parties=rows) == []
    case.desk.put(f"{case.path}/time", {"occurred_at": "2003-05-01T10:00:00+08:00"})
    assert "CITATION_NOT_IN_FORCE" in case.draft(parties=rows)
    assert refusal(case.issue()) == (422, "ruling-not-issuable")
