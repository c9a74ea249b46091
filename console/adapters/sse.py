"""Server-sent events over requests: one connection read in a worker thread, and opening it again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

import requests
from sseclient import SSEClient
from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential_jitter

from console.adapters.http_client import HttpClient, trouble
from console.domain.errors import DomainError
from console.usecases.ports import ServiceUnavailable, StreamLost

SILENCE_S = 25.0
"""The service says something at least every 10 s; longer silence means the connection is dead."""
STOP_S = 5.0

T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """One event of a stream."""

    event: str
    id: str
    data: str


class Connection:
    """One open stream; ``next`` raises ``ServiceUnavailable`` when it breaks or the service ends it."""

    def __init__(self, client: HttpClient, path: str, after: int, silence_s: float) -> None:
        self._client = client
        self._path = path
        self._after = after
        self._silence_s = silence_s
        self._loop = asyncio.get_running_loop()
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._messages: asyncio.Queue[Message | ServiceUnavailable] = asyncio.Queue()
        self._response: requests.Response | None = None
        self._closing = False
        self._lock = threading.Lock()
        self._reading: asyncio.Future[None] | None = None

    @classmethod
    async def open(
        cls, client: HttpClient, workers: Executor, path: str, after: int, silence_s: float = SILENCE_S
    ) -> Connection:
        """Return a connected stream of the events after number ``after``.

        Raises ``DomainError`` when the service refuses and ``ServiceUnavailable`` when it cannot be reached.
        """
        connection = cls(client, path, after, silence_s)
        connection._reading = connection._loop.run_in_executor(workers, connection._read)
        try:
            await connection._opened
        except BaseException:
            await connection.close()
            raise
        return connection

    async def next(self) -> Message:
        """Return the next event; raises ``ServiceUnavailable`` when there will be none."""
        item = await self._messages.get()
        if isinstance(item, ServiceUnavailable):
            raise item
        return item

    async def close(self) -> None:
        """Break the connection and let its thread end."""
        with self._lock:
            self._closing = True
            response = self._response
        if response is not None:
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                response.raw.shutdown()
        if self._reading is not None:
            await asyncio.wait({self._reading}, timeout=STOP_S)

    def _read(self) -> None:
        """Run in a worker thread until the connection ends."""
        try:
            response = self._client.open_stream(
                self._path,
                {"Accept": "text/event-stream", "Last-Event-ID": str(self._after)},
                self._silence_s,
            )
        except (DomainError, ServiceUnavailable) as error:
            self._tell(self._fail, error)
            return
        with response:
            with self._lock:
                self._response = response
                if self._closing:
                    return
            self._tell(self._succeed)
            try:
                for event in SSEClient(response.iter_content(None)).events():
                    self._hand(Message(event=event.event, id=event.id or "", data=event.data))
                self._hand(ServiceUnavailable("ended"))
            except (requests.RequestException, OSError, ValueError) as error:
                self._hand(ServiceUnavailable(trouble(error)))
            finally:
                with self._lock:
                    self._response = None

    def _tell(self, what: Callable[..., None], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody listens any more
            self._loop.call_soon_threadsafe(what, *args)

    def _hand(self, item: Message | ServiceUnavailable) -> None:
        self._tell(self._messages.put_nowait, item)

    def _succeed(self) -> None:
        if not self._opened.done():
            self._opened.set_result(None)

    def _fail(self, error: Exception) -> None:
        if not self._opened.done():
            self._opened.set_exception(error)


async def persistently(open_it: Callable[[], Awaitable[T]]) -> AsyncGenerator[T | StreamLost, None]:
    """Call ``open_it`` until it succeeds; yields ``StreamLost`` for every failure and then its result.

    The pauses grow from half a second to eight. A ``DomainError`` is passed on: asking again will not help.
    """
    async for attempt in AsyncRetrying(
        wait=wait_exponential_jitter(multiplier=0.5, max=8.0, jitter=0.5),
        retry=retry_if_exception_type(ServiceUnavailable),
    ):
        with attempt:
            result = await open_it()
        outcome = attempt.retry_state.outcome
        error = outcome.exception() if outcome is not None and outcome.failed else None
        if isinstance(error, ServiceUnavailable):
            yield StreamLost(reason=error.reason)
        elif error is None:
            yield result
