"""The vault: evidence on this machine's disk, whole, encrypted, and queued in the same breath.

Order of things: seal -> temporary file -> fsync -> digests -> rename -> one transaction that writes the
evidence row and its outbox row. A crash before the transaction leaves a file that nobody was told of; a crash
after it leaves an item that will be uploaded.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from console.adapters.database import Database
from console.adapters.local_keys import NONCE_BYTES, KeyUnavailable, LocalKeys, Unsealable
from console.contract.codec import encode
from console.domain.errors import DomainError
from console.domain.evidence import Capture, Custody, Digests
from console.domain.ids import EvidenceId, IncidentId
from console.usecases.facts import EvidenceRecovered, KeyPlace

P = ParamSpec("P")
T = TypeVar("T")

SCHEMA = (
    """
    CREATE TABLE evidence (
        id TEXT PRIMARY KEY,
        incident_id TEXT NOT NULL,
        capture TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sm3 TEXT NOT NULL,
        size INTEGER NOT NULL,
        sealed_key BLOB NOT NULL,
        stored_at TEXT NOT NULL
    );
    CREATE TABLE outbox (
        evidence_id TEXT PRIMARY KEY REFERENCES evidence (id),
        custody TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at TEXT,
        reason TEXT NOT NULL DEFAULT ''
    )
    """,
)
"""Tables of ``vault.sqlite3``; times are ISO 8601 UTC."""

_SUFFIX = ".sealed"
_PART = ".part"


def open_vault_database(folder: Path) -> Database:
    """Return the database that vault and outbox share."""
    return Database(folder / "vault.sqlite3", SCHEMA)


def digests_of(content: bytes) -> Digests:
    """Return SHA-256 and SM3 of ``content``, so that evidence survives either rule."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(content)
    return Digests(sha256=hashlib.sha256(content).hexdigest(), sm3=sm3.finalize().hex(), size=len(content))


class EvidenceVault:
    """``VaultPort`` on files and SQLite. Every item has a key of its own, sealed with the user's."""

    def __init__(self, folder: Path, database: Database, keys: LocalKeys) -> None:
        self._items = folder / "items"
        self._database = database
        self._keys = keys
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")

    def key_place(self) -> KeyPlace:
        """Return where the user's key lies."""
        return self._keys.place

    async def open(self) -> EvidenceRecovered:
        """Throw away half-written files, queue what was being uploaded, report items whose file is gone."""
        present = await self._run(self._list_items)

        def put_right(connection: sqlite3.Connection) -> tuple[int, tuple[EvidenceId, ...], set[str]]:
            known = {row["id"] for row in connection.execute("SELECT id FROM evidence")}
            unfinished = {
                row["evidence_id"]
                for row in connection.execute(
                    "SELECT evidence_id FROM outbox WHERE custody NOT IN (?, ?, ?)",
                    (Custody.VERIFIED, Custody.REJECTED, Custody.CORRUPT),
                )
            }
            lost = tuple(EvidenceId(name) for name in sorted(unfinished - present))
            connection.executemany(
                "UPDATE outbox SET custody = ?, reason = 'file-missing' WHERE evidence_id = ?",
                [(Custody.CORRUPT, name) for name in lost],
            )
            connection.execute(
                "UPDATE outbox SET custody = ? WHERE custody = ?", (Custody.QUEUED, Custody.UPLOADING)
            )
            return len(unfinished) - len(lost), lost, present - known

        waiting, corrupt, strangers = await self._database.run(put_right)
        discarded = await self._run(self._discard, strangers)
        return EvidenceRecovered(waiting=waiting, discarded=discarded, corrupt=corrupt)

    async def store(
        self, evidence_id: EvidenceId, incident_id: IncidentId, capture: Capture, content: bytes
    ) -> Digests:
        """Return the digests once file and rows are on the disk."""
        digests, sealed_key = await self._run(self._write, evidence_id, content)
        row = (
            evidence_id,
            incident_id,
            encode(capture).decode(),
            digests.sha256,
            digests.sm3,
            digests.size,
            sealed_key,
            datetime.now(UTC).isoformat(),
        )

        def insert(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute(
                "INSERT INTO outbox (evidence_id, custody) VALUES (?, ?)", (evidence_id, Custody.CAPTURED)
            )

        await self._database.run(insert)
        return digests

    async def read(self, evidence_id: EvidenceId) -> bytes:
        """Return the original bytes.

        Raises ``evidence-unknown``, ``evidence-locked`` while the key cannot be had, and ``evidence-corrupt``
        when the bytes are not those that were stored.
        """

        def find(connection: sqlite3.Connection) -> sqlite3.Row | None:
            found: sqlite3.Row | None = connection.execute(
                "SELECT sealed_key, sha256 FROM evidence WHERE id = ?", (evidence_id,)
            ).fetchone()
            return found

        row = await self._database.run(find)
        if row is None:
            raise DomainError("evidence-unknown")
        content = await self._run(self._read, evidence_id, row["sealed_key"])
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise DomainError("evidence-corrupt")
        return content

    def close(self) -> None:
        """Wait for the files under way; blocks."""
        self._worker.shutdown(wait=True)

    def _write(self, evidence_id: EvidenceId, content: bytes) -> tuple[Digests, bytes]:
        key = AESGCM.generate_key(bit_length=256)
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + AESGCM(key).encrypt(nonce, content, evidence_id.encode())
        self._items.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._items / f"{evidence_id}{_PART}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        digests = digests_of(content)
        part.rename(self._path(evidence_id))
        _sync_folder(self._items)
        return digests, self._keys.seal(key, evidence_id)

    def _read(self, evidence_id: EvidenceId, sealed_key: bytes) -> bytes:
        try:
            key = self._keys.unseal(sealed_key, evidence_id)
            sealed = self._path(evidence_id).read_bytes()
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], evidence_id.encode())
        except KeyUnavailable:
            raise DomainError("evidence-locked") from None
        except (Unsealable, InvalidTag, ValueError, FileNotFoundError):
            raise DomainError("evidence-corrupt") from None

    def _path(self, evidence_id: EvidenceId) -> Path:
        return self._items / f"{evidence_id}{_SUFFIX}"

    def _list_items(self) -> set[str]:
        return {path.stem for path in self._items.glob(f"*{_SUFFIX}")}

    def _discard(self, strangers: set[str]) -> int:
        """Remove files of items that were never announced; without their key nothing can read them."""
        leftovers = [
            *self._items.glob(f"*{_PART}"),
            *(self._items / f"{name}{_SUFFIX}" for name in strangers),
        ]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, partial(work, *args, **kwargs))


def _sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last; Windows knows no such thing and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
