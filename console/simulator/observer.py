"""Writes down what a simulated phone sent and saw, when a training run asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from console.contract import codec
from console.contract.observation import PhoneObservation


class PhoneLog:
    """Appends observations as JSON lines. Without a path it takes them and keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._file: IO[bytes] | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("ab", buffering=0)

    def write(self, observation: object) -> None:
        """Append one ``PhoneObservation``."""
        if self._file is not None:
            self._file.write(codec.encode(observation, PhoneObservation) + b"\n")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
