"""A small party for tests of media: a phone that sends a numbered picture and a tone, and listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import TracebackType

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from console.contract.media import PeerState
from console.contract.network import TRAINING_ADDRESSES
from console.media.marks import draw_mark
from console.media.peer import Peer
from console.media.sound import SoundMeter
from console.media.tracks import SAMPLE_RATE, PictureTrack, VoiceTrack

RATE = 20.0


def scene(width: int, height: int) -> NDArray[np.uint8]:
    """Return a picture with edges, colours and a smooth part."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack((x * 255 // width, y * 255 // height, (x + y) % 256), axis=-1).astype(np.uint8)
    cv2.circle(picture, (width // 2, height // 2), height // 4, (40, 200, 240), -1)
    return picture


class Party:
    """The phone's side of one attempt; ``counter`` is the number drawn last, ``drawn_at`` when."""

    def __init__(self, width: int = 640, height: int = 360, tone_hz: float = 0.0, rate: float = RATE) -> None:
        self.size = (width, height)
        self.counter = 0
        self.drawn_at: dict[int, float] = {}
        self.heard = SoundMeter()
        self.controls: list[str] = []
        self._tone_hz = tone_hz
        self._period = 1 / rate
        self._samples = 0
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._picture = PictureTrack(rate=rate)
        self.peer = Peer(
            addresses=TRAINING_ADDRESSES,
            audio=VoiceTrack(self._speak),
            video=self._picture,
            on_audio=self._hear,
            on_control=self.controls.append,
        )
        self._filming: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Party:
        self._filming = asyncio.create_task(self._film())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._filming is not None:
            self._filming.cancel()
            await asyncio.gather(self._filming, return_exceptions=True)
        await self.peer.close()

    @property
    def connected(self) -> bool:
        """Whether the peer is connected now."""
        return self.peer.state is PeerState.CONNECTED

    async def _film(self) -> None:
        backgrounds: dict[tuple[int, int], NDArray[np.uint8]] = {}
        while True:
            if self.size not in backgrounds:
                backgrounds[self.size] = scene(*self.size)
            picture = backgrounds[self.size].copy()
            self.counter += 1
            draw_mark(picture, self.counter)
            self.drawn_at[self.counter] = time.monotonic()
            self._picture.show(picture)
            await asyncio.sleep(self._period)

    def _speak(self, count: int) -> NDArray[np.int16]:
        phase = np.arange(self._samples, self._samples + count) * (2 * np.pi * self._tone_hz / SAMPLE_RATE)
        self._samples += count
        return np.asarray(12_000 * np.sin(phase), np.int16)

    def _hear(self, frame: av.AudioFrame) -> None:
        for piece in self._resampler.resample(frame):
            self.heard.add(piece.to_ndarray().reshape(-1).astype(np.int16, copy=False))


async def until(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until the condition holds and return how long that took; fail after ``seconds``."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"{what}: not within {seconds} s")
        await asyncio.sleep(0.02)
    return time.monotonic() - started
