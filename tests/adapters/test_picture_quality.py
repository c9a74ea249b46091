"""Pictures are judged by what they show: views of the training town, good ones and spoiled ones."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from console.adapters.picture_quality import PictureFault, fault_of
from console.domain.evidence import Slot
from console.simulator.scene import SceneCamera
from console.training.library import load_named
from console.training.scenario import Flaw
from console.training.seeding import seeded

SCENARIOS = Path(__file__).parents[2] / "resources" / "scenarios"
SLOTS = (Slot.REAR_PANORAMA, Slot.PLATE_A, Slot.CONTACT_B, Slot.MARKINGS, Slot.VEHICLE_LICENCE_A)


@pytest.fixture(scope="module")
def camera() -> SceneCamera:
    """A phone at a rear-end collision."""
    return SceneCamera(seeded(load_named(SCENARIOS, "rear_end"), 3))


def seen(camera: SceneCamera, slot: Slot, flaw: Flaw | None = None) -> bytes:
    """What the phone films there, encoded as the desk takes it."""
    camera.look_at(slot, flaw)
    return cv2.imencode(".jpg", camera.frame(7), [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


@pytest.mark.parametrize("slot", SLOTS)
def test_a_steady_view_is_good_and_a_spoiled_one_says_why(camera: SceneCamera, slot: Slot) -> None:
    assert fault_of(seen(camera, slot)) is None
    assert fault_of(seen(camera, slot, Flaw.TILTED)) is None
    assert fault_of(seen(camera, slot, Flaw.BLURRED)) is PictureFault.BLURRED
    assert fault_of(seen(camera, slot, Flaw.DARK)) is PictureFault.DARK


def test_a_washed_out_picture_is_overexposed(camera: SceneCamera) -> None:
    camera.look_at(Slot.REAR_PANORAMA)
    washed = np.clip(camera.frame(7).astype(np.float32) * 4, 0, 255).astype(np.uint8)
    assert fault_of(cv2.imencode(".jpg", washed)[1].tobytes()) is PictureFault.GLARING


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 not a picture"])
def test_what_is_no_picture_is_not_judged(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        fault_of(content)
