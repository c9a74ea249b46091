"""The film that a real browser's camera plays: every picture of it is known by the counter burned into it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from console.domain.evidence import Slot, required_slots
from console.launcher.demo.steps_evidence import STILL_SLOT
from console.simulator.scene_files import write_fake_camera
from console.training.scenario import Scenario

FPS = 30
"""Chromium plays motion JPEG at this rate."""
SECONDS_A_VIEW = 3

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Film:
    """Motion JPEG that goes through ``views``, one after another, for ever."""

    path: Path
    views: tuple[Slot, ...]

    @classmethod
    def shoot(cls, path: Path, case: Scenario) -> Film:
        """Film every required slot of a case and the caller's face, the first one again at the end, where the
        film starts over.

        What comes after the slot of the still is seen twice as long: a still takes longer than a snapshot.
        """
        slots = required_slots(case.form)
        after_still = slots.index(STILL_SLOT) + 1
        views = (*slots[:after_still], slots[after_still], *slots[after_still:], Slot.DRIVER_A_FACE, slots[0])
        write_fake_camera(path, case, len(views) * SECONDS_A_VIEW, FPS, views)
        return cls(path, views)

    @cached_property
    def frames(self) -> tuple[bytes, ...]:
        """The JPEG of each picture; its place is its counter."""
        # No byte of a JPEG's inside looks like the end of one and the start of the next.
        pieces = self.path.read_bytes().split(b"\xff\xd9\xff\xd8")
        whole = [b"\xff\xd8" * (n > 0) + piece for n, piece in enumerate(pieces)]
        return tuple(piece + b"\xff\xd9" * (n < len(pieces) - 1) for n, piece in enumerate(whole))

    def view(self, counter: int) -> Slot:
        """What the picture with this counter looks at."""
        return self.views[counter * len(self.views) // len(self.frames)]

    def picture(self, counter: int) -> Picture:
        """The picture as a receiver without loss would see it, ``(height, width, 3)`` BGR.

        JPEG uses the full range of levels; Chromium's file camera hands them on as the narrower range of
        video. That is the browser's doing before anything is sent, so it is done here too.
        """
        (picture,) = av.CodecContext.create("mjpeg", "r").decode(av.Packet(self.frames[counter]))
        planes = np.asarray(picture.to_ndarray(), np.uint8)
        return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2BGR_I420), np.uint8)


def likeness_db(received: Picture, sent: Picture) -> float:
    """Peak signal-to-noise ratio of two pictures of one size, in dB."""
    return float(cv2.PSNR(received, sent))
