"""Waiting for a result with a deadline: the one place of the tests that polls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PAUSE_S = 0.005


def wait_until(holds: Callable[[], bool], seconds: float, what: str = "the condition") -> None:
    """Return as soon as `holds()`; raise AssertionError naming `what` when it does not within `seconds`.

    For code without an event loop of its own; under Qt wait on signals, under asyncio on its primitives.
    """
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come within {seconds:g} s")
        pause.wait(PAUSE_S)
