"""A write happens once a key; whoever sends rubbish gets a clear problem and changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from console.domain.ids import IncidentId, new_id
from console.service.server import Service
from tests.service.harness import Desk, Phone, good, incident_of, refusal


@pytest.fixture
def incident(desk: Desk, phone: Callable[..., Phone]) -> IncidentId:
    """An open incident."""
    return incident_of(desk, phone().place()[0])


def test_the_same_key_acts_once(desk: Desk, incident: IncidentId) -> None:
    path, key = f"/v1/incidents/{incident}/parties", {"Idempotency-Key": new_id()}
    body = {"details": {"name": "测试宁"}}
    answers = [good(desk.send("POST", path, body, headers=key)) for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert len(desk.snapshot().incidents[0].parties) == 2
    notes = f"/v1/incidents/{incident}/notes"
    key = {"Idempotency-Key": new_id()}
    for _ in range(2):
        assert desk.send("PUT", notes, {"text": "一"}, headers=key).status_code == 204


def test_a_look_behind_the_masks_stands_in_the_journal(desk: Desk, incident: IncidentId) -> None:
    party = desk.snapshot().incidents[0].parties[0]
    path = f"/v1/incidents/{incident}/parties/{party.id}/views"
    before = desk.snapshot()
    desk.post(path, {"reason": "contact"})
    after = desk.snapshot()
    assert after.sequence == before.sequence + 1
    assert after.incidents[0].parties == before.incidents[0].parties
    assert refusal(desk.send("POST", path, {"reason": "curiosity"})) == (422, "invalid-request")


@pytest.mark.parametrize(
    ("place", "said", "other"),
    [
        ("notes", {"text": "一"}, {"text": "二"}),
        ("place", {"road": "样例大道", "landmark": ""}, {"road": "样例大道", "landmark": "桥下"}),
        ("facts/injury", {"answer": "no"}, {"answer": "yes"}),
        ("form", {"form": "lane-change"}, {"form": "rear-end"}),
    ],
)
def test_the_same_said_again_is_no_news(
    desk: Desk, incident: IncidentId, place: str, said: dict[str, str], other: dict[str, str]
) -> None:
    """As a desk does that was killed before the answer came: another key, the same words."""
    path, seen = f"/v1/incidents/{incident}/{place}", desk.snapshot().sequence
    for _ in range(2):
        desk.put(path, said)
        assert desk.snapshot().sequence == seen + 1
    desk.put(path, other)
    assert desk.snapshot().sequence == seen + 2


def test_the_same_key_sent_at_once_acts_once(desk: Desk, incident: IncidentId) -> None:
    path, key = f"/v1/incidents/{incident}/parties", {"Idempotency-Key": new_id()}
    start = threading.Barrier(8)

    def press(_n: int) -> str:
        start.wait(10)
        return good(desk.send("POST", path, {"details": {}}, headers=key)).text

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(press, range(8)))) == 1
    assert len(desk.snapshot().incidents[0].parties) == 2


def test_a_key_for_something_else_is_refused(desk: Desk, incident: IncidentId) -> None:
    key = {"Idempotency-Key": new_id()}
    path = f"/v1/incidents/{incident}/notes"
    good(desk.send("PUT", path, {"text": "一"}, headers=key))
    other = desk.send("PUT", path, {"text": "二"}, headers=key)
    assert refusal(other) == (422, "idempotency-mismatch")
    assert desk.snapshot().incidents[0].notes == "一"


def test_keys_belong_to_their_sender(
    desk: Desk, incident: IncidentId, sign_in: Callable[[str, str], Desk]
) -> None:
    key = {"Idempotency-Key": "the-same-key"}
    path = f"/v1/incidents/{incident}/notes"
    good(desk.send("PUT", path, {"text": "一"}, headers=key))
    good(sign_in("900011", "11").send("PUT", path, {"text": "二"}, headers=key))
    assert desk.snapshot().incidents[0].notes == "二"


def test_a_write_needs_a_key(desk: Desk, incident: IncidentId) -> None:
    for key in ("", "short", "x" * 65, "not a key!", "密钥密钥密钥密钥"):
        headers = {"Idempotency-Key": key.encode()}
        answer = desk.send("PUT", f"/v1/incidents/{incident}/notes", {"text": "x"}, headers=headers)
        assert refusal(answer) == (400, "idempotency-key-missing"), key


RUBBISH: tuple[tuple[str, Any, int, str], ...] = (
    ("notes", {"text": "字" * 20_001}, 422, "text-too-long"),
    ("notes", {"text": "a\u0000b"}, 422, "invalid-request"),
    ("notes", {"text": 5}, 422, "invalid-request"),
    ("notes", {}, 422, "invalid-request"),
    ("notes", [], 422, "invalid-request"),
    ("notes", {"text": "x" * 1_100_000}, 413, "body-too-large"),
    ("place", {"road": "x" * 201, "landmark": ""}, 422, "text-too-long"),
    ("form", {"form": "<script>"}, 422, "invalid-request"),
    ("facts/injury", {"answer": "maybe"}, 422, "invalid-request"),
    ("facts/nonsense", {"answer": "yes"}, 422, "invalid-request"),
    ("parties/none", {"details": {}}, 404, "unknown-party"),
    ("parties/none", {"details": {"phone": "13800138000"}}, 422, "fictional-data-only"),
    ("parties/none", {"details": {"plate": "川A·12345"}}, 422, "fictional-data-only"),
    ("parties/none", {"details": {"phone": "100<script>"}}, 422, "invalid-request"),
    ("nowhere", {}, 404, "not-found"),
)


def test_rubbish_is_refused_and_changes_nothing(desk: Desk, incident: IncidentId) -> None:
    before = desk.snapshot()
    for path, body, status, code in RUBBISH:
        answer = desk.send("PUT", f"/v1/incidents/{incident}/{path}", body)
        assert refusal(answer) == (status, code), path
        assert "Traceback" not in answer.text
        assert "<script>" not in answer.text
    assert desk.snapshot().incidents == before.incidents


NO_JSON = (
    b"",
    b"{",
    b"\xff\xfe",
    b'{"text": NaN}',
    b'{"text": "\\ud800"}',
    b"[" * 50_000,
)


def test_what_is_no_json_is_refused(desk: Desk, incident: IncidentId) -> None:
    for body in NO_JSON:
        answer = desk.http.put(
            f"{desk.url}/v1/incidents/{incident}/notes",
            data=body,
            headers={"Idempotency-Key": new_id(), "Content-Type": "application/json"},
            timeout=10,
        )
        assert refusal(answer)[0] in (400, 422), body[:20]


def test_a_body_without_length_is_cut_off(desk: Desk, incident: IncidentId) -> None:
    def endless() -> Any:
        for _ in range(64):
            yield b" " * 65_536

    answer = desk.http.put(
        f"{desk.url}/v1/incidents/{incident}/notes",
        data=endless(),
        headers={"Idempotency-Key": new_id(), "Content-Type": "application/json"},
        timeout=10,
    )
    assert refusal(answer) == (413, "body-too-large")


def test_wrong_method_and_unknown_incident(desk: Desk) -> None:
    assert refusal(desk.send("PATCH", "/v1/time", {})) == (405, "method-not-allowed")
    answer = desk.send("PUT", f"/v1/incidents/{'0' * 32}/notes", {"text": "x"})
    assert refusal(answer) == (404, "unknown-incident")


@pytest.mark.allows_log("Exception in ASGI application|a background task failed")
def test_a_bug_shows_nothing_of_itself(service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(service.core, "clock", broken)
    answer = desk.send("GET", "/v1/time")
    assert answer.status_code == 500
    assert "secret" not in answer.text
