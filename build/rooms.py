"""The rooms of the tests, and what surrounds each while its tests run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from screen import virtual_screen

#: The folders and files of each room's tests; CI runs all but "bench".
ROOMS: dict[str, tuple[str, ...]] = {
    "unit": ("tests/unit", "tests/test_architecture.py"),
    "widgets": ("tests/widgets",),
    "presenters": ("tests/presenters",),
    "service": ("tests/service",),
    "media": ("tests/media",),
    "adapters": ("tests/adapters",),
    "e2e": ("tests/e2e",),
    "faults": ("tests/faults",),
    "bench": ("tests/bench",),
}
#: Rooms that type and click on a real screen; the others draw offscreen, if at all.
SCREEN = {"widgets", "e2e", "faults", "bench"}


@contextmanager
def surroundings(room: str) -> Iterator[dict[str, str]]:
    """Yield the room's environment: a screen if it needs one, and nothing of the person's own session."""
    with ExitStack() as stack:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        # No keyring, sound server or bus of the person who runs the tests; tests that need one start it.
        environment["XDG_RUNTIME_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
        environment.pop("PULSE_SERVER", None)
        if room in SCREEN:
            environment |= stack.enter_context(virtual_screen())
        else:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        yield environment
