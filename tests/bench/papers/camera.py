"""What a phone at the roadside makes of a document: a table, a tilt, light, shake and compression."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Severity:
    """How bad it is, each the most: degrees, blur in pixels of 1000, share of light lost, glare, quality."""

    tilt: float
    perspective: float
    blur: float
    dark: float
    glare: float
    noise: float
    quality: tuple[int, int]
    width: tuple[int, int]


SEVERITIES = {
    "mild": Severity(6, 0.03, 0.8, 0.15, 0.25, 3, (80, 95), (1300, 1700)),
    "middle": Severity(16, 0.07, 1.6, 0.45, 0.45, 7, (60, 85), (1100, 1500)),
    "severe": Severity(25, 0.11, 2.8, 0.7, 0.75, 14, (30, 60), (850, 1250)),
}


def photographed(document: Picture, severity: Severity, rng: random.Random) -> bytes:
    """Return a JPEG of the document as a phone sees it."""
    noise = np.random.default_rng(rng.randrange(2**32))
    scene = _laid(document, severity, rng)
    scene = _lit(scene, severity, rng)
    blur = rng.uniform(0.2, 1) * severity.blur * max(scene.shape[:2]) / 1000
    if rng.random() < 0.4:
        length = max(1, round(blur * 3))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), rng.uniform(0, 180), 1)
        shake = np.asarray(cv2.warpAffine(kernel, turn, (length, length)), np.float64)
        scene = np.asarray(cv2.filter2D(scene, -1, shake / max(1e-6, float(shake.sum()))), np.float64)
    else:
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), max(0.1, blur)), np.float64)
    grain = noise.normal(0, rng.uniform(0.3, 1) * severity.noise, scene.shape)
    scene = np.clip(scene + grain, 0, 255).astype(np.uint8)
    quality = rng.randrange(*severity.quality)
    return bytes(cv2.imencode(".jpg", scene, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def _laid(document: Picture, severity: Severity, rng: random.Random) -> npt.NDArray[np.float64]:
    """The document on a table, turned and seen from aside; one time in eight on its side or head."""
    height, width = document.shape[:2]
    wanted = rng.randrange(*severity.width)
    scale = wanted / max(width, height)
    angle = np.radians(rng.uniform(-1, 1) * severity.tilt)
    corners = np.array([(-width, -height), (width, -height), (width, height), (-width, height)]) / 2 * scale
    corners = corners * (1 + np.array([[rng.uniform(-1, 1)] for _ in range(4)]) * severity.perspective)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ spin.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    rim = rng.uniform(0.03, 0.12) * wanted
    size = tuple(int(v) for v in np.ceil(high - low + 2 * rim))
    table = np.array([rng.uniform(40, 190) for _ in range(3)])
    scene = np.tile(table, (size[1], size[0], 1)).astype(np.float64)
    scene += cv2.resize(
        np.random.default_rng(rng.randrange(2**32)).normal(0, 10, (size[1] // 8 + 1, size[0] // 8 + 1, 3)),
        size,
    )
    target = (corners - low + rim).astype(np.float32)
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    move = cv2.getPerspectiveTransform(source, target)
    laid = cv2.warpPerspective(document, move, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), move, size)[:, :, None] / 255.0
    scene = scene * (1 - mask) + laid * mask
    if rng.random() < 0.125:
        scene = np.rot90(scene, rng.randrange(1, 4))
    return np.ascontiguousarray(scene)


def _lit(scene: npt.NDArray[np.float64], severity: Severity, rng: random.Random) -> npt.NDArray[np.float64]:
    """Uneven light, a cast of colour, and a lamp's reflection."""
    height, width = scene.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    slope = (x / width - 0.5) * rng.uniform(-0.4, 0.4) + (y / height - 0.5) * rng.uniform(-0.4, 0.4)
    light = 1 - rng.uniform(0, 1) * severity.dark + slope * min(1.0, severity.dark + 0.2)
    cast = np.array([rng.uniform(0.92, 1.05) for _ in range(3)])
    scene = scene * light[:, :, None] * cast
    if rng.random() < 0.6:
        cx, cy, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0.08, 0.25) * width
        spot = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r)) * rng.uniform(0.3, 1) * severity.glare
        scene = scene + (255 - scene) * spot[:, :, None]
    return np.clip(scene, 0, 255)
