"""A keyring in a file, for desks that are started as processes and must find what an earlier one kept."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

FILE = "KUAICHU_TEST_KEYRING"
"""Environment variable with the file's path."""


class FileKeyring(KeyringBackend):
    """Keeps secrets by service and name; chosen with ``PYTHON_KEYRING_BACKEND``."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret, if there is one."""
        return self._read().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self._write({**self._read(), f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        kept = self._read()
        kept.pop(f"{service}\n{username}")
        self._write(kept)

    def _read(self) -> dict[str, str]:
        file = Path(os.environ[FILE])
        kept: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        Path(os.environ[FILE]).write_text(json.dumps(kept), "utf-8")
