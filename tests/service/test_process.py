"""The service as a process: its ready line, its log, its pages, its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from console.service import server
from console.service.cli import openapi_text
from console.service.server import Service
from tests.service.harness import Desk, database_url
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "tokentokentokentokentoken"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_from_ready_to_a_quick_end(data: Path, tmp_path: Path, number: signal.Signals) -> None:
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "console", "service", "--data", str(data)],
            cwd=ROOT,
            env={**os.environ, "KUAICHU_DATABASE_URL": database_url(data)},
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] == "service"
        trust = requests.Session()
        trust.verify, trust.trust_env = ready["ca"], False
        people = json.loads((data / "training-accounts.json").read_text("utf-8"))["accounts"]
        body = {"username": people[0]["username"], "password": people[0]["password"], "seat": "07"}
        session = trust.post(ready["url"] + "/v1/sessions", json=body, timeout=10).json()
        trust.headers["Authorization"] = f"Bearer {session['token']}"
        trust.get(f"{ready['url']}/p/{TOKEN}", timeout=10)
        stream = trust.get(ready["url"] + "/v1/events", stream=True, timeout=10)
        assert stream.ok
        process.send_signal(number)
        assert process.wait(20) == 0
        trust.close()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    routes = [line["route"] for line in lines if line["logger"] == "console.service.access"]
    assert routes == ["/v1/sessions", "/p/{token}", "/v1/events"]
    begun, over = (
        datetime.fromisoformat(next(line["at"] for line in lines if line["message"] == message))
        for message in ("Shutting down", "Waiting for application shutdown.")
    )
    assert (over - begun).total_seconds() < 2  # nothing was waited for
    for secret in (TOKEN, session["token"], people[0]["password"], people[0]["name"]):
        assert secret not in log.read_text("utf-8")


@contextmanager
def process(data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], str, str]]:
    """Run a service as a process; yields it with its URL and its authority."""
    service = subprocess.Popen(
        [sys.executable, "-m", "console", "service", "--data", str(data), *options],
        cwd=ROOT,
        env={**os.environ, "KUAICHU_DATABASE_URL": database_url(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert service.stdout is not None
    with service.stdout:
        try:
            ready = json.loads(service.stdout.readline())
            yield service, ready["url"], ready["ca"]
        finally:
            if service.poll() is None:
                service.kill()
            service.wait(10)


def half_a_sign_in(url: str, ca: str, data: Path) -> tuple[ssl.SSLSocket, bytes]:
    """Begin a sign-in on a connection of its own; return it with the bytes that are still to be sent."""
    people = json.loads((data / "training-accounts.json").read_text("utf-8"))["accounts"]
    person = {"username": people[0]["username"], "password": people[0]["password"], "seat": "09"}
    body = json.dumps(person).encode()
    lines = ("POST /v1/sessions HTTP/1.1", "Host: x", "Content-Type: application/json")
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
    trust = ssl.create_default_context(cafile=ca)
    place = urlsplit(url)
    raw = socket.create_connection((place.hostname, place.port), timeout=10)
    wire = trust.wrap_socket(raw, server_hostname="127.0.0.1")
    wire.sendall(head.encode() + body[:10])
    return wire, body[10:]


def taken(url: str) -> bool:
    """Tell whether a new connection is taken."""
    place = urlsplit(url)
    with socket.socket() as knock:
        return knock.connect_ex((place.hostname, place.port)) == 0


def test_at_the_end_streams_are_told_to_come_back_and_running_requests_are_answered(data: Path) -> None:
    with process(data, "--drain-seconds", "30") as (service, url, ca):
        desk = signed_in(url, ca, data)
        stream = desk.get(url + "/v1/events", stream=True, timeout=20)
        wire, rest = half_a_sign_in(url, ca, data)
        service.send_signal(signal.SIGTERM)
        told = b"".join(stream.iter_content(None))  # to its own end: a stream that breaks raises here
        assert told.endswith(b": the service ends\nretry: 1000\n\n")
        assert service.poll() is None
        wait_until(lambda: not taken(url), 10, "nothing new is taken")
        wire.sendall(rest)
        assert wire.recv(65_536).startswith(b"HTTP/1.1 200 OK")
        assert service.wait(20) == 0
        wire.close()
        desk.close()


@pytest.mark.parametrize(
    "begun",
    [
        "GET /health HTTP/1.1\r\nHost: x\r\nX: ",
        "GET /health HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n" * 1_000,
        "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\nX: ",
    ],
    ids=["line", "head", "trailer"],
)
def test_lines_without_an_end_are_cut_off(service: Service, begun: str) -> None:
    trust, place = ssl.create_default_context(cafile=str(service.files.ca)), urlsplit(service.url)
    raw = socket.create_connection((place.hostname, place.port), timeout=10)
    with trust.wrap_socket(raw, server_hostname="127.0.0.1") as wire:
        wire.sendall(begun.encode())
        with pytest.raises(OSError, match=r"reset|Broken pipe|EOF"):
            wire.sendall((b"X: " + b"y" * 1_000 + b"\r\n") * 10_000)


@pytest.mark.parametrize(
    "begun",
    [
        "",
        "GET /health HTTP/1.1\r\nHost: x\r\nX: ",
        "GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nX:",
        "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
    ],
    ids=["nothing", "first head", "second head", "body"],
)
def test_a_request_that_does_not_come_is_not_waited_for(
    service: Service, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(server, "BODY_SECONDS", 0.3)
    trust, place = ssl.create_default_context(cafile=str(service.files.ca)), urlsplit(service.url)
    raw = socket.create_connection((place.hostname, place.port), timeout=10)
    with trust.wrap_socket(raw, server_hostname="127.0.0.1", suppress_ragged_eofs=True) as wire:
        wire.sendall(begun.encode())
        with suppress(ConnectionResetError):
            while wire.recv(65_536):
                pass  # a timeout here: the connection is still open


def test_a_connection_that_was_answered_and_a_stream_stay_open(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(server, "BODY_SECONDS", 0.3)
    trust, place = ssl.create_default_context(cafile=str(service.files.ca)), urlsplit(service.url)
    raw = socket.create_connection((place.hostname, place.port), timeout=10)
    with trust.wrap_socket(raw, server_hostname="127.0.0.1") as wire:
        read_health(wire)
        headers = {"Authorization": desk.http.headers["Authorization"]}
        with desk.http.get(f"{desk.url}/v1/events", headers=headers, stream=True, timeout=20) as stream:
            beats = stream.iter_lines()
            for _ in range(4):  # heartbeats are 0.5 s apart: longer than anything is waited for
                next(beats)
        read_health(wire)


def read_health(wire: ssl.SSLSocket) -> None:
    """Ask on an open connection whether the service lives, and read the whole answer."""
    wire.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = b""
    while not answer.endswith(b'{"alive":true}'):
        came = wire.recv(65_536)
        assert came
        answer += came


def test_a_request_that_never_ends_does_not_keep_the_service(data: Path) -> None:
    with process(data, "--drain-seconds", "0.5") as (service, url, ca):
        wire, _rest = half_a_sign_in(url, ca, data)
        signed_in(url, ca, data).close()  # answered, so the one before it is being read
        service.send_signal(signal.SIGTERM)
        assert service.wait(20) == 0
        wire.close()


def signed_in(url: str, ca: str, data: Path) -> requests.Session:
    """Return an HTTP session of a person at a desk."""
    people = json.loads((data / "training-accounts.json").read_text("utf-8"))["accounts"]
    trust = requests.Session()
    trust.verify, trust.trust_env = ca, False
    body = {"username": people[1]["username"], "password": people[1]["password"], "seat": "07"}
    token = trust.post(url + "/v1/sessions", json=body, timeout=20).json()["token"]
    trust.headers["Authorization"] = f"Bearer {token}"
    return trust


def test_the_partys_page_is_served_as_it_lies(service_url: tuple[str, str]) -> None:
    url, ca = service_url
    page = requests.get(f"{url}/p/{TOKEN}", verify=ca, timeout=10)
    assert page.text == (ROOT / "resources" / "party" / "index.html").read_text("utf-8")
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.headers["Cache-Control"] == "no-store"
    script = requests.get(f"{url}/party/api.js", verify=ca, timeout=10)
    assert "javascript" in script.headers["Content-Type"]
    assert script.headers["Cache-Control"] == "no-cache"
    kept = {"If-None-Match": script.headers["ETag"]}
    again = requests.get(f"{url}/party/api.js", headers=kept, verify=ca, timeout=10)
    assert (again.status_code, again.content) == (304, b"")
    for path in ("/p/short", "/party/../../pyproject.toml", "/party/%2e%2e/ca/index.html", "/ca", "/ca.crt"):
        answer = requests.get(url + path, verify=ca, timeout=10)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json"), path


def test_the_description_is_committed_and_deterministic() -> None:
    text = openapi_text()
    assert text == openapi_text()
    assert text == (ROOT / "console" / "contract" / "openapi.json").read_text("utf-8")
    described = json.loads(text)
    assert described["openapi"].startswith("3.1")
    assert "Problem" in described["components"]["schemas"]


def test_a_damaged_or_taken_place_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = subprocess.run(
        [sys.executable, "-m", "console", "service", "--data", str(file)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"cannot start" in done.stderr
    assert stat.S_ISREG(file.stat().st_mode)
