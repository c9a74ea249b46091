"""The training room: simulated parties as processes of their own, which know the service by a link alone.

They are bounded in number and end with the service, however it ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.contract.training_api import RunningParty, ScenarioSummary, ViewFlaw
from console.domain.errors import DomainError
from console.domain.ids import new_id
from console.training.library import load_named, names
from console.training.scenario import Scenario
from console.training.seeding import seeded

MOST = 2
"""Parties at a time: each draws its scene, sends video and takes most of a core and 0.8 GB."""
END_SECONDS = 5.0


@dataclass
class _Guest:
    """One process and what it plays."""

    party: RunningParty
    process: subprocess.Popen[bytes]


class TrainingRoom:
    """Starts, lists and ends simulated parties; usable from any thread. ``scenarios`` is their folder."""

    def __init__(self, scenarios: Path, logs: Path) -> None:
        self._scenarios = scenarios
        self._logs = logs
        self._lock = threading.Lock()
        self._guests: dict[str, _Guest] = {}

    def scenarios(self) -> tuple[ScenarioSummary, ...]:
        """Return all scenarios, the easy ones first."""
        known = (load_named(self._scenarios, name) for name in names(self._scenarios))
        made = (
            ScenarioSummary(
                name=one.name,
                title=one.title,
                form=one.form,
                difficulty=one.difficulty,
                articles=one.articles,
            )
            for one in known
        )
        return tuple(sorted(made, key=lambda one: (one.difficulty, one.name)))

    def scenario(self, name: str, seed: int) -> Scenario:
        """Return the case of ``seed``; raise ``unknown-scenario``."""
        if name not in names(self._scenarios):
            raise DomainError("unknown-scenario")
        return seeded(load_named(self._scenarios, name), seed)

    def start(self, case: Scenario, link: Callable[[], str], ca: Path, now: datetime) -> RunningParty:
        """Let the caller of ``case`` call by a link made when it is needed.

        Raises ``too-many-parties-running``.
        """
        with self._lock:
            self._forget_ended()
            if len(self._guests) >= MOST:
                raise DomainError("too-many-parties-running", limit=MOST)
            seed = case.seed or 0
            party = RunningParty(id=new_id(), scenario=case.name, title=case.title, seed=seed, started_at=now)
            self._logs.mkdir(parents=True, exist_ok=True)
            words = ["simulate", "--link", link(), "--ca", str(ca)]
            words += ["--scenario", case.name, "--seed", str(seed), "--obey"]
            with (self._logs / f"party-{party.id}.log").open("wb") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "console", "--parent", str(os.getpid()), *words],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                )
            self._guests[party.id] = _Guest(party, process)
            return party

    def running(self) -> tuple[RunningParty, ...]:
        """Return the parties whose process still runs, the oldest first."""
        with self._lock:
            self._forget_ended()
            return tuple(guest.party for guest in self._guests.values())

    def spoil(self, party_id: str, flaw: ViewFlaw) -> None:
        """Have a party hold its phone badly; raise ``unknown-simulated-party``."""
        with self._lock:
            guest = self._guest(party_id)
            if guest.process.stdin is None:
                raise DomainError("unknown-simulated-party")
            try:
                guest.process.stdin.write(f"{flaw.value}\n".encode())
                guest.process.stdin.flush()
            except OSError:
                raise DomainError("unknown-simulated-party") from None

    def stop(self, party_id: str) -> None:
        """End a party; raise ``unknown-simulated-party``."""
        with self._lock:
            guest = self._guest(party_id)
            del self._guests[party_id]
        _end(guest.process)

    def close(self) -> None:
        """End every party."""
        with self._lock:
            guests, self._guests = tuple(self._guests.values()), {}
        for guest in guests:
            guest.process.terminate()
        for guest in guests:
            _end(guest.process)

    def _guest(self, party_id: str) -> _Guest:
        self._forget_ended()
        if party_id not in self._guests:
            raise DomainError("unknown-simulated-party")
        return self._guests[party_id]

    def _forget_ended(self) -> None:
        for name, guest in tuple(self._guests.items()):
            if guest.process.poll() is not None:
                _end(guest.process)
                del self._guests[name]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()
