"""The party's signals of one call, from the first, through every break of the line."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from console.adapters.event_feed import AGAIN_S
from console.adapters.http_client import HttpClient
from console.adapters.sse import SILENCE_S, Connection, persistently
from console.contract.codec import DecodeError, decode
from console.contract.desk_api import Signal
from console.domain.ids import CallId
from console.usecases.ports import NumberedSignal, ServiceUnavailable, SignalItem, StreamLost, StreamOpened

logger = logging.getLogger(__name__)


class SignalFeed:
    """``SignalFeedPort`` over server-sent events."""

    def __init__(
        self, client: HttpClient, workers: ThreadPoolExecutor, *, silence_s: float = SILENCE_S
    ) -> None:
        self._client = client
        self._workers = workers
        self._silence_s = silence_s

    async def follow(self, call_id: CallId) -> AsyncGenerator[SignalItem, None]:
        """Yield every signal of the call once; one that cannot be read is left out."""
        after = 0
        path = f"/v1/calls/{call_id}/signals"
        while True:
            connection: Connection | None = None
            async with contextlib.aclosing(persistently(partial(self._open, path, after))) as steps:
                async for step in steps:
                    if isinstance(step, StreamLost):
                        yield step
                    else:
                        connection = step
            if connection is None:
                return
            try:
                yield StreamOpened()
                while True:
                    message = await connection.next()
                    after = int(message.id)
                    try:
                        signal: Signal = decode(Signal, message.data)
                    except DecodeError as error:
                        logger.warning("a party's signal cannot be read: %s", error)
                        continue
                    yield NumberedSignal(number=after, signal=signal)
            except (ServiceUnavailable, ValueError) as error:
                yield StreamLost(
                    reason=error.reason if isinstance(error, ServiceUnavailable) else "unreadable"
                )
            finally:
                await connection.close()
            await asyncio.sleep(AGAIN_S)

    async def _open(self, path: str, after: int) -> Connection:
        open_it = partial(Connection.open, self._client, self._workers, path, after, self._silence_s)
        return await self._client.open_with(open_it)
