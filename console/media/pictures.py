"""Decoded pictures on their way out: into the frame ring for the window, into JPEG for evidence."""

from __future__ import annotations

import datetime
import math
import threading
from collections.abc import Callable

import cv2
import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from console.contract.frame_ring import BYTES_PER_PIXEL, SLOT_BYTES, FrameRing
from console.contract.media import MediaError, MediaFault
from console.media.mailbox import DecodedFrame, LatestFrame

STILL_QUALITY = 95
TAKE_SECONDS = 0.5


class FrameFeed:
    """A thread that writes every picture worth showing into the ring, newest first.

    ``on_notice`` is called when the reader has to be woken, ``on_first`` with the first picture written,
    ``on_each`` with every one; all in this thread. A ring has one writer: stop one feed before the next is
    made.
    """

    def __init__(
        self,
        mailbox: LatestFrame,
        ring: FrameRing,
        on_notice: Callable[[], None],
        on_first: Callable[[DecodedFrame], None],
        on_each: Callable[[DecodedFrame], None],
    ) -> None:
        self._on_each = on_each
        self._mailbox = mailbox
        self._ring = ring
        self._on_notice = on_notice
        self._on_first = on_first
        self._thread = threading.Thread(target=self._run, name="frame-feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop writing; returns when the ring is free for another writer."""
        self._mailbox.close()
        self._thread.join()

    def _run(self) -> None:
        first = True
        while not self._mailbox.closed:
            decoded = self._mailbox.take(TAKE_SECONDS)
            if decoded is None:
                continue
            if write_picture(decoded.frame, self._ring, decoded.decoded_at):
                self._on_notice()
            self._on_each(decoded)
            if first:
                first = False
                self._on_first(decoded)


def write_picture(frame: VideoFrame, ring: FrameRing, decoded_at: float) -> bool:
    """Write one picture into the ring as BGRA; true if the reader has to be woken.

    The plain case is one OpenCV conversion straight into the slot (media.md 11). Odd sizes, other pixel
    formats, full-range pictures and those too large for a slot go through the scaler.
    """
    width, height = shown_size(frame.width, frame.height)
    room = np.frombuffer(ring.begin(width, height), np.uint8).reshape(height, width, BYTES_PER_PIXEL)
    plain = frame.format.name == "yuv420p" and frame.color_range != ColorRange.JPEG
    if plain and (width, height) == (frame.width, frame.height) and width % 2 == 0 and height % 2 == 0:
        cv2.cvtColor(frame.to_ndarray(), cv2.COLOR_YUV2BGRA_I420, dst=room)
    else:
        room[:] = frame.reformat(width=width, height=height, format="bgra").to_ndarray()
    return ring.commit(width, height, decoded_at)


def shown_size(width: int, height: int) -> tuple[int, int]:
    """Return the size a picture has in the ring: its own, or the largest like it that fits a slot."""
    excess = width * height * BYTES_PER_PIXEL / SLOT_BYTES
    if excess <= 1:
        return width, height
    scale = 1 / math.sqrt(excess)
    return max(2, int(width * scale) & ~1), max(2, int(height * scale) & ~1)


def encode_still(frame: VideoFrame) -> bytes:
    """Return a picture in full size as JPEG of quality 95. Raises ``MediaError(INTERNAL)``."""
    picture: NDArray[np.uint8] = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
    done, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, STILL_QUALITY])
    if not done:
        raise MediaError(MediaFault.INTERNAL)
    return jpeg.tobytes()


def utc_text(wall: float) -> str:
    """Return seconds since the epoch as ISO 8601 UTC with milliseconds."""
    return datetime.datetime.fromtimestamp(wall, datetime.UTC).isoformat(timespec="milliseconds")
