"""The service as a process: its ready line, its log, its pages, its end."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from console.service.cli import openapi_text

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "tokentokentokentokentoken"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_from_ready_to_a_quick_end(data: Path, tmp_path: Path, number: signal.Signals) -> None:
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "console", "service", "--data", str(data)],
            cwd=ROOT,
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
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(10) == 0
        assert time.monotonic() - started < 2
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
    for secret in (TOKEN, session["token"], people[0]["password"], people[0]["name"]):
        assert secret not in log.read_text("utf-8")


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
