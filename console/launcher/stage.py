"""Sets the stage: the service, a link for the simulated party, the desk, each with its files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.assets import RESOURCES
from console.contract.desk_api import Link
from console.domain.ids import SeatId
from console.launcher.demo.witness import Witness, accounts
from console.launcher.towers import Tower, Towers

OFFICER = "900010"
"""Training account that holds both posts."""

TRAINER = "900030"
SUPERVISOR = "900020"
SEAT = SeatId("07")
READY_SECONDS = 60.0
SCENARIOS = RESOURCES / "scenarios"


@dataclass(frozen=True)
class RunningService:
    """A service that takes requests."""

    tower: Tower
    url: str
    ca: Path
    data: Path

    def witness(self, account: str) -> Witness:
        """Sign in with a training account of this service."""
        passwords = accounts(self.data / "training-accounts.json")
        return Witness(self.url, self.ca, account, passwords[account])


def start_service(
    towers: Towers, data: Path, *, lan: bool, port: int = 0, options: Sequence[str] = ()
) -> RunningService:
    """Start the service on ``port`` (0: a free one) with further ``options`` and wait until it is ready."""
    folder = data / "service"
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--data", str(folder), "--port", str(port), *(["--lan"] if lan else []), *options]
    tower = towers.start("service", *arguments)
    ready = tower.wait_for(lambda line: line.get("ready") == "service", READY_SECONDS)
    return RunningService(tower, str(ready["url"]), Path(str(ready["ca"])), folder)


def start_party(
    towers: Towers,
    service: RunningService,
    link: Link,
    *,
    scenario: str,
    seed: int,
    report: Path | None,
    fault: str = "",
) -> Tower:
    """Start a simulated party that calls by ``link``; it knows the service only through that link."""
    arguments = ["--link", link.url, "--ca", str(service.ca), "--scenario", scenario, "--seed", str(seed)]
    arguments += ["--report", str(report)] if report else []
    arguments += ["--fault", fault] if fault else []
    return towers.start("simulate", *arguments)


def start_desk(
    towers: Towers, service: RunningService, data: Path, observe: Path | None = None, *, lan: bool = False
) -> Tower:
    """Start the desk, signed in as the officer who holds both posts.

    The password crosses in a file that only this user can read and that the desk deletes after reading.
    """
    folder = data / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    sign_in = folder / "sign-in.json"
    sign_in.touch(mode=0o600)
    password = accounts(service.data / "training-accounts.json")[OFFICER]
    sign_in.write_text(f'{{"username": "{OFFICER}", "password": "{password}", "seat": "{SEAT}"}}', "utf-8")
    arguments = ["--service", service.url, "--ca", str(service.ca), "--data", str(folder)]
    arguments += ["--sign-in", str(sign_in)]
    arguments += ["--observe", str(observe)] if observe else []
    arguments += ["--lan"] if lan else []
    return towers.start("desk", *arguments)


def clear(data: Path) -> None:
    """Remove what service and desk of an earlier run left in the launcher's folder."""
    for name in ("service", "desk", "logs"):
        shutil.rmtree(data / name, ignore_errors=True)
