"""The one way in which the service asks a city's own systems over HTTP.

The other side is trusted with nothing: an answer in time and of bounded size, or none.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

CONNECT_S = 3.05
MAX_ANSWER_BYTES = 256 << 10
CHUNK_BYTES = 1 << 14
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NoAnswer(Exception):
    """No usable answer came.

    ``reason`` is ``timeout``, ``unreachable``, ``certificate``, ``busy``, ``fault``, ``refused`` or
    ``unreadable``. Nothing personal stands in the words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """A good answer: its headers (names in any case) and its body."""

    headers: Mapping[str, str]
    body: bytes


class _SystemTrust(HTTPAdapter):
    """Trusts what the operating system trusts, so that a police network's own CA works."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


class _OwnHeaders(AuthBase):
    """Adds nothing; being an ``auth`` of our own it keeps ``.netrc`` out."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Outside:
    """Sends to ``base_url``. ``ca`` is a PEM file to trust instead of the system's store. For any thread."""

    def __init__(self, base_url: str, *, ca: Path | None) -> None:
        self._base_url = base_url.rstrip("/")
        self._ca = ca
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()

    def address(self, path: str) -> str:
        """Return the whole address of ``path``."""
        return self._base_url + path

    def post(self, path: str, body: bytes, headers: Mapping[str, str], deadline: float) -> Answer:
        """Return a 200 answer; it is read as it comes, so that one that drips is given up at ``deadline``
        (of ``time.monotonic``). Raises ``NoAnswer``.
        """
        left = max(deadline - time.monotonic(), 0.05)
        try:
            with self._session().post(
                self.address(path),
                data=body,
                headers={"Content-Type": "application/json", "Accept": "application/json", **headers},
                auth=_OwnHeaders(),
                timeout=(min(CONNECT_S, left), left),
                verify=True if self._ca is None else str(self._ca),
                allow_redirects=False,
                stream=True,
            ) as answer:
                if answer.status_code != requests.codes.ok:
                    raise NoAnswer(_refusal(answer.status_code))
                return Answer(answer.headers, _read(answer, deadline))
        except (requests.RequestException, HTTPError) as error:
            raise NoAnswer(_trouble(error)) from error

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for session in self._sessions:
                session.close()

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            if self._ca is None:
                session.mount("https://", _SystemTrust())
            if urlsplit(self._base_url).hostname in LOOPBACK:
                session.trust_env = False
            self._local.session = session
            with self._lock:
                self._sessions.append(session)
        return session


def require_address(url: str, what: str, *, training: bool) -> None:
    """Raise ``ValueError`` unless ``url`` may be asked: https, or a system of this machine.

    A training service asks this machine only: fictional people must never reach a real system.
    """
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError(f"{what}: the URL must begin with http:// or https://")
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        raise ValueError(f"{what}: another machine is asked over https only")
    if training and address.hostname not in LOOPBACK:
        raise ValueError(f"{what}: a training service asks this machine only")


def _read(answer: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    while chunk := answer.raw.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise NoAnswer("unreadable")
        if time.monotonic() > deadline:
            raise NoAnswer("timeout")
    return bytes(body)


def _refusal(status: int) -> str:
    if status in {408, 429, 502, 503, 504}:
        return "busy"
    return "fault" if status >= 500 else "refused"


def _trouble(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "certificate"
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in str(error).lower():
        return "timeout"
    return "unreachable"
