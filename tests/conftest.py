"""What every test keeps: it leaves no thread or process behind, and no warning in the log unasked."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator

import psutil
import pytest
from hypothesis import HealthCheck, settings

# No test may depend on speed: a busy machine is no counter-example.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

#: How long what a test started may take to end after it.
GRACE_S = 3.0
#: Python's own helper process, started once and kept for all shared memory.
KEPT_PROCESS = "multiprocessing.resource_tracker"


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test after which a thread or a child process runs that did not run before it."""
    own = psutil.Process()
    threads, processes = set(threading.enumerate()), set(own.children(recursive=True))
    yield
    deadline = time.monotonic() + GRACE_S
    left: list[object] = []
    for thread in set(threading.enumerate()) - threads:
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread)
    started = set(own.children(recursive=True)) - processes
    _, running = psutil.wait_procs(started, timeout=max(0.0, deadline - time.monotonic()))
    left += [process for process in running if _counts(process)]
    if left:
        pytest.fail(f"left behind: {left}")


def _counts(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and not any(
            KEPT_PROCESS in word for word in process.cmdline()
        )
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which anything logs a warning or worse, unless `allows_log(pattern)` names it."""
    yield
    allowed = [mark.args[0] for mark in request.node.iter_markers("allows_log")]
    loud = [
        f"{record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    unexpected = [line for line in loud if not any(re.search(pattern, line) for pattern in allowed)]
    if unexpected:
        pytest.fail("\n".join(["unexpected in the log:", *unexpected]))
