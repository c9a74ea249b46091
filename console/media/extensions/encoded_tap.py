"""Hands on what a receiver got before it is decoded, and lets it ask the sender for a key frame.

Touches ``_RTCRtpReceiver__decoder_queue`` and ``_RTCRtpReceiver__decoder_error`` of one
``aiortc.RTCRtpReceiver``: the queue's entries are seen as they go in, and a set error makes the receiver send
a picture loss indication (RFC 4585, 6.3.1) with the next packet, as it does for pictures it cannot decode.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from aiortc import RTCRtpReceiver

_QUEUE, _ERROR = "_RTCRtpReceiver__decoder_queue", "_RTCRtpReceiver__decoder_error"

Encoded = Callable[[str, bytes, int], None]
"""Gets codec name in lower case, the encoded frame and its time stamp in units of the codec's clock."""


class _TappedQueue(queue.Queue[Any]):
    def __init__(self, on_encoded: Encoded) -> None:
        super().__init__()
        self._on_encoded = on_encoded

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        super().put(item, block, timeout)
        if item is not None:
            codec, frame = item
            self._on_encoded(codec.name.lower(), frame.data, frame.timestamp)


def tap(receiver: RTCRtpReceiver, on_encoded: Encoded) -> None:
    """Let ``on_encoded`` see every encoded frame of a receiver that has not begun; it must not block."""
    vars(receiver)[_QUEUE] = _TappedQueue(on_encoded)


def request_key_frame(receiver: RTCRtpReceiver) -> None:
    """Ask the sender for a whole picture; from any thread."""
    wanted: threading.Event = vars(receiver)[_ERROR]
    wanted.set()
