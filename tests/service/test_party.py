"""The party's side: one link, one browser, one case; and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from console.contract.party_api import PartyStage, PartyState
from console.domain.evidence import required_slots
from console.domain.geo import Datum
from console.domain.party import ConsentItem
from console.service.server import Service
from console.service.tables import links
from tests.service.harness import Desk, Phone, good, refusal

FIX = {
    "longitude": 83.01,
    "latitude": 39.01,
    "datum": "wgs84",
    "accuracy_m": 12.0,
    "fixed_at": "2026-11-23T06:29:00Z",
    "stated_by": "desk",
}


def test_the_first_browser_keeps_the_link(
    service: Service, stack: ExitStack, phone: Callable[..., Phone]
) -> None:
    first = phone()
    answer = good(first.open())
    cookie = answer.headers["Set-Cookie"]
    assert all(
        word in cookie for word in ("__Host-party=", "HttpOnly", "Secure", "SameSite=strict", "Path=/")
    )
    good(first.open())
    second = stack.enter_context(Phone(service, first.token))
    assert refusal(second.open()) == (403, "link-bound")
    assert refusal(second.send("GET", "/v1/party/state")) == (401, "no-party-session")
    other = phone()
    good(other.open())
    other.token = first.token
    assert refusal(other.open()) == (403, "link-bound")


def test_links_expire_and_are_stored_by_hash(
    service: Service, phone: Callable[..., Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    late, early = phone(), phone()
    good(early.open())
    with service.core.database.read() as connection:
        assert late.token not in connection.execute(select(links.c.token_hash)).scalars().all()
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now(UTC) + timedelta(hours=2, minutes=1))
    assert refusal(late.open()) == (410, "link-expired")
    good(early.open())
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now(UTC) + timedelta(hours=25))
    assert refusal(early.send("GET", "/v1/party/state")) == (401, "no-party-session")


def test_unknown_links(service: Service, stack: ExitStack) -> None:
    for token in ("", "x" * 32, "x" * 100_000, "'; DROP TABLE links; --"):
        phone = stack.enter_context(Phone(service, token))
        assert refusal(phone.open()) in {(404, "unknown-link"), (422, "text-too-long")}


def test_from_the_queue_to_the_call(desk: Desk, phone: Callable[..., Phone]) -> None:
    first, hurt = phone(), phone()
    good(first.open())
    assert first.state().stage is PartyStage.NEW
    call_id, token = first.place()
    assert first.place() == (call_id, token)
    view = first.state()
    assert (view.stage, view.call_id, view.resume_token) == (PartyStage.WAITING, call_id, token)
    assert view.incident_number.startswith("训练 T-")
    assert (view.queue_ahead, view.label, view.movement) == (0, "甲", None)
    hurt_call, _ = hurt.place(hurt=True)
    assert (first.state().queue_ahead, hurt.state().queue_ahead) == (1, 0)
    good(desk.answer(hurt_call))
    assert first.state().queue_ahead == 0
    view = hurt.state()
    assert (view.stage, view.seat) == (PartyStage.IN_CALL, "07")
    assert view.evidence_required == len(required_slots(desk.snapshot().incidents[0].form))
    assert next(step.at for step in view.progress if step.step == "answered") is not None
    assert [incident.number[-4:] for incident in desk.snapshot().incidents] == ["0001", "0002"]


def test_consents_position_and_request_reach_the_incident(desk: Desk, phone: Callable[..., Phone]) -> None:
    party = phone()
    good(party.open())
    party.post("/v1/party/consents", {"item": "recording-notice", "given": True, "wording": "2026-1"})
    party.post("/v1/party/consents", {"item": "face-comparison", "given": False, "wording": "2026-1"})
    party.post("/v1/party/position", {"position": FIX})
    for _ in range(2):
        party.post("/v1/party/officer-requests")
    party.place()
    incident = desk.snapshot().incidents[0]
    me = incident.parties[0]
    assert me.details.phone == "10012345678"
    answers = {item: me.consent(item) for item in ConsentItem}
    given = {item: answer.given for item, answer in answers.items() if answer is not None}
    assert given == {ConsentItem.RECORDING_NOTICE: True, ConsentItem.FACE_COMPARISON: False}
    assert incident.position is not None
    assert (incident.position.datum, incident.position.stated_by) == (Datum.WGS84, "party")
    assert incident.officer_requested_by == (me.id,)


def test_a_second_party_joins_the_same_incident(desk: Desk, phone: Callable[..., Phone]) -> None:
    first = phone()
    first.place(name="示例安")
    incident = desk.snapshot().incidents[0].id
    noted = desk.post(f"/v1/incidents/{incident}/parties", {"details": {"name": "样本宁"}}).json()
    second, third = phone(incident_id=incident, party_id=noted["party_id"]), phone(incident_id=incident)
    second.place(name="另一个名字")
    third.place(name="测试平")
    labels = [
        (party.label, party.details.name, party.caller) for party in desk.snapshot().incidents[0].parties
    ]
    assert labels == [("甲", "示例安", True), ("乙", "样本宁", False), ("丙", "测试平", False)]
    text = good(second.send("GET", "/v1/party/state")).text
    assert "示例安" not in text
    answer = desk.send("POST", "/v1/links", {"phone": "", "incident_id": "none"})
    assert refusal(answer) == (404, "unknown-incident")


def test_the_state_is_streamed_whole_when_it_changes(desk: Desk, phone: Callable[..., Phone]) -> None:
    party = phone()
    good(party.open())
    stream = party.stream("/v1/party/events")
    stream.until(lambda state: state.stage is PartyStage.NEW, PartyState)
    call_id, _ = party.place()
    stream.until(lambda state: state.stage is PartyStage.WAITING, PartyState)
    good(desk.answer(call_id))
    stream.until(lambda state: state.stage is PartyStage.IN_CALL, PartyState)
    incident = desk.call(call_id).incident_id
    desk.put(f"/v1/incidents/{incident}/facts/injury", {"answer": "yes"})
    stream.until(lambda state: state.movement == "no", PartyState)
    before = len(stream.events)
    desk.put(f"/v1/incidents/{incident}/notes", {"text": "内部备注"})
    desk.post(f"/v1/calls/{call_id}/hang-up")
    stream.until(lambda state: state.stage is PartyStage.AFTER_CALL, PartyState)
    assert len(stream.events) == before + 1
    assert "内部备注" not in "".join(data for _kind, _id, data in stream.events)


HOSTILE: tuple[tuple[str, object], ...] = (
    ("position", {"position": {**FIX, "latitude": 91}}),
    ("position", {"position": {**FIX, "accuracy_m": -1}}),
    ("position", {"position": {**FIX, "fixed_at": "2026-11-23T06:29:00"}}),
    ("position", {"position": {**FIX, "datum": "mars"}}),
    ("consents", {"item": "everything", "given": True, "wording": "1"}),
    ("consents", {"item": "location", "given": True, "wording": "x" * 201}),
    ("calls", {"hurt": "perhaps"}),
    ("calls", {"hurt": False, "name": "名" * 201}),
)


def test_hostile_words_of_a_party(desk: Desk, phone: Callable[..., Phone]) -> None:
    party = phone()
    good(party.open())
    for path, body in HOSTILE:
        assert refusal(party.send("POST", f"/v1/party/{path}", body))[0] == 422, body
    assert desk.snapshot().incidents == ()


def test_nothing_without_the_cookie(service: Service, stack: ExitStack) -> None:
    stranger = stack.enter_context(Phone(service, "none"))
    stranger.http.cookies.set("__Host-party", "guess" * 8)
    for path in ("state", "events"):
        assert refusal(stranger.send("GET", f"/v1/party/{path}")) == (401, "no-party-session")


def test_a_party_that_floods_is_slowed_down(phone: Callable[..., Phone]) -> None:
    party = phone()
    good(party.open())
    codes = [party.send("GET", "/v1/party/state").status_code for _ in range(130)]
    assert codes.count(200) == 120
    assert set(codes) == {200, 429}
