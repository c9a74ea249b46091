"""A whole house to break things in: service, simulated party and desk as processes, hands at the desk."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from console.contract.codec import decode
from console.contract.desk_api import Link
from console.contract.observation import (
    BadgeShown,
    CallShown,
    CustodyShown,
    DeskObservation,
    FramePainted,
    FrameSent,
    LampShown,
    WindowShown,
)
from console.domain.ids import EvidenceId
from console.launcher import stage
from console.launcher.demo import steps_call
from console.launcher.demo.cast import Cast
from console.launcher.demo.observations import ObservationFile, until
from console.launcher.demo.phone import Phone, SimulatedPhone
from console.launcher.demo.play import on_stage
from console.launcher.demo.witness import accounts
from console.launcher.stage import RunningService
from console.launcher.towers import Tower, Towers
from console.training.library import load_named
from console.training.scenario import Scenario
from console.training.seeding import seeded
from console.usecases.remembered import BOOKMARK, Bookmark

SCENARIO = "rear_end"
SEED = 5
LONG = 60.0
"""Seconds for anything that a loaded machine may take its time for."""
NOT_TRACED = "Traceback (most recent call last)"


@dataclass(kw_only=True)
class House:
    """The towers of one test. ``link`` is the caller's; ``secrets`` are words that no log may hold."""

    cast: Cast
    data: Path
    towers: Towers
    service: RunningService
    link: Link
    secrets: set[str] = field(default_factory=set)
    _observed: ObservationFile | None = None

    def call(self) -> None:
        """Let the party call and answer by key; return when its picture is painted."""
        steps_call.call(self.cast)
        steps_call.queue(self.cast)
        steps_call.answer(self.cast)
        self.new_pictures(3, time.monotonic_ns())

    def new_pictures(self, number: int, since_ns: int) -> FramePainted:
        """Wait until ``number`` pictures that the phone filmed since then are painted; return the first."""
        cast = self.cast

        def painted() -> list[FramePainted]:
            filmed = {frame.mark for frame in cast.phone.all(FrameSent, since_ns)}
            return [shown for shown in cast.desk.all(FramePainted, since_ns) if shown.mark in filmed]

        until(lambda: len({shown.mark for shown in painted()}) >= number, LONG, "new pictures are painted")
        return painted()[0]

    def write_notes(self, text: str) -> None:
        """Type into the notes and leave them, so that they are kept."""
        self.cast.focus("notes")
        self.cast.hands.key("ctrl+End")
        self.cast.hands.write(text)
        self.cast.focus("video")

    def snapshot(self) -> EvidenceId:
        """Press Space; return the item once the strip shows it."""
        self.cast.focus("video")
        known = {shown.evidence_id for shown in self.cast.desk.all(CustodyShown)}
        self.cast.hands.key("space")
        shown = self.cast.desk.wait(
            CustodyShown, lambda c: c.evidence_id not in known, LONG, "the strip shows the snapshot"
        )
        return shown.evidence_id

    def custody(self, evidence_id: EvidenceId) -> str:
        """Return the word that the strip shows for an item, empty before the first."""
        words = [c.custody for c in self.cast.desk.all(CustodyShown) if c.evidence_id == evidence_id]
        return words[-1] if words else ""

    def until_custody(self, evidence_id: EvidenceId, words: Collection[str]) -> None:
        """Wait until the strip shows one of ``words`` for the item."""
        until(lambda: self.custody(evidence_id) in words, LONG, f"the strip says {' or '.join(words)}")

    def lamp(self, name: str) -> str:
        """Return the state of a lamp of the top bar."""
        states = [shown.state for shown in self.cast.desk.all(LampShown) if shown.lamp == name]
        return states[-1] if states else ""

    def badge(self) -> str:
        """Return what the age badge says."""
        states = [shown.state for shown in self.cast.desk.all(BadgeShown)]
        return states[-1] if states else ""

    def call_shown(self) -> str:
        """Return the state of the call as the desk shows it, empty when it shows another or none."""
        shown = self.cast.desk.all(CallShown)
        return shown[-1].state if shown and shown[-1].call_id == self.cast.call_id else ""

    def media(self) -> psutil.Process:
        """Return the desk's media process."""
        return _running("media", psutil.Process(self.cast.desk_process.process.pid))

    def party(self) -> psutil.Process:
        """Return the simulated party's process."""
        return _running("simulate", psutil.Process())

    def restart_desk(self) -> None:
        """Start the desk again on the same folder and wait until its window takes input."""
        path = self.data / "desk-again.jsonl"
        observed = self._observed = ObservationFile(path, DeskObservation)
        self.cast.desk = observed
        self.cast.desk_process = stage.start_desk(self.towers, self.service, self.data, path)
        observed.wait(WindowShown, lambda _: True, LONG, "the window takes input again")

    def close(self) -> None:
        """Stop reading what the desk shows."""
        if self._observed is not None:
            self._observed.close()

    def restart_service(self) -> None:
        """Start the service again on the same folder and port."""
        port = int(self.service.url.rpartition(":")[2])
        self.service = stage.start_service(self.towers, self.data, lan=False, port=port)
        self.cast.service = self.service.tower

    def bookmark(self) -> str:
        """Return the slot that the desk would come back to, as it lies on its disk; empty when none."""
        with closing(sqlite3.connect(self.data / "desk" / "vault" / "drafts.sqlite3")) as database:
            rows = database.execute("SELECT text FROM memory WHERE name = ?", (BOOKMARK,)).fetchall()
        if not rows or not rows[0][0]:
            return ""
        mark: Bookmark = decode(Bookmark, rows[0][0])
        return mark.slot.value

    def vault(self) -> dict[str, tuple[str, str]]:
        """Return digest and custody of every item on the desk's disk, by id; the desk must not run."""
        with closing(sqlite3.connect(self.data / "desk" / "vault" / "vault.sqlite3")) as database:
            rows = database.execute(
                "SELECT id, sha256, custody FROM evidence JOIN outbox ON evidence_id = id"
            ).fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}

    def check_logs(self) -> None:
        """No log of any tower holds a word of ``secrets`` or shows a trace of the program's inside."""
        case = self.cast.scenario
        words = set(self.secrets)
        for role in ("A", "B"):
            party = case.party(role)
            words |= {party.person.name, party.person.phone, party.person.id_number}
            words |= {party.vehicle.plate, party.vehicle.plate.replace("·", "")}
        logs = sorted(self.data.rglob("*.log"))
        assert {log.stem for log in logs} >= {"service", "desk"}
        for log in logs:
            text = log.read_text("utf-8", errors="replace")
            told = [word for word in words if word in text]
            assert not told, f"{log.name} tells {told}"
            assert NOT_TRACED not in text, f"{log.name}:\n{text[text.index(NOT_TRACED) - 500 :][:3000]}"


def kill(tower: Tower) -> None:
    """End a tower as a power cut would."""
    tower.process.kill()
    tower.process.wait(LONG)


def ended(processes: Collection[psutil.Process]) -> bool:
    """Tell whether all of them end by themselves."""
    return not psutil.wait_procs(processes, timeout=LONG)[1]


def _running(verb: str, parent: psutil.Process) -> psutil.Process:
    found: list[psutil.Process] = []

    def look() -> bool:
        found[:] = [child for child in parent.children() if verb in child.cmdline()]
        return bool(found)

    until(look, LONG, f"a process {verb} runs")
    return found[0]


MakePhone = Callable[[Towers, RunningService, Link, Scenario, Path], Phone]
"""Makes the caller's phone from its link; the folder is for what it writes."""


def simulated(towers: Towers, service: RunningService, link: Link, case: Scenario, folder: Path) -> Phone:
    """Make the phone of the simulated party."""
    return SimulatedPhone(towers, service, link, case, folder / "phone.jsonl", "")


@contextmanager
def furnished(data: Path, make_phone: MakePhone = simulated) -> Iterator[House]:
    """Start service and desk; at the end stop everything and look through the logs."""
    case = seeded(load_named(stage.SCENARIOS, SCENARIO), SEED)
    given: list[tuple[Towers, RunningService, Link]] = []

    def make(towers: Towers, service: RunningService, link: Link) -> Phone:
        given.append((towers, service, link))
        return make_phone(towers, service, link, case, data)

    with on_stage(data, data, case, make) as cast:
        towers, service, link = given[0]
        house = House(cast=cast, data=data, towers=towers, service=service, link=link)
        house.secrets.add(link.url.rpartition("/")[2])
        house.secrets.update(accounts(service.data / "training-accounts.json").values())
        try:
            yield house
        finally:
            house.close()
            if isinstance(cast.phone, ObservationFile):
                cast.phone.close()
    house.check_logs()
