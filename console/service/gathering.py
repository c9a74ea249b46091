"""Questions that many requests ask at once, asked together: what comes meanwhile waits for the next time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from anyio.to_thread import run_sync

Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Gathering(Generic[Asked, Found]):
    """Calls ``together`` on a worker thread with all that wait; it returns what was found for each, in order.

    On one event loop.
    """

    def __init__(self, together: Callable[[Sequence[Asked]], Sequence[Found]]) -> None:
        self._together = together
        self._waiting: list[tuple[Asked, asyncio.Future[Found]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def one(self, asked: Asked) -> Found:
        """Return what was found for ``asked`` by a look that began after this call.

        Raises what that look raised.
        """
        found: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, found))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await found

    async def _ask(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                outcome = await run_sync(self._look, [asked for asked, _ in batch])
                for place, (_, found) in enumerate(batch):
                    if found.done():  # whoever asked has gone
                        continue
                    if isinstance(outcome, Exception):
                        found.set_exception(outcome)
                    else:
                        found.set_result(outcome[place])
        finally:
            self._asking = None

    def _look(self, asked: Sequence[Asked]) -> Sequence[Found] | Exception:
        try:
            return self._together(asked)
        except Exception as error:
            return error
