"""Pictures for uploads: seeded, small, and some that are none."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import struct
import zlib

from cryptography.hazmat.primitives.hashes import SM3, Hash
from PIL import Image

from console.domain.evidence import Digests


def picture(seed: int = 1, width: int = 320, height: int = 180, kind: str = "JPEG") -> bytes:
    """Return an encoded picture of noise."""
    noise = random.Random(seed).randbytes(width * height * 3)
    encoded = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(encoded, kind)
    return encoded.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a PNG of a few hundred bytes that claims ``width * height`` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def digests(data: bytes) -> Digests:
    """Return the digests of ``data``, made another way than the service makes them."""
    sm3 = Hash(SM3())
    sm3.update(data)
    return Digests(sha256=hashlib.sha256(data).hexdigest(), sm3=sm3.finalize().hex(), size=len(data))


def content_digest(data: bytes) -> str:
    """Return the ``Content-Digest`` header of ``data`` (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"
