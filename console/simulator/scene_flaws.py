"""Views that are no good, as phones in unsteady hands make them: blurred, dark, tilted, with glare."""

from __future__ import annotations

import cv2
import numpy as np

from console.simulator.scene_space import Picture, soft
from console.training.scenario import Flaw

BLUR = 70
"""Heights of the picture that one standard deviation of the blur goes into."""
DARKNESS = 0.16
TILT_DEGREES = 17.0
GLARE_PLACE = (0.52, 0.46)
"""Where the light is mirrored, in widths and heights of the picture."""


def spoiled(picture: Picture, flaw: Flaw) -> Picture:
    """The view with ``flaw``; the same size."""
    height, width = picture.shape[:2]
    match flaw:
        case Flaw.BLURRED:
            return soft(picture, height / BLUR)
        case Flaw.DARK:
            noise = np.random.default_rng(height).normal(0, 3.0, picture.shape)
            dim: Picture = np.clip(picture * DARKNESS + noise, 0, 255).astype(np.uint8)
            return dim
        case Flaw.TILTED:
            way = cv2.getRotationMatrix2D((width / 2, height / 2), TILT_DEGREES, 1.0)
            turned = cv2.warpAffine(picture, way, (width, height), borderMode=cv2.BORDER_REPLICATE)
            return np.asarray(turned, np.uint8)
        case Flaw.GLARE:
            rows, columns = np.mgrid[0:height, 0:width]
            across = (columns - width * GLARE_PLACE[0]) / (width * 0.20)
            down = (rows - height * GLARE_PLACE[1]) / (height * 0.16)
            light = np.exp(-(across**2 + down**2))[:, :, None] * 330
            bright: Picture = np.clip(picture + light, 0, 255).astype(np.uint8)
            return bright
