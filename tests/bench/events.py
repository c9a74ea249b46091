"""Desks that listen on loopback while entries are written at a steady rate: what is lost, how late it comes.

Service processes on PostgreSQL, one process that holds all streams, one that writes. An entry's lateness runs
from just before its transaction commits to its arrival at a desk. ``desk_kib`` is what one open stream adds
to the resident memory of the service's processes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil

from console.domain.events import NotesWritten
from console.domain.ids import IncidentId
from console.service.core import Core
from console.service.journal import last_sequence
from console.service.opening import open_incident
from tests.bench.parts.listeners import SLOTS, moments
from tests.bench.parts.server import on_postgres
from tests.bench.parts.wire import lines
from tests.postgres.cluster import cluster
from tests.service.harness import make_database

PATIENCE_S = 30.0


def main() -> int:
    """Measure and print."""
    if not on_postgres("tests.bench.events"):
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=50.0, help="entries a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--processes", type=int, default=2)
    words = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        data = Path(name) / "data"
        make_database(data)
        members = stack.enter_context(cluster(data, words.processes))
        seats = lines(members, 2 * words.processes)
        for seat in seats:
            stack.callback(seat.close)
        shared = Path(name) / "moments"
        shared.write_bytes(bytes(8 * SLOTS))
        written = stack.enter_context(moments(shared))
        core = members[0].core
        with core.work() as work:
            incident = open_incident(work, training=True).id
        with core.database.read() as connection:
            after = last_sequence(connection)
        job = {
            "desks": words.desks,
            "seats": [(seat.url, seat.token) for seat in seats],
            "ca": str(members[0].files.ca),
            "after": after,
            "memory": str(shared),
            "patience_s": PATIENCE_S,
        }
        processes = [psutil.Process(member.process.pid) for member in members]
        before = sum(process.memory_info().rss for process in processes)
        listening = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.parts.listeners"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert listening.stdin is not None
        assert listening.stdout is not None
        with listening, listening.stdin, listening.stdout:
            listening.stdin.write(json.dumps(job) + "\n")
            listening.stdin.flush()
            if listening.stdout.readline() != "open\n":
                raise RuntimeError("the streams did not open")
            used = sum(process.memory_info().rss for process in processes) - before
            number, seconds = _write(core, incident, written, after, words)
            listening.stdin.write(f"{after + number}\n")
            listening.stdin.flush()
            came: dict[str, Any] = json.loads(listening.stdout.readline())
    result = {
        "desks": words.desks,
        "entries": number,
        "rate_per_s": round(number / seconds, 1),
        "lost": came["lost"],
        "doubled": came["doubled"],
        "ended": came["ended"],
        "p50_ms": _quantile(came["late_ms"], 0.5),
        "p99_ms": _quantile(came["late_ms"], 0.99),
        "desk_kib": round(used / 1024 / words.desks, 1),
    }
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def _write(
    core: Core, incident: IncidentId, written: memoryview[float], after: int, words: argparse.Namespace
) -> tuple[int, float]:
    """Write at the wanted rate; return how many entries, and in how many seconds."""
    number, started, pace = 0, time.monotonic(), threading.Event()
    while (now := time.monotonic()) < started + words.seconds:
        due = started + number / words.rate
        if now < due:
            pace.wait(due - now)
        with core.work("bench") as work:
            entry = work.record(incident, NotesWritten(text=f"{number}"))
            written[entry.sequence - after] = time.monotonic()
        number = entry.sequence - after
    return number, time.monotonic() - started


def _quantile(counted: list[tuple[int, int]], share: float) -> int:
    """Return the value under which that share of the counted values lies."""
    left = share * sum(number for _, number in counted)
    for value, number in counted:
        left -= number
        if left <= 0:
            return value
    return -1


if __name__ == "__main__":
    sys.exit(main())
