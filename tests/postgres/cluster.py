"""Several service processes on one PostgreSQL database and one data folder, as a city runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.service.core import Core
from console.service.database import Database
from console.service.tls import TlsFiles, prepare
from tests.service.harness import database_url, settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Member:
    """One process of the cluster; ``core`` is the test's own, on the same database."""

    process: subprocess.Popen[bytes]
    url: str
    files: TlsFiles
    core: Core

    def end(self) -> None:
        """Tell the process to end and wait for it."""
        self.process.terminate()
        self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def own_core(data: Path) -> Iterator[Core]:
    """The collaborators of a service that does not run, on the cluster's database."""
    core = Core(settings(data), Database(database_url(data)))
    try:
        yield core
    finally:
        core.press.close()
        core.database.close()


def start(data: Path, core: Core) -> Member:
    """Start one more process and wait until it serves."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "console", "service", "--data", str(data)),
            # Calls of a crowd wait and talk without a phone.
            *("--waiting-gone-seconds", "86400", "--party-gone-seconds", "86400"),
        ],
        cwd=ROOT,
        env={**os.environ, "KUAICHU_DATABASE_URL": database_url(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    return Member(process, ready["url"], prepare(data, lan=False), core)


@contextmanager
def cluster(data: Path, processes: int) -> Iterator[list[Member]]:
    """Run ``processes`` of them for as long as the block."""
    with ExitStack() as stack:
        core = stack.enter_context(own_core(data))
        members: list[Member] = []
        for _ in range(processes):
            members.append(start(data, core))
            stack.callback(members[-1].end)
        yield members
