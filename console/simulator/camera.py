"""The phone's camera: views of the stage, drawn once each, filmed with a steady hand's small tremor."""

from __future__ import annotations

import threading
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from console.domain.evidence import Slot
from console.media.marks import draw_mark
from console.simulator.scene_stage import Shot, Stage
from console.training.scenario import Scenario

Picture = NDArray[np.uint8]
Facing = Literal["environment", "user"]

LIVE_SIZE = (1280, 720)
STILL_SIZE = (2048, 1536)
OVERSAMPLING = 1.5
TREMOR = 6
"""Pixels by which the picture wanders at most."""
BLINK_FRAMES = 13
"""Pictures between a hazard light's on and off: about half a second."""
STILL_QUALITY = 92


class SceneCamera:
    """What a phone sees of one case. Views take up to some seconds to draw, so ``look_at`` and ``still``
    belong on a worker thread; ``frame`` takes a few milliseconds. Safe between threads.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._stage = Stage(scenario)
        self._drawing = threading.Lock()
        self._views: dict[Slot | None, Shot] = {}
        self._slot: Slot = Slot.FRONT_PANORAMA
        self._facing: Facing = "environment"
        self._shot: Shot | None = None

    @property
    def view(self) -> str:
        """What the camera looks at: a slot's name, or ``selfie``."""
        return "selfie" if self._facing == "user" else self._slot.value

    def look_at(self, slot: Slot) -> None:
        """Walk to where ``slot`` is seen from."""
        shot = self._view(slot)
        self._slot, self._shot, self._facing = slot, shot, "environment"

    def switch(self, facing: Facing) -> None:
        """Use the front or the back camera."""
        shot = self._view(None if facing == "user" else self._slot)
        self._shot, self._facing = shot, facing

    def frame(self, counter: int) -> Picture:
        """Return the picture of this moment with ``counter`` burned in: (720, 1280, 3) BGR."""
        shot = self._shot
        if shot is None:
            self.look_at(self._slot)
            return self.frame(counter)
        source = shot.other if counter // BLINK_FRAMES % 2 else shot.rest
        dx = round(TREMOR * np.sin(counter * 0.21))
        dy = round(TREMOR * np.sin(counter * 0.13 + 1.0))
        picture = np.ascontiguousarray(np.roll(source, (dy, dx), axis=(0, 1)))
        draw_mark(picture, counter)
        return picture

    def still(self, slot: Slot, counter: int) -> bytes:
        """Return the view of ``slot`` drawn at the sensor's full size as JPEG, ``counter`` burned in."""
        with self._drawing:
            picture = self._stage.shot(slot, STILL_SIZE, 1.0).rest.copy()
        draw_mark(picture, counter)
        done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, STILL_QUALITY])
        if not done:
            raise RuntimeError("the picture could not be compressed")
        return data.tobytes()

    def _view(self, slot: Slot | None) -> Shot:
        with self._drawing:
            if slot not in self._views:
                self._views[slot] = (
                    self._stage.selfie(LIVE_SIZE)
                    if slot is None
                    else self._stage.shot(slot, LIVE_SIZE, OVERSAMPLING)
                )
            return self._views[slot]
