"""A PostgreSQL server of our own for tests and measurements, gone at the end with everything in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "postgres"
"""The server refuses to run as root; Debian's package brings this account."""
START_LIMIT_S = 60


@dataclass(frozen=True)
class Postgres:
    """A running server that listens on a socket in ``folder`` alone; ``url`` reaches its first database."""

    folder: Path

    @property
    def url(self) -> str:
        """SQLAlchemy's URL of the server; a database of another name is reached by changing the path."""
        return f"postgresql://{ACCOUNT}@/{ACCOUNT}?host={self.folder}"

    def start(self, *options: str) -> None:
        """Start the server; ``options`` are its settings as ``name=value``."""
        settings = [
            f"-c {option}" for option in (*_SETTINGS, f"unix_socket_directories={self.folder}", *options)
        ]
        log = self.folder / "log"
        self._control("start", "-w", "-t", str(START_LIMIT_S), "-l", str(log), "-o", " ".join(settings))

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` ends the connections, ``immediate`` is as good as a power cut."""
        self._control("stop", "-w", "-t", str(START_LIMIT_S), "-m", mode)

    def _control(self, *words: str) -> None:
        _run([str(programs() / "pg_ctl"), "-D", str(self.folder / "data"), *words])


_SETTINGS = ("listen_addresses=", "max_connections=300", "shared_buffers=64MB")


def programs() -> Path:
    """Return where the server's programs lie; raises ``RuntimeError`` when there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    beside = shutil.which("postgres")
    if beside is None:
        raise RuntimeError("no PostgreSQL server is installed")
    return Path(beside).parent


@contextmanager
def postgres(*options: str) -> Iterator[Postgres]:
    """Make and start a server; by default nothing waits for the disk."""
    with tempfile.TemporaryDirectory(prefix="kuaichu-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        data = str(folder / "data")
        _run(
            [str(programs() / "initdb"), "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync"]
        )
        server = Postgres(folder)
        server.start(*(options or ("fsync=off", "synchronous_commit=off", "full_page_writes=off")))
        try:
            yield server
        finally:
            server.stop("immediate")


def _run(command: list[str]) -> None:
    """Run as an account that the server accepts; raises ``RuntimeError`` with what it said."""
    if os.geteuid() == 0:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stdout.decode(errors='replace')}")
