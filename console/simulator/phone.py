"""The simulated phone: its camera looks at the scene from where it was told to stand, its voice is a tone."""

from __future__ import annotations

import asyncio
import fractions
import time
from collections.abc import Callable

import cv2
import numpy as np
from aiortc.mediastreams import VIDEO_CLOCK_RATE, MediaStreamError, MediaStreamTrack
from av import VideoFrame
from numpy.typing import NDArray

from console.contract.observation import FrameSent
from console.domain.evidence import Slot
from console.media.tracks import VoiceTrack
from console.simulator.observer import PhoneLog
from console.simulator.scene import Facing, SceneCamera
from console.simulator.voice import tone
from console.training.scenario import Flaw, Scenario

RATE = 25.0
"""Pictures a second; a phone makes 30 in good light, 25 leaves a training machine room for the desk."""

Picture = NDArray[np.uint8]


class CameraTrack(MediaStreamTrack):
    """Sends what the camera sees, ``RATE`` times a second; each picture carries its own counter."""

    kind = "video"

    def __init__(self, film: Callable[[], Picture]) -> None:
        super().__init__()
        self._film = film
        self._began = time.monotonic()
        self._due = self._began

    async def recv(self) -> VideoFrame:
        """Return the next picture when it is due; aiortc calls this."""
        if self.readyState != "live":
            raise MediaStreamError
        now = time.monotonic()
        self._due = max(self._due + 1.0 / RATE, now)
        await asyncio.sleep(self._due - now)
        planes = await asyncio.to_thread(self._i420)
        frame = VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts = round((self._due - self._began) * VIDEO_CLOCK_RATE)
        frame.time_base = fractions.Fraction(1, VIDEO_CLOCK_RATE)
        return frame

    def _i420(self) -> Picture:
        return np.asarray(cv2.cvtColor(self._film(), cv2.COLOR_BGR2YUV_I420), np.uint8)


class Phone:
    """Camera, voice and battery of one party. ``hangs`` freezes the camera until the first guidance,
    ``silent`` sends no tone.
    """

    def __init__(
        self, scenario: Scenario, log: PhoneLog, *, silent: bool = False, hangs: bool = False
    ) -> None:
        self._scene = SceneCamera(scenario)
        self._log = log
        self._silent = silent or scenario.faults.microphone_muted
        self._frozen = hangs
        self._last: Picture | None = None
        self._counter = 0
        self._slot = Slot.REAR_PANORAMA
        self._coming = dict(scenario.behaviour.flaws)
        self._flaw: Flaw | None = None
        self.battery = 46 + (scenario.seed or 0) % 40
        self.facing: Facing = "environment"
        self._lit = False
        self.tone_hz = None if self._silent else 400.0 + 20.0 * ((scenario.seed or 0) % 20)

    def camera(self) -> MediaStreamTrack:
        """Return a fresh track of what the camera sees."""
        return CameraTrack(self._film)

    def voice(self) -> MediaStreamTrack:
        """Return a fresh track of the voice."""
        return VoiceTrack(tone(self.tone_hz))

    async def look_at(self, slot: Slot) -> None:
        """Walk to where the slot is seen from; the first view may be spoilt, the next one of it is good."""
        self._frozen = False
        self._slot, self._flaw = slot, self._coming.pop(slot, None)
        await self._look()

    async def spoil(self, flaw: Flaw) -> None:
        """Hold the phone badly until it is next told where to look."""
        self._flaw = flaw
        await self._look()

    async def switch(self, facing: Facing) -> None:
        """Use the other camera."""
        await asyncio.to_thread(self._scene.switch, facing)
        self.facing = facing
        self._lit = False

    @property
    def torch(self) -> bool | None:
        """Whether the light is on; the camera beside the screen has none."""
        return self._lit if self.facing == "environment" else None

    async def light(self, *, on: bool) -> bool:
        """Switch the light: what was too dark is then seen. Return whether there is one."""
        if self.torch is None:
            return False
        self._lit = on
        await self._look()
        return True

    @property
    def _seen_flaw(self) -> Flaw | None:
        return None if self._lit and self._flaw is Flaw.DARK else self._flaw

    async def _look(self) -> None:
        await asyncio.to_thread(self._scene.look_at, self._slot, self._seen_flaw)

    async def still(self, slot: Slot) -> tuple[bytes, int]:
        """Return a full-resolution JPEG of the slot's view and the counter burned into it."""
        self._counter += 1
        mark = self._counter
        flaw = self._seen_flaw if slot is self._slot else None
        return await asyncio.to_thread(self._scene.still, slot, mark, flaw), mark

    def close(self) -> None:
        """Put the phone away."""
        self._last = None

    def _film(self) -> Picture:
        if self._frozen and self._last is not None:
            return self._last
        self._counter += 1
        mark = self._counter
        view, at_ns = self._scene.view, time.monotonic_ns()
        picture = self._scene.frame(mark)
        self._log.write(FrameSent(at_ns=at_ns, mark=mark, view=view))
        self._last = picture
        return picture
