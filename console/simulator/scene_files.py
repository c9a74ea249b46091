"""Films and sounds as files: what a browser's fake camera and fake microphone play."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import cv2

from console.domain.evidence import Slot
from console.media.tracks import SAMPLE_RATE
from console.simulator.scene import SceneCamera
from console.simulator.voice import tone
from console.training.scenario import Scenario

FILM_QUALITY = 55
FILM_VIEWS = (Slot.REAR_PANORAMA, Slot.FRONT_PANORAMA, Slot.CONTACT_A, Slot.PLATE_A)


def write_fake_camera(
    path: Path, scenario: Scenario, seconds: float, fps: int = 30, views: Sequence[Slot] = FILM_VIEWS
) -> None:
    """Write motion JPEG at 1280 x 720 that goes through `views`; the counter in its mark runs from 0.

    For Chromium's `--use-file-for-fake-video-capture`, which plays the file (name ends in .mjpeg) for ever at
    the file's own rate. About 2 MB a second; each view takes a second or two to draw.
    """
    camera = SceneCamera(scenario)
    count = round(seconds * fps)
    with path.open("wb") as file:
        for counter in range(count):
            view = views[counter * len(views) // count]
            if view.value != camera.view:
                camera.look_at(view)
            done, data = cv2.imencode(".jpg", camera.frame(counter), [cv2.IMWRITE_JPEG_QUALITY, FILM_QUALITY])
            if not done:
                raise OSError("the picture could not be encoded")
            file.write(data.tobytes())


def write_fake_microphone(path: Path, hz: float, seconds: float) -> None:
    """Write a mono WAV of a tone for Chromium's `--use-file-for-fake-audio-capture`."""
    source = tone(hz)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(source(round(seconds * SAMPLE_RATE)).astype("<i2").tobytes())
