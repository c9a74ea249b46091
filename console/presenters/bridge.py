"""The one door between the GUI thread and the asyncio thread.

Threading model: ``run`` is called on the GUI thread and hands a coroutine to the loop; its outcome comes back
as a queued signal and is delivered on the GUI thread. ``post`` may be called from any thread and delivers a
callable on the GUI thread in order of arrival. Nothing here waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from console.domain.errors import DomainError
from console.usecases.ports import ServiceUnavailable

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Loop(Protocol):
    """The asyncio thread, as far as the bridge needs it."""

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Start ``coroutine`` on the loop; callable from any thread."""


class Bridge(QObject):
    """Carries work to the loop and outcomes back to the GUI thread, on which it must be created."""

    _delivered = Signal(object)

    def __init__(self, loop: Loop, report: Callable[[Exception], None]) -> None:
        """``report`` is told, on the GUI thread, of every failure that no ``on_error`` took."""
        super().__init__()
        self._loop = loop
        self._report = report
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, act: Callable[[], None]) -> None:
        """Have ``act`` called on the GUI thread soon; callable from any thread."""
        self._delivered.emit(act)

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> Future[T]:
        """Run ``coroutine`` on the loop; exactly one of the callbacks follows on the GUI thread.

        A failure that is neither a refusal nor trouble with the service is also written to the log.
        Cancelling the returned future cancels the work; then neither callback is called, and neither is
        once the loop has ended, at the desk's shutdown.
        """
        try:
            future = self._loop.submit(coroutine)
        except RuntimeError:
            ended: Future[T] = Future()
            ended.cancel()
            return ended

        def finished(done: Future[T]) -> None:
            if done.cancelled():
                return
            error = done.exception()
            if error is None:
                if on_done is not None:
                    value = done.result()
                    self.post(lambda: on_done(value))
            elif isinstance(error, Exception):
                if not isinstance(error, (DomainError, ServiceUnavailable)):
                    logger.error("work failed unexpectedly", exc_info=error)
                self.post(lambda: (on_error or self._report)(error))

        future.add_done_callback(finished)
        return future

    def _deliver(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:
            logger.exception("a presenter failed")
