"""The last seconds of a call, kept thinly: what an officer saw a moment too late can still be taken."""

from __future__ import annotations

import threading
from collections import deque

import cv2
import numpy as np

from console.domain.ids import CallId
from console.media.mailbox import DecodedFrame

SECONDS = 10.0
EVERY_S = 0.5
"""One picture each half second: twenty of them, 28 MB at 1280 × 720, and no more however long the call is."""


class Recall:
    """Holds the pictures of one call, over all its connections; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: deque[tuple[int, DecodedFrame]] = deque(maxlen=round(SECONDS / EVERY_S))
        self._call_id: CallId | None = None

    def begin(self, call_id: CallId) -> None:
        """Another connection of ``call_id`` begins; the pictures of any other call are forgotten."""
        with self._lock:
            if call_id != self._call_id:
                self._call_id = call_id
                self._kept.clear()

    def forget(self) -> None:
        """The call is over."""
        with self._lock:
            self._call_id = None
            self._kept.clear()

    def keep(self, attempt: int, decoded: DecodedFrame) -> None:
        """Keep this picture if the one before is old enough."""
        with self._lock:
            if not self._kept or decoded.decoded_at - self._kept[-1][1].decoded_at >= EVERY_S:
                self._kept.append((attempt, decoded))

    def sharpest(self) -> tuple[int, DecodedFrame] | None:
        """Return attempt and picture of the sharpest one kept; ``None`` if there is none.

        Pictures older than ``SECONDS`` before the newest do not count: a break in between is no scene.
        """
        with self._lock:
            kept = list(self._kept)
        if not kept:
            return None
        since = kept[-1][1].decoded_at - SECONDS
        return max((item for item in kept if item[1].decoded_at >= since), key=_sharpness)


def _sharpness(item: tuple[int, DecodedFrame]) -> float:
    """Variance of the second derivative of the brightness, the usual measure of focus."""
    luma = np.asarray(item[1].frame.to_ndarray(format="gray"), np.uint8)
    return float(cv2.Laplacian(luma, cv2.CV_32F).var())
