"""Start: from a command line to a first page that takes input, the desk's own against a bare PySide6 window.

Interactive is the same for both and is seen from outside (``tests.onlooker``): a key is pressed as soon as
a window has the keyboard, and the clock stops when its letter stands on the screen. The desk is the real one,
as an officer starts it whose service runs: its first page is the sign-in, and behind it it imports the rest,
opens keys, vault and drafts and starts the media process. The bare window is the smallest Qt program with one
field.

Both are started in turn, each by itself, by the same Python in a new process; the desk's folder is new. What
Python has compiled is kept for both between starts, as on any machine; the first start of each fills it and
does not count. Prints one JSON object: medians in milliseconds and their ratio; when the media process began;
and ``signed_in_ms``, from the command line to the whole desk's window of somebody whose sign-in is handed
over.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from console.launcher import stage
from console.launcher.towers import Towers
from tests.onlooker import Onlooker
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
MEDIA_SECONDS = 30.0

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.resize(420, 210)
window.show()
window.activateWindow()
app.exec()
"""


def first_letter(command: list[str], env: dict[str, str]) -> tuple[float, float | None]:
    """Return the milliseconds to a letter on the screen, and those to the media process's begin, if any."""
    with Onlooker(os.environ["DISPLAY"]) as onlooker:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        try:
            taken = (onlooker.first_letter() - began) * 1000
            media = None if "desk" not in command else _media_began(process.pid)
        finally:
            process.terminate()
            process.wait(MEDIA_SECONDS)
    return taken, media


def _media_began(desk: int) -> float:
    """Return how many milliseconds after the desk its media process was created."""
    process = psutil.Process(desk)

    def begun() -> list[float]:
        return [child.create_time() for child in process.children() if "media" in child.cmdline()]

    return (wait_until(begun, MEDIA_SECONDS, "the media process")[0] - process.create_time()) * 1000


def signed_in(service: stage.RunningService, folder: Path, env: dict[str, str]) -> float:
    """Return the milliseconds until the whole desk's window takes input."""
    with Towers(folder / "logs", env) as towers:
        began = time.monotonic()
        tower = stage.start_desk(towers, service, folder)
        tower.wait_for(lambda line: line.get("ready") == "desk", stage.READY_SECONDS)
        return (time.monotonic() - began) * 1000


def main(argv: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args(argv).rounds
    bare, desk, media, whole = [], [], [], []
    with tempfile.TemporaryDirectory() as name, Towers(Path(name) / "logs") as towers:
        service = stage.start_service(towers, Path(name), lan=False)
        env = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(name) / "compiled")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for at in range(rounds + 1):
            folder = Path(name) / f"round-{at}"
            bare.append(first_letter([sys.executable, "-c", BARE], env)[0])
            words = ["--service", service.url, "--ca", str(service.ca), "--data", str(folder / "first")]
            ours = first_letter([sys.executable, "-m", "console", "desk", *words], env)
            desk.append(ours[0])
            media.append(ours[1] or 0.0)
            whole.append(signed_in(service, folder / "whole", env))
    bare_ms, desk_ms, media_ms, signed_in_ms = (
        statistics.median(times[1:]) for times in (bare, desk, media, whole)
    )
    result = {
        "rounds": rounds,
        "bare_ms": round(bare_ms),
        "desk_ms": round(desk_ms),
        "ratio": round(desk_ms / bare_ms, 2),
        "media_began_ms": round(media_ms),
        "signed_in_ms": round(signed_in_ms),
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
