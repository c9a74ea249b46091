"""A desk that somebody types at, closes or ends before it is whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from console.launcher import stage
from console.launcher.demo.hands import Hands
from console.launcher.demo.observations import until
from console.launcher.demo.witness import accounts
from console.launcher.towers import Tower, Towers
from tests.faults.file_keyring import FILE, FileKeyring
from tests.faults.house import LONG, NOT_TRACED, ended
from tests.faults.xwindow import close_window, wait_for_window

pytestmark = pytest.mark.timeout(300)

PAGE = "快处台 · 登录"
WINDOW = "快处台 · 训练"
NOBODY = "https://127.0.0.1:1"
"""Where no service answers: none is needed to show a page and to end."""
UNFINISHED = (NOT_TRACED, "Exception ignored", "Fatal Python error", "QThread")


@contextmanager
def desk(towers: Towers, data: Path, service: str = NOBODY, ca: Path | None = None) -> Iterator[Tower]:
    """Start a desk as an officer does; afterwards its log must tell of no accident."""
    words = ["--service", service, "--data", str(data), *(["--ca", str(ca)] if ca else [])]
    tower = towers.start("desk", *words)
    yield tower
    text = tower.log.read_text("utf-8")
    assert not [word for word in UNFINISHED if word in text], text


def media(tower: Tower) -> list[psutil.Process]:
    """Return the desk's media process, if it runs by now."""
    return [child for child in psutil.Process(tower.process.pid).children() if is_media(child)]


def is_media(process: psutil.Process) -> bool:
    """Tell a media process from a short-lived program of a library, which may be gone before it is asked."""
    try:
        return "media" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def sign_in(service: stage.RunningService) -> None:
    """Type account, password and seat into the page that has the keyboard, and Enter."""
    hands = Hands(os.environ["DISPLAY"])
    password = accounts(service.data / "training-accounts.json")[stage.OFFICER]
    for words in (stage.OFFICER, password, stage.SEAT):
        hands.write(words)
        hands.key("Tab")
    hands.key("shift+Tab", "Return")


@pytest.fixture
def towers(tmp_path: Path) -> Iterator[Towers]:
    """Ends whatever a test started."""
    with Towers(tmp_path / "logs") as towers:
        yield towers


def test_closed_as_soon_as_it_stands(towers: Towers, tmp_path: Path) -> None:
    with desk(towers, tmp_path / "desk") as tower:
        close_window(PAGE, LONG)
        assert tower.process.wait(LONG) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_as_soon_as_it_stands(towers: Towers, tmp_path: Path, number: signal.Signals) -> None:
    with desk(towers, tmp_path / "desk") as tower:
        wait_for_window(PAGE, LONG)
        tower.process.send_signal(number)
        assert tower.process.wait(LONG) == 0


def test_closed_while_it_is_being_opened(towers: Towers, tmp_path: Path) -> None:
    with desk(towers, tmp_path / "desk") as tower:
        until(lambda: bool(media(tower)), LONG, "the media process runs")
        running = media(tower)
        close_window(PAGE, LONG)
        assert tower.process.wait(LONG) == 0
        assert ended(running)


def test_what_is_typed_at_once_signs_in_and_without_a_keyring_is_asked_again(
    towers: Towers, tmp_path: Path
) -> None:
    service = stage.start_service(towers, tmp_path, lan=False)
    with desk(towers, tmp_path / "desk", service.url, service.ca) as tower:
        wait_for_window(PAGE, LONG)
        sign_in(service)
        tower.wait_for(lambda line: line.get("ready") == "desk", LONG)
        close_window(WINDOW, LONG)
        assert tower.process.wait(LONG) == 0
    with desk(towers, tmp_path / "desk", service.url, service.ca) as again:
        until(lambda: bool(media(again)), LONG, "the media process runs")
        wait_for_window(PAGE, LONG)
        sign_in(service)
        again.wait_for(lambda line: line.get("ready") == "desk", LONG)


def test_a_kept_sign_in_opens_the_window_by_itself(tmp_path: Path) -> None:
    kept = {
        "PYTHON_KEYRING_BACKEND": f"{FileKeyring.__module__}.{FileKeyring.__qualname__}",
        FILE: str(tmp_path / "keyring.json"),
    }
    with Towers(tmp_path / "logs", kept) as towers:
        service = stage.start_service(towers, tmp_path, lan=False)
        for first in (True, False):
            with desk(towers, tmp_path / "desk", service.url, service.ca) as tower:
                if first:
                    wait_for_window(PAGE, LONG)
                    sign_in(service)
                tower.wait_for(lambda line: line.get("ready") == "desk", LONG)
                close_window(WINDOW, LONG)
                assert tower.process.wait(LONG) == 0
