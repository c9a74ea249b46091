"""Run the tests: of the rooms named, or without a word the checks and every room that CI needs.

Sets itself up. Options that are not rooms go to pytest: `test.py unit -k ruling`.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import check
from environment import PYTHON, ROOT, SetupError, prepare, program
from rooms import ALONE, LANES, ROOMS, SHARED, surroundings

#: The longest room of CI takes half of this on two processors; one that takes all of it hangs.
ROOM_LIMIT_S = 25 * 60
#: A room that CI does not run may take longer.
LONG_LIMIT_S = 2 * 60 * 60
#: The tests under way, so that whoever interrupts this can end them.
RUNNING: set[subprocess.Popen[str]] = set()


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
        results |= _run_lanes(SHARED, LANES, pytest_options)
        results |= _run_lanes(ALONE, 1, pytest_options)
    for room in options.rooms:
        print(f"\n===== {room}", flush=True)
        with surroundings(room) as environment:
            results[room] = _run(room, pytest_options, environment, sys.stdout)
    print("\n===== summary")
    for name, result in results.items():
        print(f"{name:9}{result}")
    return 1 if any("failed" in result for result in results.values()) else 0


def _run_lanes(rooms: Sequence[str], lanes: int, pytest_options: list[str]) -> dict[str, str]:
    """Run the rooms in this order, so many side by side, each printed when done; return closing lines."""
    results: dict[str, str] = {}
    waiting = deque(rooms)

    def run() -> None:
        while True:
            try:
                room = waiting.popleft()
            except IndexError:
                return
            output = io.StringIO()
            with surroundings(room) as environment:
                results[room] = _run(room, pytest_options, environment, output)
            print(f"\n===== {room}\n{output.getvalue()}", end="", flush=True)

    threads = [threading.Thread(target=run, daemon=True) for _ in range(lanes)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:  # an interruption reaches this thread alone
        for tests in RUNNING.copy():
            _end(tests)
    return results


def _run(room: str, pytest_options: list[str], environment: dict[str, str], output: TextIO) -> str:
    """Run one room's pytest with its output into ``output``; returns its closing line, "failed" if it did."""
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
    RUNNING.add(tests)
    in_ci = room in {*SHARED, *ALONE}
    limit = threading.Timer(ROOM_LIMIT_S if in_ci else LONG_LIMIT_S, _end, [tests])
    limit.start()
    closing = ""
    try:
        for line in tests.stdout or ():
            output.write(line)
            output.flush()
            closing = line.strip(" =\n") or closing
        code = tests.wait()
    finally:
        limit.cancel()
        _end(tests)
        RUNNING.discard(tests)
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
