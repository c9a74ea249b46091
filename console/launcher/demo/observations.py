"""What a desk or a phone shows, as it was observed: kept in order, looked through, waited for."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from console.contract import codec


class Observed(Protocol):
    """Anything with the moment it was seen, in nanoseconds of the machine's monotonic clock."""

    @property
    def at_ns(self) -> int: ...


T = TypeVar("T", bound=Observed)

POLL_SECONDS, LONGEST_POLL_SECONDS = 0.02, 0.1
"""Pauses between two looks: short at first, each half as long again up to the longest. A look is often a
question to the service, and whoever asks without a pause takes the time of those it waits for.
"""


class StepFailed(Exception):
    """What a step waited for did not come; the message says what, in plain words."""


class Observations(ABC):
    """What was observed so far, in order. Used from one thread."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    @abstractmethod
    def look(self) -> None:
        """Append to ``seen`` what is new."""

    def all(self, kind: type[T], since_ns: int = 0) -> Sequence[T]:
        """Return everything of one kind so far, observed at or after ``since_ns``."""
        self.look()
        return [item for item in self.seen if isinstance(item, kind) and item.at_ns >= since_ns]

    def wait(
        self,
        kind: type[T],
        accept: Callable[[T], bool],
        seconds: float,
        what: str,
        since_ns: int = 0,
    ) -> T:
        """Return the first observation that fits; raise ``StepFailed`` naming ``what`` when it stays away."""
        found: list[T] = []

        def fits() -> bool:
            found.extend(item for item in self.all(kind, since_ns) if accept(item))
            return bool(found)

        until(fits, seconds, what)
        return found[0]


class ObservationFile(Observations):
    """Follows the JSON lines of one union that a tower appends to a file."""

    def __init__(self, path: Path, kind: Any) -> None:
        super().__init__()
        self._path = path
        self._kind = kind
        self._file: IO[bytes] | None = None
        self._rest = b""

    def look(self) -> None:
        """Read what was appended; the file may not exist yet."""
        if self._file is None:
            if not self._path.exists():
                return
            self._file = self._path.open("rb")
        data = self._rest + self._file.read()
        *lines, self._rest = data.split(b"\n")
        self.seen += [codec.decode(self._kind, line) for line in lines if line]

    def close(self) -> None:
        """Stop reading."""
        if self._file is not None:
            self._file.close()


def until(done: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until ``done`` is true; raise ``StepFailed`` naming ``what`` after ``seconds``."""
    if not comes(done, seconds):
        raise StepFailed(what)


def comes(done: Callable[[], bool], seconds: float) -> bool:
    """Wait until ``done`` is true, ``seconds`` at most; tell whether it is."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    rest = POLL_SECONDS
    while not done():
        if time.monotonic() >= deadline:
            return False
        pause.wait(rest)
        rest = min(rest * 1.5, LONGEST_POLL_SECONDS)
    return True
