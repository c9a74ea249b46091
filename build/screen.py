"""A screen of our own for tests and measurements: nothing is drawn on, or typed into, a person's screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

START_LIMIT_S = 20
SERVER = ["Xvfb", "-nolisten", "tcp", "-noreset", "-screen", "0"]


@contextmanager
def virtual_screen(size: str = "1920x1080") -> Iterator[dict[str, str]]:
    """Yield the environment of a fresh Xvfb screen of that size; off Linux, of the screen there is."""
    if sys.platform != "linux":
        yield {}
        return
    read_end, write_end = os.pipe()
    # The server itself picks a free number (-displayfd) and tells it when it takes connections.
    server = subprocess.Popen(
        [*SERVER, f"{size}x24", "-displayfd", str(write_end)],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start (exit code {server.wait(START_LIMIT_S)})")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(START_LIMIT_S)
