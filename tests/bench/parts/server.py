"""Runs a measurement on a PostgreSQL server of its own, as durable as a real one."""

from __future__ import annotations

import os
import subprocess
import sys

from postgres import postgres

INSIDE = "KUAICHU_TEST_POSTGRES"
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


def on_postgres(module: str) -> bool:
    """Tell whether this process stands on a server already; else run ``module`` anew on one."""
    if os.environ.get(INSIDE):
        return True
    with postgres(*DURABLE) as server:
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        done = subprocess.run(command, env={**os.environ, INSIDE: server.url}, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return False
