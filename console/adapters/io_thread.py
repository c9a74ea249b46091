"""The one thread that waits for everything, so that the window never does."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

START_S = 10.0


class IoThread:
    """An asyncio loop in a thread of its own.

    ``submit`` may be called from any thread; everything else a coroutine touches belongs to the loop. On
    Windows it is the selector loop, which alone carries UDP there.
    """

    def __init__(self, name: str = "io") -> None:
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._ready = threading.Event()

    def start(self) -> None:
        """Start the thread; returns when the loop takes work."""
        self._thread.start()
        if not self._ready.wait(START_S):
            raise RuntimeError("the loop's thread did not start")

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run ``coroutine`` on the loop; cancelling the future cancels it. Raises after ``stop``."""
        if self._loop is None or self._loop.is_closed():
            coroutine.close()
            raise RuntimeError("the loop has ended")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def stop(self, seconds: float = 10.0) -> bool:
        """Cancel what still runs, wait for its end and end the thread; tell whether that worked in time."""
        if self._loop is not None and self._ended is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        factory = asyncio.SelectorEventLoop if sys.platform == "win32" else asyncio.new_event_loop
        with asyncio.Runner(loop_factory=factory) as runner:
            self._loop = runner.get_loop()
            self._ended = asyncio.Event()
            self._ready.set()
            runner.run(self._wait(self._ended))

    @staticmethod
    async def _wait(ended: asyncio.Event) -> None:
        await ended.wait()
