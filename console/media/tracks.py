"""Tracks that send: a picture that may change at any time, and voice from a clock or from a device.

All samples are 16-bit mono at 48 kHz. Tracks are made inside the event loop that will send them.
"""

from __future__ import annotations

import asyncio
import contextlib
import fractions
import time
from collections.abc import Callable

import cv2
import numpy as np
from aiortc.mediastreams import VIDEO_CLOCK_RATE, MediaStreamError, MediaStreamTrack
from av import AudioFrame, VideoFrame
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
FRAME_SAMPLES = 960
"""One Opus frame: 20 ms."""
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE
QUEUED_FRAMES = 5
SILENCE_AFTER_S = 0.06


class PictureTrack(MediaStreamTrack):
    """Sends every picture at once when it is shown, like a camera; nothing before the first picture.

    ``rate`` (per second, may be changed at any time) is what is expected: pictures that come more than twice
    as fast are skipped, and one that stays is repeated at half of it, so that a late viewer sees it too.
    ``sent`` counts pictures given to the encoder.
    """

    kind = "video"

    def __init__(self, rate: float = 15.0) -> None:
        super().__init__()
        self._home = asyncio.get_running_loop()
        self._fresh = asyncio.Event()
        self._picture: NDArray[np.uint8] | None = None
        self._origin = self._sent_at = time.monotonic()
        self.rate = rate
        self.sent = 0

    def show(self, picture: NDArray[np.uint8]) -> None:
        """Replace the picture: ``(height, width, 3)`` BGR; odd sizes lose their last line or column.

        May be called from any thread; the conversion is done here, off the event loop.
        """
        height, width = picture.shape[0] & ~1, picture.shape[1] & ~1
        self._picture = np.asarray(
            cv2.cvtColor(np.ascontiguousarray(picture[:height, :width]), cv2.COLOR_BGR2YUV_I420), np.uint8
        )
        self._home.call_soon_threadsafe(self._fresh.set)

    def hide(self) -> None:
        """Send nothing until the next ``show``; event loop thread only."""
        self._picture = None

    async def recv(self) -> VideoFrame:
        """Return the next picture to send; aiortc calls this."""
        if self.readyState != "live":
            raise MediaStreamError
        await asyncio.sleep(self._sent_at + 0.5 / self.rate - time.monotonic())
        picture = None
        while picture is None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if self._picture is None else 2.0 / self.rate):
                    await self._fresh.wait()
            self._fresh.clear()
            picture = self._picture
        self._sent_at = time.monotonic()
        frame = VideoFrame.from_ndarray(picture, format="yuv420p")
        frame.pts = round((self._sent_at - self._origin) * VIDEO_CLOCK_RATE)
        frame.time_base = fractions.Fraction(1, VIDEO_CLOCK_RATE)
        self.sent += 1
        return frame


class VoiceTrack(MediaStreamTrack):
    """Sends voice made on demand, in real time: ``source(n)`` returns the next ``n`` samples."""

    kind = "audio"

    def __init__(self, source: Callable[[int], NDArray[np.int16]]) -> None:
        super().__init__()
        self._source = source
        self._started: float | None = None
        self._samples = 0

    async def recv(self) -> AudioFrame:
        """Return the next 20 ms when they are due; aiortc calls this."""
        if self.readyState != "live":
            raise MediaStreamError
        now = time.monotonic()
        if self._started is None:
            self._started = now
        await asyncio.sleep(self._started + self._samples / SAMPLE_RATE - now)
        frame = audio_frame(self._source(FRAME_SAMPLES), self._samples)
        self._samples += FRAME_SAMPLES
        return frame


class DeviceTrack(MediaStreamTrack):
    """Sends what a sound device delivers, on the device's own clock; silence while it delivers nothing."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._home = asyncio.get_running_loop()
        self._queue: asyncio.Queue[NDArray[np.int16]] = asyncio.Queue(QUEUED_FRAMES)
        self._silent = True
        self._samples = 0

    def push(self, samples: NDArray[np.int16]) -> None:
        """Add 20 ms (``FRAME_SAMPLES``) from any thread; the oldest are dropped when sending is late."""
        self._home.call_soon_threadsafe(self._enqueue, samples)

    def _enqueue(self, samples: NDArray[np.int16]) -> None:
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(samples)

    async def recv(self) -> AudioFrame:
        """Return the next 20 ms; aiortc calls this."""
        if self.readyState != "live":
            raise MediaStreamError
        patience = FRAME_SECONDS if self._silent else SILENCE_AFTER_S
        try:
            async with asyncio.timeout(patience):
                samples = await self._queue.get()
            self._silent = False
        except TimeoutError:
            samples = np.zeros(FRAME_SAMPLES, np.int16)
            self._silent = True
        frame = audio_frame(samples, self._samples)
        self._samples += FRAME_SAMPLES
        return frame


def audio_frame(samples: NDArray[np.int16], pts: int) -> AudioFrame:
    """Wrap mono samples in a frame that starts at sample number ``pts``."""
    frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    frame.pts = pts
    frame.time_base = fractions.Fraction(1, SAMPLE_RATE)
    return frame
