"""One launcher a data folder: two services on one database and two desks on one vault would break both."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from console.launcher.towers import TowerError

NAME = "launcher.json"


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for this process; raise ``TowerError`` while another launcher that runs holds it.

    A claim whose process is gone, however it ended, counts for nothing: process number and start time are
    compared, since numbers are used again.
    """
    claim = folder / NAME
    holder = _holder(claim)
    if holder is not None:
        raise TowerError(f"{folder} is in use by process {holder.pid}; close its window first")
    folder.mkdir(parents=True, exist_ok=True)
    own = psutil.Process()
    claim.write_text(json.dumps({"pid": os.getpid(), "started": own.create_time()}), encoding="utf-8")
    try:
        yield
    finally:
        claim.unlink(missing_ok=True)


def _holder(claim: Path) -> psutil.Process | None:
    try:
        said = json.loads(claim.read_text(encoding="utf-8"))
        process = psutil.Process(int(said["pid"]))
        return process if abs(process.create_time() - float(said["started"])) < 1.0 else None
    except (OSError, ValueError, KeyError, TypeError, psutil.NoSuchProcess):
        return None
