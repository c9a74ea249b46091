"""Where documents lie: each under the digest of its own bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from console.domain.errors import DomainError
from console.service.durable import write_whole


class DocumentFolder:
    """Documents of one kind, each under the SHA-256 of its bytes; never changed."""

    def __init__(self, folder: Path, suffix: str = ".pdf") -> None:
        self._folder = folder
        self._suffix = suffix

    def keep(self, content: bytes) -> str:
        """Put a document on the disk for good and return its SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        write_whole(self._folder / f"{digest}{self._suffix}", content)
        return digest

    def read(self, sha256: str) -> bytes:
        """Return a document; raise ``document-damaged`` when its bytes are not those that were kept."""
        try:
            content = (self._folder / f"{sha256}{self._suffix}").read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DomainError("document-damaged")
        return content
