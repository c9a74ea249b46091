"""Worker processes that decode and read pictures, so that neither a bad picture nor a long one holds the
service up: bounded in number, killed when stuck, started again when gone.

A process starts with the first work and keeps what it loaded; a service that reads nothing has none.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, ParamSpec, TypeVar

from console.domain.errors import DomainError
from console.parent import end_with

T = TypeVar("T")
P = ParamSpec("P")

QUEUE_S = 30.0
"""Longest wait for a free worker."""
ATTEMPTS = 2
"""A worker that is found dead is replaced once for the same work."""
_SPAWN = multiprocessing.get_context("spawn")


class Workers:
    """``count`` processes, started when first needed; each takes one piece of work at a time."""

    def __init__(self, count: int = 1) -> None:
        self.count = count
        self._workers = [_Worker() for _ in range(count)]
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    @property
    def busy(self) -> int:
        """How many of them are at work."""
        return self.count - self._free.qsize()

    def run(self, limit_s: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``work(*args, **kwargs)`` as a worker did it; what ``work`` raises is raised here.

        Raises ``recognition-busy`` when no worker is free for ``QUEUE_S`` and once the pool is closed,
        ``recognition-late`` after ``limit_s`` (the worker is killed and another takes its place),
        ``recognition-failed`` when workers died over it. Blocks: call it from a thread that may wait.
        """
        try:
            worker = self._free.get(timeout=QUEUE_S)
        except queue.Empty:
            raise DomainError("recognition-busy") from None
        try:
            result: T = worker.run(limit_s, (work, args, kwargs))
            return result
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """Kill every worker at once; whoever waits for one gets ``recognition-busy``."""
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process and the pipe to it; used by one thread at a time, but closed by any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def run(self, limit_s: float, work: tuple[object, ...]) -> Any:
        """Hand ``work`` over (function, arguments) and wait for its outcome."""
        for _attempt in range(ATTEMPTS):
            pipe = self._started()
            try:
                pipe.send(work)
                if not pipe.poll(limit_s):
                    self._kill()
                    raise DomainError("recognition-late")
                done, outcome = pipe.recv()
            except (EOFError, OSError):
                self._kill()
                continue
            if done:
                return outcome
            raise outcome
        raise DomainError("recognition-failed")

    def close(self) -> None:
        """End the process at once and start none any more."""
        with self._lock:
            self._closed = True
        self._kill()

    def _started(self) -> Connection:
        with self._lock:
            if self._closed:
                raise DomainError("recognition-busy")
            if self._pipe is not None and self._process is not None and self._process.is_alive():
                return self._pipe
            self._pipe, theirs = _SPAWN.Pipe()
            self._process = _SPAWN.Process(
                target=_serve, args=(theirs, os.getpid()), name="worker", daemon=True
            )
            self._process.start()
            theirs.close()
            return self._pipe

    def _kill(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()


def _serve(pipe: Connection, service: int) -> None:
    """All that a worker does; Ctrl-C is left to the service, and it ends with that, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(service)
    while True:
        try:
            work, args, kwargs = pipe.recv()
        except EOFError:
            break
        try:
            outcome = (True, work(*args, **kwargs))
        except Exception as error:
            if not isinstance(error, DomainError):
                error.add_note(traceback.format_exc())
            outcome = (False, error)
        pipe.send(outcome)
