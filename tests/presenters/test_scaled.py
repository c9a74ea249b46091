"""The desk in a process of its own on a real screen that is scaled: nothing is cut, whatever the scale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from screen import virtual_screen

from widgets.room import SMALLEST, factor

ROOT = Path(__file__).parents[2]
LIMIT_S = 100


@pytest.mark.skipif(sys.platform != "linux", reason="a screen of any size needs Xvfb")
@pytest.mark.parametrize(
    ("screen", "asked", "size", "scale"),
    [
        ("1920x1080", "1.5", [1280, 720], 1.5),
        ("3840x2160", "2", [1920, 1080], 2.0),
        ("1920x1080", "2", [1280, 720], 1.5),
        ("1366x768", "2", [1281, 720], 1.067),
    ],
)
def test_a_scaled_screen_cuts_nothing(screen: str, asked: str, size: list[int], scale: float) -> None:
    with virtual_screen(screen) as shown:
        environment = {**os.environ, **shown, "QT_SCALE_FACTOR": asked}
        done = subprocess.run(
            [sys.executable, "-m", "tests.presenters.scaled"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["cut"] == {state: [] for state in ("idle", "ringing", "call", "place", "ruling")}
    assert told["in_sight"] == [True, True]
    assert (told["size"], told["scale"]) == (size, pytest.approx(scale, abs=0.002))


@pytest.mark.parametrize(
    ("room", "ratio", "less"),
    [
        ((1920, 1080), 1.0, 1.0),
        (SMALLEST, 1.5, 1.0),
        ((960, 540), 2.0, 0.75),
        ((960, 500), 2.0, 0.694),
        ((1024, 768), 1.0, 1.0),
        ((800, 450), 1.2, 1 / 1.2),
    ],
)
def test_letters_are_never_smaller_than_without_scaling(
    room: tuple[int, int], ratio: float, less: float
) -> None:
    assert factor(*room, ratio) == pytest.approx(less)
