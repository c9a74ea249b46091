"""What the queue costs as it grows: listing it, answering a call of it, leaving it.

Prints one JSON object. ``list_us_per_call`` is the desk's snapshot divided by the calls in it, ``answer_ms``
and ``abandon_ms`` are medians; ``..._growth`` is the cost at the longest queue over that at the shortest.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import update

from console.domain.call import CallState
from console.domain.events import CallAbandoned
from console.service.core import Core
from console.service.tables import calls
from tests.bench.parts.crowd import crowd, numbered
from tests.bench.parts.wire import Line, lines, timed
from tests.service.harness import make_database, running, settings

ROUNDS = 15


def main() -> int:
    """Measure at every length and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", type=int, nargs="+", default=[100, 1_000, 10_000])
    lengths = sorted(parser.parse_args().lengths)
    result: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        data = Path(name) / "data"
        make_database(data)
        service = stack.enter_context(running(settings(data, ring_seconds=3600.0, waiting_gone_seconds=1e6)))
        (line,) = lines([service], 1)
        stack.callback(line.close)
        before = 0
        for length in lengths:
            crowd(service.core, before + 1, length)
            costs = _costs(service.core, line, before, length)
            result |= {f"{key}_{length}": value for key, value in costs.items()}
            before = length
    for key in ("list_us_per_call", "answer_ms", "abandon_ms"):
        growth = result[f"{key}_{lengths[-1]}"] / result[f"{key}_{lengths[0]}"]
        result[f"{key.partition('_')[0]}_growth"] = round(growth, 2)
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def _costs(core: Core, line: Line, first: int, length: int) -> dict[str, float]:
    """Return the medians with about ``length`` calls waiting, those above ``first`` untouched yet."""
    listed = statistics.median(timed(line, "GET", "/v1/desk/snapshot") for _ in range(5))
    answered = []
    for number in range(first + 1, first + ROUNDS + 1):
        answered.append(timed(line, "POST", f"/v1/calls/{numbered(number)}/answer", {}))
        _free(core)
    left = []
    for number in range(first + ROUNDS + 1, first + 2 * ROUNDS + 1):
        started = time.perf_counter()
        with core.work("party") as work:
            call = work.call(numbered(number))
            work.record(call.incident_id, CallAbandoned(reason="party"), call.id)
        left.append(time.perf_counter() - started)
    return {
        "list_us_per_call": round(listed / length * 1e6, 1),
        "answer_ms": round(statistics.median(answered) * 1e3, 2),
        "abandon_ms": round(statistics.median(left) * 1e3, 2),
    }


def _free(core: Core) -> None:
    """Free the seat without a trace in the journal: not what is measured."""
    with core.database.write() as connection:
        over = update(calls).where(calls.c.seat.is_not(None))
        connection.execute(over.values(state=CallState.ENDED.value))


if __name__ == "__main__":
    sys.exit(main())
