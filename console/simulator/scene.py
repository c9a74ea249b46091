"""The camera of a simulated phone: live pictures of the scene and full-resolution stills, each with its mark.

Nothing here knows the network. The frame mark in the top left row tells every picture apart, so that what
arrives at the desk can be proved to be what was sent (`console.contract.frame_mark`).
"""

from __future__ import annotations

import math
import threading
from functools import lru_cache
from typing import Literal

import cv2

from console.domain.evidence import Slot
from console.media.marks import draw_mark
from console.simulator.scene_flaws import spoiled
from console.simulator.scene_space import Picture
from console.simulator.scene_stage import Shot, Stage
from console.training.scenario import Flaw, Scenario

LIVE_SIZE = (1280, 720)
STILL_SIZE = (1920, 1440)
LIVE_OVERSAMPLING = 1.5
STILL_OVERSAMPLING = 1.25
STILL_QUALITY = 92
SHAKE = (16, 10)
"""How far the hand may move the picture each way, in pixels."""
BLINK_FRAMES = 13
"""Frames between the two states of a view: hazard lamps blink about 70 times a minute."""
KEPT_VIEWS = 4

Facing = Literal["environment", "user"]


class SceneCamera:
    """What the phone of the calling party films. Same scenario, size, view and counter: same bytes.

    `look_at`, `switch` and `still` draw for some seconds and belong on a worker thread; `frame` is cheap and
    may be called meanwhile from another: the former view is filmed until the new one is drawn.
    """

    def __init__(self, scenario: Scenario, size: tuple[int, int] = LIVE_SIZE) -> None:
        """Stand behind the last car. `size` is (width, height) in pixels; draws the first view."""
        self.size = size
        self._stage = Stage(scenario)
        self._drawing = threading.Lock()
        self._live = lru_cache(KEPT_VIEWS)(self._drawn)
        self._slot = Slot.REAR_PANORAMA
        self._facing: Facing = "environment"
        self._filmed = (self._slot.value, self._live(self._slot))

    @property
    def view(self) -> str:
        """What is filmed now: a slot's name, or `selfie`."""
        return self._filmed[0]

    def look_at(self, slot: Slot, flaw: Flaw | None = None) -> None:
        """Go where the picture for `slot` is taken and film it, with `flaw`, if the main camera is on."""
        self._slot = slot
        if self._facing == "environment":
            shot = self._live(slot)
            bad = shot if flaw is None else Shot(spoiled(shot.rest, flaw), spoiled(shot.other, flaw))
            self._filmed = (slot.value, bad)

    def switch(self, facing: Facing) -> None:
        """Use the main camera (`environment`) or the one beside the screen (`user`)."""
        self._facing = facing
        slot = None if facing == "user" else self._slot
        self._filmed = ("selfie" if slot is None else slot.value, self._live(slot))

    def frame(self, counter: int) -> Picture:
        """The live picture number `counter`, BGR (height, width, 3), with its mark; the caller owns it."""
        shot = self._filmed[1]
        width, height = self.size
        left, top = _shake(counter)
        base = shot.rest if counter // BLINK_FRAMES % 2 else shot.other
        picture: Picture = base[top : top + height, left : left + width].copy()
        draw_mark(picture, counter)
        return picture

    def still(self, slot: Slot, counter: int, flaw: Flaw | None = None) -> bytes:
        """A JPEG of `STILL_SIZE` drawn at that size from where `slot` is taken, with the mark `counter`."""
        with self._drawing:
            picture = self._stage.still(slot, STILL_SIZE, STILL_OVERSAMPLING)
        if flaw is not None:
            picture = spoiled(picture, flaw)
        draw_mark(picture, counter)
        done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, STILL_QUALITY])
        if not done:
            raise OSError("the picture could not be encoded")
        return data.tobytes()

    def _drawn(self, slot: Slot | None) -> Shot:
        """The view of `slot`, or the front camera's without one, with room for the hand to shake."""
        size = (self.size[0] + 2 * SHAKE[0], self.size[1] + 2 * SHAKE[1])
        with self._drawing:
            if slot is None:
                return self._stage.selfie(size)
            return self._stage.shot(slot, size, LIVE_OVERSAMPLING)


def _shake(counter: int) -> tuple[int, int]:
    """Left and top edge of the picture within the larger one that was drawn: the sway of a hand."""
    slow, fast = counter * 0.061, counter * 0.187
    across = 0.7 * math.sin(slow) + 0.3 * math.sin(fast + 1.0)
    down = 0.7 * math.sin(slow * 0.83 + 2.0) + 0.3 * math.sin(fast * 1.3)
    return round(SHAKE[0] * (1 + across)), round(SHAKE[1] * (1 + down))
