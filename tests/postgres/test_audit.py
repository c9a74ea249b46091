"""Several processes write one audit: a single chain, and a row for every answer of each."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.postgres.cluster import cluster
from tests.postgres.test_journal import incidents
from tests.service.audited import require_whole, rows_of
from tests.service.harness import Desk

TURNS = 25


def test_processes_that_read_and_write_at_once_leave_one_chain(data: Path, stack: ExitStack) -> None:
    members = stack.enter_context(cluster(data, 3))
    case = incidents(members[0].core, 1)[0]

    def work(number: int) -> None:
        with Desk(members[number % 3], "900011", f"w{number}") as desk:
            for turn in range(TURNS):
                desk.put(f"/v1/incidents/{case}/notes", {"text": f"{number} 第 {turn} 次"})
                desk.get(f"/v1/incidents/{case}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    require_whole(members[0].core)
    rows = rows_of(members[0].core)
    done = Counter(row.action for row in rows)
    assert (done["incidents-write-notes"], done["incidents-incident"]) == (6 * TURNS, 6 * TURNS)
    assert len({row.process for row in rows if row.action == "incidents-incident"}) == 3
