"""What happens under the service: processes die, the database restarts, the disk fills, lines break, the
clock jumps. Nothing that was acknowledged is lost, and nothing is there twice.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from postgres import Postgres, postgres
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from console.domain.events import NotesWritten
from console.domain.evidence import Slot
from console.domain.ids import IncidentId, new_id
from console.service.core import Core
from console.service.journal import read_entries
from console.service.opening import open_incident
from tests.faults.cable import Cable
from tests.postgres.cluster import Member, cluster, start
from tests.service import harness
from tests.service.cases import connected
from tests.service.harness import Desk, Phone, entries, good, make_database, refusal, running, settings
from tests.service.pictures import picture
from tests.waiting import wait_until

pytestmark = pytest.mark.timeout(400)

DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
WRITERS = 4
WRITES = 25
LONG_S = 120.0


class Away(Exception):
    """The service could not be asked, or said that it cannot now."""


class Writers:
    """Desks that write notes, each again under the same key until it is acknowledged, at any process."""

    def __init__(self, core: Core, members: list[Member]) -> None:
        self.members = members
        self.acknowledged: list[str] = []
        self._enough = threading.Condition()
        with core.work() as work:
            self.cases = [open_incident(work, training=True).id for _ in range(WRITERS)]
        self.desks = [Desk(member, "900011", f"w{place}") for place, member in enumerate(members)]
        self._token = self.desks[0].http.headers["Authorization"]

    def write(self, number: int) -> None:
        """Write every note of one case, one after the other."""
        dice = random.Random(number)
        for turn in range(WRITES):
            text, key = f"{number}-{turn}", new_id()
            for attempt in Retrying(
                retry=retry_if_exception_type(Away), wait=wait_fixed(0.1), stop=stop_after_delay(LONG_S)
            ):
                with attempt:
                    self._put(dice.choice(self.members), self.cases[number], text, key)
            with self._enough:
                self.acknowledged.append(text)
                self._enough.notify_all()

    def _put(self, member: Member, case: IncidentId, text: str, key: str) -> None:
        headers = {"Authorization": str(self._token), "Idempotency-Key": key}
        url = f"{member.url}/v1/incidents/{case}/notes"
        with requests.Session() as line:
            line.verify, line.trust_env = str(member.files.ca), False
            try:
                answer = line.put(url, json={"text": text}, headers=headers, timeout=30)
            except requests.ConnectionError as error:
                raise Away from error
        if answer.status_code == 503:
            raise Away
        good(answer)

    def run_through(self, disaster: Callable[[], None]) -> None:
        """Let all of them write; call ``disaster`` when a quarter is acknowledged."""
        with ThreadPoolExecutor(WRITERS) as pool:
            running_ = [pool.submit(self.write, number) for number in range(WRITERS)]
            with self._enough:
                assert self._enough.wait_for(lambda: len(self.acknowledged) >= WRITERS * WRITES // 4, LONG_S)
            disaster()
            for one in running_:
                one.result(LONG_S * 2)

    def close(self) -> None:
        """Hang up."""
        for desk in self.desks:
            desk.close()


def notes(core: Core) -> list[str]:
    """Return every note of the journal, in its order."""
    with core.database.read() as connection:
        found = [entry.event for entry in read_entries(connection, 0, 10_000)]
    return [event.text for event in found if isinstance(event, NotesWritten)]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What a test opened."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """A PostgreSQL that keeps what it acknowledged."""
    with postgres(*DURABLE) as running_server:
        monkeypatch.setattr(harness, "POSTGRES", running_server.url)
        yield running_server


@pytest.fixture
def data(server: Postgres, tmp_path: Path) -> Path:
    """A data folder with a database of its own."""
    make_database(tmp_path / "data")
    return tmp_path / "data"


def check(core: Core, writers: Writers) -> None:
    """Every acknowledged note is there once, and each case's in the order in which they were written."""
    written = notes(core)
    assert sorted(written) == sorted(writers.acknowledged)
    assert len(written) == len(set(written)) == WRITERS * WRITES
    for number in range(WRITERS):
        own = [text for text in written if text.startswith(f"{number}-")]
        assert own == [f"{number}-{turn}" for turn in range(WRITES)]


def test_a_process_of_several_is_killed(data: Path, stack: ExitStack) -> None:
    members = stack.enter_context(cluster(data, 3))
    core = members[0].core
    writers = Writers(core, list(members))
    stack.callback(writers.close)
    watcher = writers.desks[2]
    stream = watcher.stream("/v1/events", watcher.snapshot().sequence)

    def kill() -> None:
        members[1].process.kill()
        members[1].process.wait(20)
        writers.members = [members[0], members[2]]

    writers.run_through(kill)
    check(core, writers)
    seen = [entry.event for entry in entries(stream, WRITERS * WRITES)]
    assert [event.text for event in seen if isinstance(event, NotesWritten)] == notes(core)
    again = start(data, core)
    stack.callback(again.end)
    with Desk(again, "900010", "07") as desk:
        assert desk.snapshot().sequence == watcher.snapshot().sequence


def test_the_database_loses_its_power(data: Path, server: Postgres, stack: ExitStack) -> None:
    members = stack.enter_context(cluster(data, 2))
    core = members[0].core
    writers = Writers(core, list(members))
    stack.callback(writers.close)

    def cut() -> None:
        server.stop("immediate")
        server.start(*DURABLE)

    writers.run_through(cut)
    check(core, writers)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a file system of ``size`` over ``folder``; only root may."""
    folder.mkdir(parents=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("a file system of a few megabytes cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may mount")
@pytest.mark.allows_log("no room for what was sent")
def test_the_evidence_disk_is_full_and_has_room_again(tmp_path: Path, stack: ExitStack) -> None:
    data = tmp_path / "data"
    stack.enter_context(small_disk(data / "evidence", "1m"))
    service = stack.enter_context(running(settings(data, evidence_floor_bytes=1)))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    case = connected(desk, stack.enter_context(Phone(service, desk.link())))
    ballast = data / "evidence" / "ballast"
    ballast.write_bytes(bytes(service.core.evidence.free_bytes() - 8_192))
    item, sent = new_id(), picture()
    assert len(sent) > 8_192
    desk.put(f"{case.path}/evidence/{item}", case.announcement(sent, Slot.PLATE_A))
    assert refusal(case.upload(item, sent)) == (507, "storage-full")
    assert case.incident().evidence == ()
    assert desk.send("GET", "/ready").json()["checks"]["evidence"] in {"ok", "unavailable"}
    ballast.unlink()
    good(case.upload(item, sent))
    good(case.upload(item, sent))
    (kept,) = case.incident().evidence
    assert (kept.id, kept.digests.size) == (item, len(sent))


def test_a_desks_line_breaks_before_the_answer(tmp_path: Path, stack: ExitStack) -> None:
    service = stack.enter_context(running(settings(tmp_path / "data")))
    cable = stack.enter_context(Cable(service.url))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    with service.core.work() as work:
        case = open_incident(work, training=True).id
    stream = desk.stream("/v1/events", before := desk.snapshot().sequence)
    desk.url = cable.url
    afar = desk.stream("/v1/events", before)
    body, headers = {"text": "一次"}, {"Idempotency-Key": new_id()}
    path = f"/v1/incidents/{case}/notes"
    desk.snapshot()  # so that the connection stands, and the next thing on it is the command
    cable.swallow_answers = True
    with pytest.raises(requests.ConnectionError):
        desk.send("PUT", path, body, headers=headers)
    entries(stream, 1)  # it was carried out: only the answer was lost
    cable.swallow_answers = False
    cable.cut()
    assert afar.ended.wait(10)
    good(desk.send("PUT", path, body, headers=headers))
    good(desk.send("PUT", path, {"text": "两次"}))
    came = entries(afar, len([event for event in afar.events if event[2]])) if afar.events else []
    after = came[-1].sequence if came else before
    rest = entries(desk.stream("/v1/events", after), 2 - len(came))
    told = [entry.event for entry in (*came, *rest)]
    assert told == [NotesWritten(text="一次"), NotesWritten(text="两次")]
    assert notes(service.core) == ["一次", "两次"]


def moved(clock: Callable[[], datetime], by: timedelta) -> Callable[[], datetime]:
    """Return a clock that is ``by`` ahead of another."""
    return lambda: clock() + by


def test_the_clock_jumps_both_ways(tmp_path: Path, stack: ExitStack) -> None:
    service = stack.enter_context(running(settings(tmp_path / "data")))
    desk = stack.enter_context(Desk(service, "900010", "07"))
    stream = desk.ready()
    core, true_clock = service.core, service.core.clock
    with core.work() as work:
        case = open_incident(work, training=True).id
    texts = []
    for minutes in (0, -60, 10, 0):
        core.clock = moved(true_clock, timedelta(minutes=minutes))
        texts.append(f"{minutes} min")
        desk.put(f"/v1/incidents/{case}/notes", {"text": texts[-1]})
    phone = stack.enter_context(Phone(service, desk.link()))
    call_id, _token = phone.place()
    good(desk.answer(call_id))
    wait_until(lambda: desk.call(call_id).answered_by is not None, 10, "the call is answered")
    assert notes(core) == texts
    with core.database.read() as connection:
        numbers = [entry.sequence for entry in read_entries(connection, 0, 1_000)]
    assert numbers == list(range(1, len(numbers) + 1))
    seen = entries(stream, len(numbers))
    assert [entry.sequence for entry in seen] == numbers
