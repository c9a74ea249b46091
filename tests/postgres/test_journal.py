"""Writers on several processes, readers that drop and resume on any: each entry once, in commit order."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from console.contract.journal import Entry
from console.domain.events import NotesWritten
from console.domain.ids import IncidentId
from console.service.core import Core
from console.service.opening import open_incident
from tests.postgres.cluster import Member, cluster
from tests.service.harness import WAIT_S, Desk, entries
from tests.waiting import wait_until

WRITES = 20


def incidents(core: Core, number: int) -> list[IncidentId]:
    """Open incidents in the service's own name."""
    with core.work() as work:
        return [open_incident(work, training=True).id for _ in range(number)]


def read_all(members: list[Member], after: int, wanted: int, seed: int) -> list[Entry]:
    """Read ``wanted`` entries, dropping the stream at random and going on at another process."""
    dice = random.Random(seed)
    seen: list[Entry] = []
    with ExitStack() as stack:
        desks = [stack.enter_context(Desk(m, "900011", f"r{seed}-{n}")) for n, m in enumerate(members)]
        while len(seen) < wanted:
            stream = dice.choice(desks).stream("/v1/events", seen[-1].sequence if seen else after)
            seen += entries(stream, min(dice.randint(1, 40), wanted - len(seen)))
            stream.close()
    return seen


def test_readers_on_any_process_see_every_entry_once_in_commit_order(data: Path, stack: ExitStack) -> None:
    members = stack.enter_context(cluster(data, 3))
    cases = incidents(members[0].core, 6)
    with Desk(members[0], "900010", "07") as desk:
        before = desk.snapshot().sequence

    def write(number: int) -> None:
        with Desk(members[number % 3], "900011", f"w{number}") as writer:
            for turn in range(WRITES):
                writer.put(f"/v1/incidents/{cases[number]}/notes", {"text": f"第 {turn} 次"})

    with ThreadPoolExecutor(len(cases) + 2) as pool:
        readers = [pool.submit(read_all, members, before, len(cases) * WRITES, seed) for seed in (1, 2)]
        list(pool.map(write, range(len(cases))))
        one, other = (reader.result(60) for reader in readers)
    sequences = [entry.sequence for entry in one]
    assert sequences == sorted(set(sequences))
    assert sequences == [entry.sequence for entry in other]
    for case in cases:  # what one person wrote one after another stands in that order
        notes = [entry.event for entry in one if entry.incident_id == case]
        assert notes == [NotesWritten(text=f"第 {turn} 次") for turn in range(WRITES)]


def test_an_entry_that_commits_late_is_not_stepped_over(data: Path, stack: ExitStack) -> None:
    (member,) = stack.enter_context(cluster(data, 1))
    late, early = incidents(member.core, 2)
    desk = stack.enter_context(Desk(member, "900010", "07"))
    stream = desk.stream("/v1/events", desk.snapshot().sequence)
    other = threading.Thread(target=lambda: desk.put(f"/v1/incidents/{early}/notes", {"text": "后写"}))
    with member.core.work() as work:
        first = work.record(late, NotesWritten(text="先写"))
        other.start()
        wait_until(lambda: waiting_for_the_lock(member.core), WAIT_S, "the second writer")
        assert [event for event in stream.events if event[2]] == []
    other.join(WAIT_S)
    seen = entries(stream, 2)
    assert [entry.incident_id for entry in seen] == [late, early]
    assert seen[0].sequence == first.sequence < seen[1].sequence


def waiting_for_the_lock(core: Core) -> int:
    """Count the transactions that wait for the write lock."""
    with core.database.read() as connection:
        query = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return int(connection.execute(query).scalar_one())
