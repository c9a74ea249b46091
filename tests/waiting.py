"""Waiting for a result with a deadline: the one place of the tests that polls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

PAUSE_S = 0.005

Seen = TypeVar("Seen")


def wait_until(look: Callable[[], Seen], seconds: float, what: str, pause_s: float = PAUSE_S) -> Seen:
    """Look until what is seen counts as true and return it; AssertionError naming `what` after `seconds`.

    For code without an event loop of its own; under Qt wait on signals, under asyncio on its primitives.
    """
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come within {seconds:g} s")
        pause.wait(pause_s)
    return seen
