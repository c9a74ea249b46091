"""Answers per second over HTTP on PostgreSQL, beside pgbench with the same statements and an empty route.

One run on one machine: the service's processes take a queue of calls down from many connections at once; the
same connections then ask ``/health`` of the same processes; then pgbench repeats the statements of one
answer, as they were seen, on the same database server with as many connections. ``ratio_to_lower`` is the
answers per second over the lower of the other two.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from postgres import programs
from psycopg import ClientCursor
from sqlalchemy import Connection, create_engine, event, make_url, text, update

from console.domain.call import CallState
from console.service.core import Core
from console.service.tables import calls
from tests.bench.parts.crowd import crowd, numbered
from tests.bench.parts.server import on_postgres
from tests.bench.parts.wire import Line, lines, timed
from tests.postgres.cluster import cluster
from tests.service.harness import database_url, make_database, running, settings

SEATS_EACH = 8
"""Seats for each of the connections at work: a seat takes one call, and is freed between rounds."""
CALL = "lpad(to_hex(:n), 32, '0')"
"""The id of the call whose turn it is, in pgbench's script."""


def main() -> int:
    """Measure all three and print."""
    if not on_postgres("tests.bench.answer"):
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=2_000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        script = _seen(folder / "seen")
        data = folder / "data"
        make_database(data)
        members = stack.enter_context(cluster(data, words.processes))
        core = members[0].core
        most = words.answers + SEATS_EACH * words.connections
        crowd(core, 1, most + words.answers)
        seats = lines(members, SEATS_EACH * words.connections)
        answered = _answers(core, seats, words.connections, words.answers)
        some = seats[: words.connections]
        empty = _per_second(some, [lambda line: timed(line, "GET", "/health")] * words.answers)
        for line in seats:
            line.close()
        stack.pop_all().close()
        pgbench = _pgbench(data, script, folder, words, most + 1)
    lower = min(pgbench, empty)
    result = {
        "answers_per_s": round(answered, 1),
        "empty_route_per_s": round(empty, 1),
        "pgbench_per_s": round(pgbench, 1),
        "ratio_to_pgbench": round(answered / pgbench, 3),
        "ratio_to_empty_route": round(answered / empty, 3),
        "ratio_to_lower": round(answered / lower, 3),
        "statements": len(script),
    }
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


def _per_second(seats: Sequence[Line], work: Sequence[Callable[[Line], object]]) -> float:
    """Return how many pieces of work a second the connections get done, each one after the other."""

    def share(place: int) -> None:
        for piece in work[place :: len(seats)]:
            piece(seats[place])

    with ThreadPoolExecutor(len(seats)) as pool:
        started = time.perf_counter()
        list(pool.map(share, range(len(seats))))
        return len(work) / (time.perf_counter() - started)


def _answers(core: Core, seats: Sequence[Line], at_once: int, wanted: int) -> float:
    """Return answers per second: rounds of one a seat; the seats are freed between rounds, untimed."""
    spent, done = 0.0, 0
    with ThreadPoolExecutor(at_once) as pool:
        while done < wanted:
            paths = [f"/v1/calls/{numbered(done + place + 1)}/answer" for place in range(len(seats))]
            started = time.perf_counter()
            list(pool.map(lambda line, path: line.send("POST", path, {}), seats, paths))
            spent += time.perf_counter() - started
            done += len(seats)
            with core.database.write() as connection:
                over = update(calls).where(calls.c.seat.is_not(None))
                connection.execute(over.values(state=CallState.ENDED.value, seat=None))
    return done / spent


def _seen(data: Path) -> list[str]:
    """Answer one call on a service of this process and return its statements, as pgbench takes them."""
    make_database(data)
    seen: list[tuple[Connection, str, bool]] = []

    def note(
        connection: Connection, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        text = ClientCursor(cursor.connection).mogrify(statement, parameters)
        seen.append((connection, text, cursor.connection.autocommit))

    with running(settings(data)) as service, ExitStack() as stack:
        crowd(service.core, 1, 1)
        (line,) = lines([service], 1)
        stack.callback(line.close)
        engine = service.core.database.engine
        event.listen(engine, "before_cursor_execute", note)
        line.send("POST", f"/v1/calls/{numbered(1)}/answer", {}, key=numbered(1))
        event.remove(engine, "before_cursor_execute", note)
    about = {id(connection) for connection, told, _ in seen if numbered(1) in told or "token_hash" in told}
    script: list[str] = ["SELECT nextval('turn') AS n \\gset"]
    open_: Connection | None = None
    for connection, statement, alone in seen:
        if id(connection) in about:
            if open_ is not None and connection is not open_:
                script.append("COMMIT;")
            if not alone and connection is not open_:
                script.append("BEGIN;")
            open_ = None if alone else connection
            script.append(_for_pgbench(statement) + ";")
    return [*script, "COMMIT;"] if open_ is not None else script


def _for_pgbench(statement: str) -> str:
    """Put this turn's id in the place of that seen: of the call, its incident and the command's key."""
    turned = " ".join(statement.split()).replace(numbered(1), f"' || {CALL} || '")
    # A row of the audit has the number after the last, which the service reads under the write lock.
    return re.sub(r"^(INSERT INTO audit \(number.*?VALUES \()\d+", r"\g<1>1000000 + :n", turned)


def _pgbench(data: Path, script: Sequence[str], folder: Path, words: argparse.Namespace, first: int) -> float:
    """Return transactions per second of the same statements on the calls from ``first`` on."""
    file = folder / "answer.sql"
    file.write_text("\n".join(script) + "\n", "utf-8")
    place = make_url(database_url(data))
    socket, name = str(place.query["host"]), str(place.database)
    engine = create_engine(place.set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SEQUENCE turn START {first}"))
    engine.dispose()
    shares = max(1, words.answers // words.connections)
    done = subprocess.run(
        [
            str(programs() / "pgbench"),
            *("-h", socket, "-U", str(place.username), "-n", "-f", str(file)),
            *("-c", str(words.connections), "-j", "2", "-t", str(shares), name),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    if found is None or "number of failed transactions: 0" not in done.stdout:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])


if __name__ == "__main__":
    sys.exit(main())
