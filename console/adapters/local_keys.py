"""Keys of this machine's user that keep vault and drafts unreadable for everybody else."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from console.usecases.facts import KeyPlace
from console.usecases.ports import SecretsPort

NONCE_BYTES = 12
ID_BYTES = 8
_NAME = "vault-key"


class KeyUnavailable(Exception):
    """Something was sealed with a key that cannot be had now, such as one in a locked keyring."""


class Unsealable(Exception):
    """Sealed bytes were changed, or are none."""


class LocalKeys:
    """Seals and opens small and large secrets with AES-256-GCM.

    The key lies in the keyring; without one, in a file of mode 0600 beside the data, and ``place`` says so.
    Sealed bytes name their key, so that a keyring which was locked once does no harm.
    """

    def __init__(self, secrets: SecretsPort, folder: Path) -> None:
        self._secrets = secrets
        self._file = folder / "local.key"
        self._keys: dict[bytes, AESGCM] = {}
        self._active = b""
        self.place = KeyPlace.FILE

    async def open(self) -> None:
        """Load every key there is and choose the one for new things, making it at first use."""
        loaded = await asyncio.to_thread(self._read_file)
        if loaded is not None:
            self._use(loaded, KeyPlace.FILE)
        kept = _decoded(await self._secrets.load(_NAME))
        if kept is not None:
            self._use(kept, KeyPlace.KEYRING)
        if self._keys:
            return
        fresh = AESGCM.generate_key(bit_length=256)
        place = await self._secrets.save(_NAME, base64.b64encode(fresh).decode())
        if place is not KeyPlace.KEYRING:
            await self._secrets.delete(_NAME)
            await asyncio.to_thread(self._write_file, fresh)
            place = KeyPlace.FILE
        self._use(fresh, place)

    def seal(self, content: bytes, label: str) -> bytes:
        """Return ``content`` encrypted and bound to ``label``."""
        nonce = os.urandom(NONCE_BYTES)
        return self._active + nonce + self._keys[self._active].encrypt(nonce, content, label.encode())

    def unseal(self, sealed: bytes, label: str) -> bytes:
        """Return what was sealed under ``label``; raises ``KeyUnavailable`` or ``Unsealable``."""
        key = self._keys.get(sealed[:ID_BYTES])
        if key is None:
            raise KeyUnavailable
        nonce, body = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return key.decrypt(nonce, body, label.encode())
        except (InvalidTag, ValueError) as error:
            raise Unsealable from error

    def _use(self, key: bytes, place: KeyPlace) -> None:
        identity = hashlib.sha256(b"local key " + key).digest()[:ID_BYTES]
        self._keys[identity] = AESGCM(key)
        self._active, self.place = identity, place

    def _read_file(self) -> bytes | None:
        return _decoded(self._file.read_text("ascii")) if self._file.exists() else None

    def _write_file(self, key: bytes) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(key))
            file.flush()
            os.fsync(file.fileno())


def _decoded(text: str | None) -> bytes | None:
    """Return the 256-bit key that ``text`` holds, or ``None``."""
    if text is None:
        return None
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == 32 else None
