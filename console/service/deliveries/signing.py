"""How both sides of a delivery show that they hold its key, as ``console.contract.delivery_api`` has it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

SKEW_SECONDS = 300
"""How far the clocks of both sides may differ; for twice as long a nonce is remembered."""
SHORTEST_KEY = 32
"""Bytes of a key; a shorter one could be guessed."""

TIMESTAMP = "Kuaichu-Timestamp"
NONCE = "Kuaichu-Nonce"
SIGNATURE = "Kuaichu-Signature"
DIGEST = "Content-Digest"
KEY = "Idempotency-Key"

_NONCE = re.compile(r"[0-9a-f]{32}")
_SECONDS = re.compile(r"[0-9]{1,12}")


class BadSignature(Exception):
    """What came was not signed by whoever holds the key, is too old or was seen before."""


def _signature(key: bytes, *lines: str) -> str:
    text = "".join(f"{line}\n" for line in lines)
    return "hmac-sha256=" + base64.b64encode(hmac.digest(key, text.encode(), "sha256")).decode()


def sha256(body: bytes) -> str:
    """Return the lower-case hexadecimal SHA-256 of ``body``."""
    return hashlib.sha256(body).hexdigest()


def content_digest(body: bytes) -> str:
    """Return the value of ``Content-Digest`` (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def request_headers(
    key: bytes, path: str, delivery_id: str, body: bytes, at: datetime, nonce: str
) -> dict[str, str]:
    """Return the headers that sign a delivery to ``path``."""
    timestamp = str(int(at.timestamp()))
    return {
        KEY: delivery_id,
        TIMESTAMP: timestamp,
        NONCE: nonce,
        DIGEST: content_digest(body),
        SIGNATURE: _signature(key, "kuaichu-request-1", path, delivery_id, timestamp, nonce, sha256(body)),
    }


def answer_headers(key: bytes, nonce: str, status: int, body: bytes) -> dict[str, str]:
    """Return the header that signs an answer to the request that showed ``nonce``."""
    return {SIGNATURE: _signature(key, "kuaichu-answer-1", nonce, str(status), sha256(body))}


def require_answer(key: bytes, nonce: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Raise ``BadSignature`` unless the answer is the key holder's and to this very request."""
    wanted = answer_headers(key, nonce, status, body)[SIGNATURE]
    if not hmac.compare_digest(wanted.encode(), headers.get(SIGNATURE, "").encode()):
        raise BadSignature


class Guard:
    """Checks what comes to a receiver; remembers nonces, within one process, as long as they could serve."""

    def __init__(self, key: bytes, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._clock = clock
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def require(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Raise ``BadSignature`` unless ``body`` was signed for ``path``, just now and for the first time."""
        timestamp, nonce = headers.get(TIMESTAMP, ""), headers.get(NONCE, "")
        signed = _signature(
            self._key, "kuaichu-request-1", path, headers.get(KEY, ""), timestamp, nonce, sha256(body)
        )
        genuine = hmac.compare_digest(signed.encode(), headers.get(SIGNATURE, "").encode())
        whole = hmac.compare_digest(content_digest(body).encode(), headers.get(DIGEST, "").encode())
        if not (genuine and whole and _NONCE.fullmatch(nonce) and _SECONDS.fullmatch(timestamp)):
            raise BadSignature
        now = self._clock().timestamp()
        if abs(now - int(timestamp)) > SKEW_SECONDS:
            raise BadSignature
        with self._lock:
            self._seen = {one: at for one, at in self._seen.items() if now - at <= 2 * SKEW_SECONDS}
            if nonce in self._seen:
                raise BadSignature
            self._seen[nonce] = now
