"""The towers as child processes: start them, wait until they say they are ready, stop them in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import psutil


class TowerError(RuntimeError):
    """A tower ended or stayed silent when it should have become ready; the message names its log."""


class Tower:
    """One child process of ``python -m console VERB``, its log file and the JSON lines it prints.

    It ends with this process, however this process ends.

    Threading: a reader thread consumes standard output for ever, so that the child never blocks on a full
    pipe; ``wait_for`` may be called from any thread.
    """

    def __init__(self, verb: str, arguments: Sequence[str], log: Path, env: Mapping[str, str] | None = None):
        self.verb = verb
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log_file: IO[bytes] = log.open("ab")
        self._lines: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "console", "--parent", str(os.getpid()), verb, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._log_file,
            env={**os.environ, **(env or {})},
        )
        if self.process.stdout is None:
            raise TowerError("a tower without standard output")
        self._output: IO[bytes] = self.process.stdout
        self._reader = threading.Thread(target=self._read, name=f"{verb}-output", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._output:
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                with self._changed:
                    self._lines.append(value)
                    self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
        """Return the first printed JSON object that ``wanted`` accepts; raise ``TowerError`` otherwise."""

        def found() -> dict[str, Any] | None:
            return next((line for line in self._lines if wanted(line)), None)

        with self._changed:
            self._changed.wait_for(lambda: found() or self.process.poll() is not None, seconds)
            line = found()
        if line is None:
            state = "ended" if self.process.poll() is not None else f"said nothing for {seconds:.0f} s"
            raise TowerError(f"{self.verb} {state}; see {self.log}")
        return line

    def stop(self, seconds: float = 5.0) -> None:
        """Ask the process and its children to end, then make them; never raises for one already gone."""
        family = _family(self.process.pid)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for child in family:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, timeout=seconds)
        self._reader.join(seconds)
        self._output.close()
        self._log_file.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let an interruption that comes meanwhile happen afterwards; signals reach the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0])


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


class Towers:
    """Everything that was started, ended in reverse order on the way out."""

    def __init__(self, logs: Path, env: Mapping[str, str] | None = None):
        self._logs = logs
        self._env = dict(env or {})
        self._started: list[Tower] = []

    def start(self, verb: str, *arguments: str, name: str | None = None) -> Tower:
        """Start ``python -m console VERB`` with its log under the log folder."""
        with _undisturbed():  # one that runs and is not known yet would be left behind
            tower = Tower(verb, arguments, self._logs / f"{name or verb}.log", self._env)
            self._started.append(tower)
        return tower

    def __enter__(self) -> Towers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for tower in reversed(self._started):
            tower.stop()
