"""The desk's command line and the sign-in that is handed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.contract.desk_api import SignIn
from console.domain.ids import SeatId
from console.offered import take_sign_in
from console.settings import parse

BASE = ["--service", "https://127.0.0.1:8443/", "--data", "desk"]


def test_the_command_line() -> None:
    settings = parse([*BASE, "--ca", "ca.pem", "--observe", "seen.jsonl"])
    assert settings.service == "https://127.0.0.1:8443"
    assert (settings.ca, settings.observe, settings.sign_in) == (Path("ca.pem"), Path("seen.jsonl"), None)
    assert settings.vault == Path("desk/vault")
    assert settings.log == Path("desk/logs/desk.log")
    assert settings.owner != parse(["--service", "https://x", "--data", "live"]).owner


@pytest.mark.parametrize("address", ["http://127.0.0.1", "https://", "https://me:secret@x", "127.0.0.1"])
def test_only_https_without_a_sign_in_is_a_service(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--service", address, "--data", "desk"])
    assert "https" in capsys.readouterr().err


def test_a_sign_in_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "sign-in.json"
    path.write_text('{"username": "900010", "password": "word", "seat": "07"}', "utf-8")
    assert take_sign_in(path) == SignIn(username="900010", password="word", seat=SeatId("07"))
    assert not path.exists()
    assert take_sign_in(path) is None


def test_a_broken_sign_in_is_none_and_gone(tmp_path: Path) -> None:
    path = tmp_path / "sign-in.json"
    path.write_text('{"username": "900010"', "utf-8")
    assert take_sign_in(path) is None
    assert not path.exists()
