"""Accounts: lock-out, password rules, second factor, separated duties, tokens that are renewed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests

from console.contract.desk_api import Role, SignIn
from console.domain.errors import DomainError
from console.domain.ids import SeatId
from console.service import auth
from console.service.accounts import require_separate
from console.service.admin import cli
from console.service.auth import Caller
from console.service.server import Service
from tests.service.harness import (
    Client,
    Desk,
    database_url,
    good,
    make_database,
    password,
    refusal,
    running,
    settings,
)

FRESH = "Fresh-enough-1"


def sign_in(client: Client, number: str, word: str, **more: str) -> requests.Response:
    """Offer a sign-in at a seat of its own."""
    return client.send("POST", "/v1/sessions", {"username": number, "password": word, "seat": "31", **more})


def later(service: Service, monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Move the service's clock."""
    monkeypatch.setattr(service.core, "clock", lambda: datetime.now().astimezone() + by)


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = password(service, "900010")
    with Client(service) as client:
        for _ in range(5):
            assert refusal(sign_in(client, "900010", "wrong")) == (401, "wrong-credentials")
        assert refusal(sign_in(client, "900010", right)) == (403, "account-locked")
        assert refusal(sign_in(client, "900010", "wrong")) == (403, "account-locked")
        good(sign_in(client, "900011", password(service, "900011")))
        later(service, monkeypatch, timedelta(minutes=16))
        good(sign_in(client, "900010", right))


def test_a_success_forgets_the_failures_before_it(service: Service) -> None:
    right = password(service, "900010")
    with Client(service) as client:
        for _ in range(2):
            for _ in range(4):
                assert refusal(sign_in(client, "900010", "wrong")) == (401, "wrong-credentials")
            good(sign_in(client, "900010", right))


def renew(client: Client, token: str) -> requests.Response:
    """Offer a renewal token."""
    return client.send("POST", "/v1/sessions/renewal", {"renewal_token": token})


def test_tokens_are_renewed_and_a_stream_goes_on(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = desk.ready()
    first = desk.session
    later(service, monkeypatch, timedelta(minutes=16))
    assert refusal(desk.send("GET", "/v1/desk/snapshot")) == (401, "not-signed-in")
    second = good(renew(desk, first["renewal_token"])).json()
    assert second["ends_at"] == first["ends_at"]
    desk.http.headers["Authorization"] = f"Bearer {second['token']}"
    desk.link()
    assert not stream.ended.is_set()


def test_a_lost_answer_may_be_asked_for_again_and_a_stolen_token_ends_the_session(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen = desk.session["renewal_token"]
    good(renew(desk, stolen))
    mine = good(renew(desk, stolen)).json()
    later(service, monkeypatch, timedelta(minutes=2))
    assert refusal(renew(desk, stolen)) == (401, "not-signed-in")
    assert refusal(renew(desk, mine["renewal_token"])) == (401, "not-signed-in")
    desk.http.headers["Authorization"] = f"Bearer {mine['token']}"
    assert refusal(desk.send("GET", "/v1/desk/snapshot")) == (401, "not-signed-in")


def test_changing_the_password_ends_the_other_sessions(service: Service, desk: Desk) -> None:
    old = password(service, "900010")
    with Client(service) as elsewhere:
        token = good(sign_in(elsewhere, "900010", old)).json()["token"]
        elsewhere.http.headers["Authorization"] = f"Bearer {token}"
        path = "/v1/accounts/current/password"
        weak = desk.send("PUT", path, {"current": old, "new": "short"})
        assert (refusal(weak), weak.json()["params"]) == ((422, "password-weak"), {"reason": "short"})
        same = desk.send("PUT", path, {"current": old, "new": old})
        assert refusal(same)[0] == 422
        wrong = desk.send("PUT", path, {"current": "wrong", "new": FRESH})
        assert refusal(wrong) == (401, "wrong-credentials")
        desk.put(path, {"current": old, "new": FRESH})
        assert desk.snapshot().calls == ()
        assert refusal(elsewhere.send("GET", "/v1/desk/snapshot")) == (401, "not-signed-in")
        assert refusal(sign_in(elsewhere, "900010", old)) == (401, "wrong-credentials")
        good(sign_in(elsewhere, "900010", FRESH))


def test_duties_stand_apart() -> None:
    require_separate([Role.CALL_TAKER, Role.RULING_OFFICER], qualified=True)
    require_separate([Role.ADMINISTRATOR], qualified=False)
    for roles in ([Role.ADMINISTRATOR, Role.AUDITOR], [Role.CALL_TAKER, Role.AUDITOR], []):
        with pytest.raises(DomainError, match=r"duties-mixed|invalid-request"):
            require_separate(roles, qualified=True)
    with pytest.raises(DomainError, match="unqualified-issuer"):
        require_separate([Role.RULING_OFFICER], qualified=False)


@pytest.mark.parametrize(
    ("address", "lan", "allowed"),
    [
        ("127.0.0.1", False, True),
        ("192.168.3.4", False, False),
        ("192.168.3.4", True, True),
        ("203.0.113.9", True, False),
        ("", True, False),
    ],
)
def test_training_accounts_work_where_training_is(
    data: Path, stack: ExitStack, address: str, lan: bool, allowed: bool
) -> None:
    service = stack.enter_context(running(settings(data)))
    core = service.core
    core.settings = settings(data, lan=lan)
    request = SignIn(username="900010", password=password(service, "900010"), seat=SeatId("07"))
    if allowed:
        assert auth.sign_in(core, request, Caller(address=address, certificate="")).training
    else:
        with pytest.raises(DomainError, match="training-only-here"):
            auth.sign_in(core, request, Caller(address=address, certificate=""))


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return a function that runs administrator's commands on a service with real people."""
    data = tmp_path / "live"
    make_database(data)
    monkeypatch.setenv("KUAICHU_DATABASE_URL", database_url(data))
    data.mkdir()

    def run(*words: str, code: int = 0) -> Path:
        assert cli.main([words[0], "--data", str(data), *words[1:]]) == code
        return data

    return run


def test_a_live_account_needs_a_second_factor_and_its_own_password(
    live: Callable[..., Path], stack: ExitStack, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    live("account", "add", "100001", "示例安", "--role", "call-taker")
    first = capsys.readouterr().out.split()[-1]
    live("account", "device", "100001")
    uri = urlsplit(capsys.readouterr().out.splitlines()[0])
    device = pyotp.TOTP(parse_qs(uri.query)["secret"][0])
    data = live("account", "certificate", "100001", "--out", str(tmp_path / "desk.pem"))
    service = stack.enter_context(running(settings(data, training=False, second_factor=True)))
    client = stack.enter_context(Client(service))
    assert refusal(sign_in(client, "100001", "wrong")) == (401, "wrong-credentials")
    assert refusal(sign_in(client, "100001", first)) == (401, "second-factor-needed")
    assert refusal(sign_in(client, "100001", first, code="000000")) == (401, "second-factor-wrong")
    code = device.now()
    session = good(sign_in(client, "100001", first, code=code)).json()
    assert session["password_due"] is True
    assert refusal(sign_in(client, "100001", first, code=code)) == (401, "second-factor-wrong")
    client.http.headers["Authorization"] = f"Bearer {session['token']}"
    assert refusal(client.send("GET", "/v1/desk/snapshot")) == (403, "password-due")
    client.put("/v1/accounts/current/password", {"current": first, "new": FRESH})
    client.get("/v1/desk/snapshot")
    shown = stack.enter_context(Client(service))
    shown.http.cert = str(tmp_path / "desk.pem")
    good(sign_in(shown, "100001", FRESH))


def test_an_administrator_closes_and_reopens_accounts(
    live: Callable[..., Path], stack: ExitStack, capsys: pytest.CaptureFixture[str]
) -> None:
    live("account", "add", "100002", "测试宁", "--role", "auditor")
    word = capsys.readouterr().out.split()[-1]
    live("account", "add", "100002", "测试宁", "--role", "auditor", code=1)
    live("account", "roles", "100002", "--role", "auditor", "--role", "call-taker", code=1)
    live("account", "roles", "100002", "--role", "ruling-officer", code=1)
    assert re.findall(r"^[a-z-]+", capsys.readouterr().err, re.M) == [
        "account-exists",
        "duties-mixed",
        "unqualified-issuer",
    ]
    data = live("account", "disable", "100002")
    service = stack.enter_context(running(settings(data, training=False)))
    client = stack.enter_context(Client(service))
    assert refusal(sign_in(client, "100002", word)) == (403, "account-disabled")
    live("account", "enable", "100002")
    good(sign_in(client, "100002", word))
    live("account", "reset", "100002")
    fresh = capsys.readouterr().out.split()[-1]
    assert refusal(sign_in(client, "100002", word)) == (401, "wrong-credentials")
    good(sign_in(client, "100002", fresh))
    live("account", "list")
    line = capsys.readouterr().out.splitlines()[0]
    assert line == "100002  测试宁  auditor password-due"


def test_the_command_is_a_program_of_its_own(data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "console", "service", "account", "--data", str(data), "disable", "nobody"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (1, "unknown-account")
    assert json.dumps(done.stdout) == '""'


def unlock(desk: Desk, word: str) -> requests.Response:
    """Offer a password at a locked desk."""
    return desk.send("POST", "/v1/sessions/current/unlock", {"password": word})


def test_a_locked_desk_goes_on_with_its_own_password_alone(service: Service, desk: Desk) -> None:
    stream = desk.ready()
    assert refusal(unlock(desk, password(service, "900011"))) == (401, "wrong-credentials")
    good(unlock(desk, password(service, "900010")))
    for _ in range(5):
        assert refusal(unlock(desk, "wrong")) == (401, "wrong-credentials")
    assert refusal(unlock(desk, password(service, "900010"))) == (403, "account-locked")
    good(desk.send("GET", "/v1/desk/snapshot"))
    assert not stream.ended.is_set()
    with Client(service) as client:
        assert refusal(unlock_of(client)) == (401, "not-signed-in")


def unlock_of(client: Client) -> requests.Response:
    """Offer a password where nobody is signed in."""
    return client.send("POST", "/v1/sessions/current/unlock", {"password": "x"})
