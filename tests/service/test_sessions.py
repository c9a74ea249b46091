"""Signing in, roles, and what an answer always carries."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from console.domain.ids import CallId
from console.service.server import Service
from console.service.tables import accounts, sessions
from console.service.training_accounts import PEOPLE
from tests.service.harness import Client, Desk, refusal


def test_sign_in_tells_who_and_that_it_is_training(desk: Desk) -> None:
    user = desk.session["user"]
    assert (user["name"], user["roles"], user["qualified"]) == (
        "钱演示",
        ["call-taker", "ruling-officer"],
        True,
    )
    assert desk.session["training"] is True
    for name, longest in (("expires_at", timedelta(minutes=15)), ("ends_at", timedelta(hours=12))):
        left = datetime.fromisoformat(desk.session[name]) - datetime.now(UTC)
        assert longest - timedelta(minutes=5) < left <= longest
    assert desk.session["password_due"] is False


def test_wrong_password_and_unknown_name_look_the_same(service: Service) -> None:
    with Client(service) as client:
        wrong = client.send("POST", "/v1/sessions", {"username": "900010", "password": "x", "seat": "07"})
        nobody = client.send("POST", "/v1/sessions", {"username": "nobody", "password": "x", "seat": "07"})
    assert refusal(wrong) == refusal(nobody) == (401, "wrong-credentials")
    assert wrong.content == nobody.content


def test_secrets_are_stored_as_hashes_only(service: Service, desk: Desk) -> None:
    with service.core.database.read() as connection:
        stored = connection.execute(select(accounts.c.password_hash)).scalars().all()
        tokens = connection.execute(select(sessions.c.token_hash)).scalars().all()
        renewals = connection.execute(select(sessions.c.refresh_hash)).scalars().all()
    assert all(word.startswith("$argon2id$") for word in stored)
    assert desk.session["token"] not in tokens
    assert desk.session["renewal_token"] not in renewals
    file = service.core.settings.data / "training-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(json.loads(file.read_text("utf-8"))["accounts"]) == len(PEOPLE)


def test_sign_out_deletes_the_token_and_ends_the_stream(desk: Desk) -> None:
    stream = desk.ready()
    assert desk.send("DELETE", "/v1/sessions/current").status_code == 204
    assert stream.ended.wait(5)
    assert refusal(desk.send("GET", "/v1/desk/snapshot")) == (401, "not-signed-in")


def test_a_token_expires(service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime.now(UTC) + timedelta(minutes=16)
    monkeypatch.setattr(service.core, "clock", lambda: later)
    assert refusal(desk.send("GET", "/v1/desk/snapshot")) == (401, "not-signed-in")


def test_a_wrong_token_opens_nothing(service: Service) -> None:
    with Client(service) as client:
        for token in ("", "x", "../../etc", "a" * 5000):
            client.http.headers["Authorization"] = f"Bearer {token}"
            answer = client.send("GET", "/v1/desk/snapshot")
            assert refusal(answer) == (401, "not-signed-in")


def test_roles_are_kept_apart(sign_in: Callable[[str, str], Desk]) -> None:
    supervisor, trainer = sign_in("900020", "01"), sign_in("900030", "02")
    assert refusal(supervisor.send("POST", "/v1/links", {"phone": "10012345678"})) == (403, "role-missing")
    assert refusal(supervisor.answer(CallId("x"))) == (403, "role-missing")
    assert refusal(trainer.send("PUT", "/v1/seats/current", {"state": "ready"})) == (403, "role-missing")
    assert trainer.link()
    assert supervisor.snapshot().calls == ()


def test_a_seat_has_one_session(sign_in: Callable[[str, str], Desk]) -> None:
    first = sign_in("900010", "07")
    sign_in("900011", "07")
    assert refusal(first.send("GET", "/v1/desk/snapshot")) == (401, "not-signed-in")


def test_every_answer_carries_the_time_and_safe_headers(desk: Desk) -> None:
    for answer in (desk.send("GET", "/v1/time"), desk.send("GET", "/nowhere"), desk.answer(CallId("x"))):
        told = datetime.fromisoformat(answer.headers["Server-Time"])
        assert abs(datetime.now(UTC) - told) < timedelta(seconds=30)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
