"""HTTPS to the service: one place for trust, tokens, time limits, sizes and what trouble is called."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from tenacity import (
    AsyncRetrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_exponential_jitter,
)
from urllib3.exceptions import HTTPError

from console.contract.codec import DecodeError, decode
from console.contract.problems import Problem
from console.domain.errors import DomainError
from console.usecases.facts import ClockMeasured
from console.usecases.ports import ServiceUnavailable

CONNECT_S = 3.05
WORKERS = 4
"""Requests under way at once; more wait their turn."""
MAX_ANSWER_BYTES = 64 << 20
CHUNK_BYTES = 1 << 16
BUSY = frozenset({502, 503, 504})
CLOCK_SAMPLES = 8
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


T = TypeVar("T")
Renew = Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request. ``path`` begins with ``/v1``; ``repeat`` says that sending it again does no harm,
    ``renew`` that a token which has run out is renewed for it.
    """

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeat: bool = True
    renew: bool = True
    limit_s: float = 10.0


class _SystemTrust(HTTPAdapter):
    """Trusts what the operating system trusts, so that a police network's own CA works."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


class _Bearer(AuthBase):
    """Sends the token; being an ``auth`` of our own it also keeps ``.netrc`` out."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class HttpClient:
    """Sends requests in a bounded pool of threads, each with a session of its own.

    ``ca`` is a PEM file to trust instead of the system's store. A service on loopback is never reached
    through a proxy. Redirects are not followed: the token is for this service alone.
    """

    def __init__(self, base_url: str, ca: Path | None) -> None:
        self._base_url = base_url.rstrip("/")
        self._ca = ca
        self._token = ""
        self._renew: Renew | None = None
        self._renewing = asyncio.Lock()
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="http")
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()
        self._samples: deque[ClockMeasured] = deque(maxlen=CLOCK_SAMPLES)

    def use_token(self, token: str) -> None:
        """Send this bearer token from now on; an empty one sends none."""
        self._token = token

    def renew_with(self, renew: Renew) -> None:
        """Await ``renew`` when the token has run out; it calls ``use_token`` or raises."""
        self._renew = renew

    async def renew(self, token: str) -> None:
        """Have ``token`` replaced, unless that has happened by now; raises ``not-signed-in``."""
        async with self._renewing:
            if self._token != token:
                return
            if self._renew is None or not token:
                raise DomainError("not-signed-in")
            await self._renew()

    def clock(self) -> ClockMeasured | None:
        """Return the most certain of the latest clock measurements."""
        return min(tuple(self._samples), key=lambda sample: sample.uncertainty_ms, default=None)

    async def send(self, ask: Ask) -> bytes:
        """Return the body of a successful answer.

        Raises ``DomainError`` for a problem answer and ``ServiceUnavailable`` for everything else; a request
        that may be repeated is sent up to three times. A token that has run out is renewed on the way.
        """
        if not ask.renew:
            return await self._send_persistently(ask)
        return await self.open_with(partial(self._send_persistently, ask))

    async def open_with(self, open_it: Callable[[], Awaitable[T]]) -> T:
        """Return what ``open_it`` opens; when it is refused for its token, that is renewed and it is called
        again.
        """
        token = self._token
        try:
            return await open_it()
        except DomainError as refusal:
            if refusal.code != "not-signed-in":
                raise
        await self.renew(token)
        return await open_it()

    async def _send_persistently(self, ask: Ask) -> bytes:
        loop = asyncio.get_running_loop()
        answer = b""
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(3 if ask.repeat else 1) | stop_after_delay(ask.limit_s),
            wait=wait_exponential_jitter(multiplier=0.2, max=2.0, jitter=0.2),
            retry=retry_if_exception_type(ServiceUnavailable),
            reraise=True,
        ):
            with attempt:
                answer = await loop.run_in_executor(self._pool, self._send, ask)
        return answer

    def open_stream(self, path: str, headers: Mapping[str, str], silence_s: float) -> requests.Response:
        """Return an open streaming answer; blocks. Reading it fails after ``silence_s`` without a byte."""
        ask = Ask(method="GET", path=path, headers=headers, limit_s=silence_s)
        response = self._request(ask)
        if not response.ok:
            with response:
                self._refuse(response.status_code, self._read(response, time.monotonic() + CONNECT_S))
        return response

    def close(self) -> None:
        """Wait for the requests under way and close every connection; blocks for their limits at most."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for session in self._sessions:
            session.close()

    def _send(self, ask: Ask) -> bytes:
        with self._request(ask) as response:
            body = self._read(response, time.monotonic() + ask.limit_s)
        if not response.ok:
            self._refuse(response.status_code, body)
        return body

    def _request(self, ask: Ask) -> requests.Response:
        sent = datetime.now(UTC)
        try:
            response = self._session().request(
                ask.method,
                self._base_url + ask.path,
                data=ask.body,
                headers=dict(ask.headers),
                auth=_Bearer(self._token),
                timeout=(CONNECT_S, ask.limit_s),
                verify=True if self._ca is None else str(self._ca),
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise ServiceUnavailable(trouble(error)) from error
        self._measure(sent, datetime.now(UTC), response.headers.get("Server-Time", ""))
        return response

    @staticmethod
    def _read(response: requests.Response, deadline: float) -> bytes:
        """Return the body; it is read as it comes, so that one that drips is given up at the deadline."""
        body = bytearray()
        try:
            while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    raise ServiceUnavailable("unreadable")
                if time.monotonic() > deadline:
                    raise ServiceUnavailable("timeout")
        except (requests.RequestException, HTTPError) as error:
            raise ServiceUnavailable(trouble(error)) from error
        return bytes(body)

    @staticmethod
    def _refuse(status: int, body: bytes) -> None:
        if status in BUSY:
            raise ServiceUnavailable("busy")
        if status >= 500:
            raise ServiceUnavailable("fault")
        try:
            problem: Problem = decode(Problem, body)
        except DecodeError:
            raise ServiceUnavailable("unreadable") from None
        raise DomainError(
            problem.code, **{key: value for key, value in problem.params.items() if key != "code"}
        )

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

    def _measure(self, sent: datetime, received: datetime, header: str) -> None:
        try:
            server = datetime.fromisoformat(header)
        except ValueError:
            return
        if server.tzinfo is None:
            return
        half = (received - sent) / 2
        self._samples.append(
            ClockMeasured(
                offset_ms=round((sent + half - server).total_seconds() * 1000),
                uncertainty_ms=round(half.total_seconds() * 1000),
            )
        )


def trouble(error: Exception) -> str:
    """Return the reason of ``ServiceUnavailable`` for a failure on the way."""
    if isinstance(error, requests.exceptions.SSLError):
        return "certificate"
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in str(error).lower():
        return "timeout"
    return "unreachable"
