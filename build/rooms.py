"""The rooms of the tests, and what surrounds each while its tests run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from postgres import postgres
from screen import virtual_screen

#: Tests of the service in which no database takes part.
NO_DATABASE = (
    "recognition",
    "test_evidence_store.py",
    "test_map_sources.py",
    "test_registries.py",
    "test_rules.py",
    "test_tls.py",
)
#: The folders and files of each room's tests, and pytest's options; CI runs all but "bench" and "race", which
#: is the race for calls of the room "postgres" as long as it takes to trust it.
ROOMS: dict[str, tuple[str, ...]] = {
    "unit": ("tests/unit", "tests/test_architecture.py"),
    "widgets": ("tests/widgets",),
    "presenters": ("tests/presenters",),
    "service": ("tests/service",),
    "postgres": ("tests/service", "tests/postgres", *(f"--ignore=tests/service/{n}" for n in NO_DATABASE)),
    "race": ("tests/postgres/test_answers.py", "--answers=100000"),
    "media": ("tests/media",),
    "adapters": ("tests/adapters",),
    "page": ("tests/e2e/party_page",),
    "e2e": ("tests/e2e/test_whole_call.py",),
    "demo": ("tests/e2e/test_demo.py",),
    "faults": ("tests/faults",),
    "bench": ("tests/bench",),
}
#: What CI runs. Each of two lanes takes the next of the shared rooms as soon as it has none, so what takes
#: long and waits for pictures and sound of whole calls stands first. The sound of the last is measured alone.
SHARED: tuple[str, ...] = (
    "faults",
    "demo",
    "e2e",
    "postgres",
    "service",
    "page",
    "presenters",
    "unit",
    "adapters",
    "widgets",
)
ALONE: tuple[str, ...] = ("media",)
LANES = 2
#: Rooms whose service stands on PostgreSQL; the others on SQLite.
POSTGRES = {"postgres", "race"}
#: Rooms that type and click on a real screen; the others draw offscreen, if at all.
SCREEN = {"widgets", "e2e", "demo", "faults", "bench"}


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
        if room in POSTGRES:
            environment["KUAICHU_TEST_POSTGRES"] = stack.enter_context(postgres()).url
        yield environment
