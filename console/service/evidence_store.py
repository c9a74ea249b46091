"""The evidence folder: bytes go in once, whole, checked and on the disk, or not at all.

Layout: ``FOLDER/ab/cd/ID`` with the first four digits of the id; ``FOLDER/incoming`` holds what is arriving.
An item takes its place by one rename, after its stored bytes were read back and digested.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash
from PIL import Image, UnidentifiedImageError

from console.domain.errors import DomainError
from console.domain.evidence import Digests
from console.domain.ids import EvidenceId, new_id
from console.service.durable import make_folder, sync_folder

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
"""A picture of more pixels is refused before it is decoded: a few kilobytes can name gigabytes."""

_ID = re.compile(r"[0-9a-f]{32}")
_MEDIA_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
"""What Pillow calls a format; some phones write JPEG with a second picture behind it, which is MPO."""
Image.MAX_IMAGE_PIXELS = None  # the lower bound above is checked instead, before anything is decoded
WEBM = "video/webm"
_EBML = b"\x1a\x45\xdf\xa3"
_STALE_SECONDS = 3600.0
_BLOCK = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a stored item was found to be: digests of the bytes read back, and its size in pixels."""

    digests: Digests
    media_type: str
    width: int
    height: int


class EvidenceStore:
    """A folder of items that are never changed and never written twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._placing = threading.Lock()
        self._forget_stale()

    def path(self, evidence_id: EvidenceId) -> Path:
        """Return where an item lies or would lie; raise ``unknown-evidence`` for what is no id."""
        if _ID.fullmatch(evidence_id) is None:
            raise DomainError("unknown-evidence")
        return self._folder / evidence_id[:2] / evidence_id[2:4] / evidence_id

    def receive(self, evidence_id: EvidenceId) -> Intake:
        """Begin to take in an item; use it in a ``with`` block, which forgets whatever was not kept."""
        final = self.path(evidence_id)
        make_folder(self._incoming)
        return Intake(self, final, self._incoming / f"{evidence_id}-{new_id()}")

    def read(self, evidence_id: EvidenceId, digests: Digests) -> bytes:
        """Return the bytes of an item; raise ``evidence-damaged`` when they are not those received."""
        file = self.path(evidence_id)
        if not file.exists() or digests_of(file) != digests:
            raise DomainError("evidence-damaged")
        return file.read_bytes()

    def place(self, arrived: Path, final: Path, digests: Digests) -> None:
        """Give checked bytes their place, for good; raise ``evidence-exists`` when other bytes lie there."""
        make_folder(final.parent)
        with self._placing:
            if final.exists():
                if digests_of(final) != digests:
                    raise DomainError("evidence-exists")
                return
            arrived.replace(final)
        sync_folder(final.parent)

    def try_writing(self) -> None:
        """Put a few bytes on the disk and take them away again; raises ``OSError`` when it cannot be."""
        make_folder(self._incoming)
        tried = self._incoming / f"try-{new_id()}"
        try:
            with tried.open("xb") as file:
                file.write(b"?")
                file.flush()
                os.fsync(file.fileno())
        finally:
            tried.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """Return the room left on the disk of the folder."""
        make_folder(self._folder)
        return shutil.disk_usage(self._folder).free

    def _forget_stale(self) -> None:
        oldest = time.time() - _STALE_SECONDS
        for left in self._incoming.glob("*"):
            if left.stat().st_mtime < oldest:
                left.unlink(missing_ok=True)


class Intake:
    """One item on its way in. Its methods block on the disk: call them from a worker thread."""

    def __init__(self, store: EvidenceStore, final: Path, arriving: Path) -> None:
        self._store = store
        self._final = final
        self._arriving = arriving
        self._file: BinaryIO = arriving.open("xb")
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._arriving.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Append bytes; raise ``body-too-large`` beyond 20 MiB."""
        self._size += len(chunk)
        if self._size > MAX_BYTES:
            raise DomainError("body-too-large", limit=MAX_BYTES)
        self._file.write(chunk)

    def keep(self, announced: Picture | None, sha256: str) -> Picture:
        """Put the bytes on the disk for good and tell what they are.

        ``sha256`` is the sender's digest of this transfer and ``announced`` what was promised before it.
        Raises ``digest-mismatch``, ``not-a-picture``, ``not-a-recording``, ``picture-mismatch`` (another type
        or size than announced) or ``evidence-exists``; nothing is kept then. A segment of a recording is
        known by its head alone: what a party's phone encoded is never decoded here.
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        digests = digests_of(self._arriving)
        if digests.sha256 != sha256 or (announced is not None and digests != announced.digests):
            raise DomainError("digest-mismatch")
        if announced is not None and announced.media_type == WEBM:
            _require_webm(self._arriving)
            self._store.place(self._arriving, self._final, digests)
            return announced
        media_type, width, height = _decoded(self._arriving)
        found = Picture(digests=digests, media_type=media_type, width=width, height=height)
        if announced is not None and found != announced:
            raise DomainError("picture-mismatch")
        self._store.place(self._arriving, self._final, digests)
        return found


def digests_of(file: Path) -> Digests:
    """Return the digests of the bytes in ``file``."""
    sha256, sm3, size = Hash(SHA256()), Hash(SM3()), 0
    with file.open("rb") as stored:
        while block := stored.read(_BLOCK):
            sha256.update(block)
            sm3.update(block)
            size += len(block)
    return Digests(sha256=sha256.finalize().hex(), sm3=sm3.finalize().hex(), size=size)


def _require_webm(file: Path) -> None:
    """Raise ``not-a-recording`` unless the file begins as WebM does (RFC 8794: EBML head with DocType)."""
    with file.open("rb") as stored:
        head = stored.read(64)
    if not head.startswith(_EBML) or b"webm" not in head:
        raise DomainError("not-a-recording")


def _decoded(file: Path) -> tuple[str, int, int]:
    """Decode a JPEG or PNG to its last pixel; return media type, width and height, or ``not-a-picture``."""
    try:
        with Image.open(file, formats=("JPEG", "PNG")) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise DomainError("not-a-picture")
            picture.load()
            return _MEDIA_TYPES[str(picture.format)], width, height
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise DomainError("not-a-picture") from broken
