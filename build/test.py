"""Run the tests: of the rooms named, or without a word the checks and every room that CI needs.

Sets itself up. Options that are not rooms go to pytest: `test.py unit -k ruling`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import check
from environment import PYTHON, ROOT, SetupError, prepare, program
from screen import virtual_screen

#: The folders and files of each room's tests; CI runs all but the last.
ROOMS: dict[str, tuple[str, ...]] = {
    "unit": ("tests/unit", "tests/test_architecture.py"),
    "widgets": ("tests/widgets",),
    "service": ("tests/service",),
    "media": ("tests/media",),
    "adapters": ("tests/adapters",),
    "e2e": ("tests/e2e",),
    "faults": ("tests/faults",),
    "bench": ("tests/bench",),
}
#: Rooms that type and click on a real screen; the others draw offscreen, if at all.
SCREEN = {"widgets", "e2e", "faults", "bench"}
#: No room takes half of this; one that does hangs.
ROOM_LIMIT_S = 15 * 60


def main() -> int:
    """Run what the command line asks for; returns 1 if a check, a test or a whole room failed."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("rooms", nargs="*", metavar="room", help=", ".join(ROOMS))
    options, pytest_options = parser.parse_known_args()
    if unknown := set(options.rooms) - set(ROOMS):
        raise SetupError(f"No such room: {', '.join(sorted(unknown))}. Rooms: {', '.join(ROOMS)}.")

    prepare(developer=True, debian=("window", "screen", "sound", "tests"))
    results = {}
    if not options.rooms:
        results["check"] = "failed" if check.main() else "passed"
    for room in options.rooms or [name for name in ROOMS if name != "bench"]:
        print(f"\n===== {room}", flush=True)
        with _surroundings(room) as environment:
            results[room] = _run(room, pytest_options, environment)
    print("\n===== summary")
    for name, result in results.items():
        print(f"{name:9}{result}")
    return 1 if any("failed" in result for result in results.values()) else 0


@contextmanager
def _surroundings(room: str) -> Iterator[dict[str, str]]:
    """The room's environment: a screen if it needs one, and nothing of the person's own session."""
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


def _run(room: str, pytest_options: list[str], environment: dict[str, str]) -> str:
    """Run one room's pytest, its output passed through; returns its closing line, with "failed" if it did."""
    command = [str(PYTHON), "-m", "pytest", *ROOMS[room], *pytest_options]
    started = time.monotonic()
    tests = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    limit = threading.Timer(ROOM_LIMIT_S, _end, [tests])
    limit.start()
    closing = ""
    try:
        for line in tests.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            closing = line.strip(" =\n") or closing
        code = tests.wait()
    finally:
        limit.cancel()
        _end(tests)
    if code:
        return f"failed (pytest's exit code {code} after {time.monotonic() - started:.0f} s): {closing}"
    return closing


def _end(tests: subprocess.Popen[str]) -> None:
    """Kill the tests, or what an interrupted or hanging run left of their process group."""
    if os.name != "posix":
        tests.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(tests.pid, signal.SIGKILL)


if __name__ == "__main__":
    program(main)
