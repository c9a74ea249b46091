"""Run the tests: of the rooms named, or without a word the checks and every room that CI needs.

Sets itself up. Options that are not rooms go to pytest: `test.py unit -k ruling`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import check
from environment import PYTHON, ROOT, SetupError, prepare, program
from rooms import ROOMS, surroundings

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
        with surroundings(room) as environment:
            results[room] = _run(room, pytest_options, environment)
    print("\n===== summary")
    for name, result in results.items():
        print(f"{name:9}{result}")
    return 1 if any("failed" in result for result in results.values()) else 0


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
