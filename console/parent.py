"""No tower outlives whoever started it, whatever became of that process."""

from __future__ import annotations

import contextlib
import os
import signal
import threading

import psutil

GRACE_S = 10.0
"""A tower that has not ended in order after so long is ended by force."""


def end_with(parent: int) -> None:
    """End this process as SIGTERM does once the process ``parent`` is gone; watched from a thread."""
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(parent).wait()
    signal.raise_signal(signal.SIGTERM)
    threading.Event().wait(GRACE_S)
    os._exit(1)
