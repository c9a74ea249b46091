"""What a backup holds, told by itself: the list of its parts with their digests, written last."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from console.contract.codec import DecodeError, decode, encode
from console.domain.errors import DomainError
from console.service.durable import write_whole

FORMAT: Final = 1
FILE: Final = "manifest.json"
SEAL: Final = "manifest.sha256"
TABLES: Final = "tables"
FILES: Final = "files"
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """The rows of one table: one JSON object a line. ``counter``: the highest number ever given, if any."""

    rows: int
    sha256: str
    counter: int | None


@dataclass(frozen=True, kw_only=True)
class FilePart:
    """One file of the data folder."""

    size: int
    sha256: str
    mode: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """``schema`` is the version of the tables; a path of ``files`` is relative to the data folder."""

    format: int
    made_at: datetime
    schema: str
    tables: Mapping[str, TablePart]
    files: Mapping[str, FilePart]


def write(folder: Path, manifest: Manifest) -> None:
    """Close the backup: from now on it is one."""
    body = encode(manifest)
    write_whole(folder / SEAL, hashlib.sha256(body).hexdigest().encode())
    write_whole(folder / FILE, body)


def read(folder: Path) -> Manifest:
    """Return the manifest of a whole, undamaged backup; every byte is read for it.

    Raises ``no-backup`` where there is none or it was not finished, ``backup-damaged`` with the part.
    """
    try:
        body, seal = (folder / FILE).read_bytes(), (folder / SEAL).read_bytes()
    except FileNotFoundError:
        raise DomainError("no-backup") from None
    if hashlib.sha256(body).hexdigest().encode() != seal:
        raise DomainError("backup-damaged", part=FILE)
    try:
        manifest: Manifest = decode(Manifest, body)
    except DecodeError:
        raise DomainError("backup-format") from None
    if manifest.format != FORMAT:
        raise DomainError("backup-format")
    for name, table in manifest.tables.items():
        _check(folder / TABLES / f"{name}.jsonl", table.sha256, name)
    for name, file in manifest.files.items():
        if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
            raise DomainError("backup-damaged", part=name)
        _check(folder / FILES / name, file.sha256, name)
    return manifest


def _check(file: Path, sha256: str, part: str) -> None:
    if not file.is_file() or digest_of(file) != sha256:
        raise DomainError("backup-damaged", part=part)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as stored:
        while block := stored.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
