"""Wakes whoever waits for something new. It only wakes and never carries: the news stand in the database."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung from any thread, heard on the service's event loop.

    A listener takes ``turn`` *before* it looks at the database and waits on that turn afterwards, so that
    nothing rung in between is missed. Once ``close`` is called every stream ends.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self.turn = asyncio.Event()
        self.closed = False

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Bind to the loop on which listeners wait."""
        self._loop = loop

    def ring(self) -> None:
        """Wake every listener; callable from any thread, and without effect before ``open``."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._next_turn)

    def close(self) -> None:
        """Tell every listener to end; callable from any thread."""
        self.closed = True
        self.ring()

    def _next_turn(self) -> None:
        rung, self.turn = self.turn, asyncio.Event()
        rung.set()


async def rung(turn: asyncio.Event, seconds: float) -> bool:
    """Wait until ``turn`` is rung; ``False`` after ``seconds`` of silence."""
    try:
        async with asyncio.timeout(seconds):
            await turn.wait()
    except TimeoutError:
        return False
    return True
