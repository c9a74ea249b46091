"""However the training desk ends, no process of it is left."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from console.launcher.demo.observations import until
from tests.faults.house import LONG, ended
from tests.faults.xwindow import close_window

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).resolve().parents[2]
TOWERS = {"service", "simulate", "desk", "media"}
TITLE = "快处台 · 训练"


@contextmanager
def launched(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[psutil.Process]]]:
    """Start the training desk; yield the launcher and its towers once all of them run."""
    command = [sys.executable, "-m", "console", "launch", "--data", str(data)]
    launcher = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    towers: list[psutil.Process] = []

    def all_run() -> bool:
        towers[:] = psutil.Process(launcher.pid).children(recursive=True)
        return {word for tower in towers for word in _words(tower)} >= TOWERS

    try:
        until(all_run, LONG, "every tower runs")
        yield launcher, towers
    finally:
        launcher.kill()
        launcher.wait(LONG)
        for tower in towers:
            if tower.is_running():
                tower.kill()


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _left(towers: list[psutil.Process]) -> list[list[str]]:
    """Return those that are still there with their words, which tell whoever has to find out why."""
    return [[str(tower), *_words(tower)] for tower in towers if tower.is_running()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end(tmp_path: Path, number: signal.Signals) -> None:
    with launched(tmp_path) as (launcher, towers):
        launcher.send_signal(number)
        assert launcher.wait(LONG) == 130
        assert _left(towers) == []


def test_killed(tmp_path: Path) -> None:
    with launched(tmp_path) as (launcher, towers):
        launcher.kill()
        launcher.wait(LONG)
        assert ended(towers)


def test_the_window_is_closed(tmp_path: Path) -> None:
    with launched(tmp_path) as (launcher, towers):
        close_window(TITLE, LONG)
        assert launcher.wait(LONG) == 0
        assert _left(towers) == []
