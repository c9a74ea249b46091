"""Notices when the GUI thread does not come round: the only honest measure of a window that hangs."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

INTERVAL_MS = 10


class Heartbeat(QObject):
    """Ticks every 10 ms on the GUI thread; ``blocked`` tells the longest delay so far in milliseconds and how
    much of it the thread itself was computing.

    The delay counts everything that kept the thread from its timer: our code, Qt's painting, and a machine
    that gave the process no time. The second figure leaves that last part out.
    """

    blocked = Signal(float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self._last = time.monotonic()
        self._computed = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure; called once the window takes input."""
        self._last = time.monotonic()
        self._computed = time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        late_ms = (now - self._last) * 1000 - INTERVAL_MS
        self._last = now
        before, self._computed = self._computed, time.thread_time()
        if late_ms > self.longest_ms:
            self.longest_ms = late_ms
            self.blocked.emit(late_ms, (self._computed - before) * 1000)
