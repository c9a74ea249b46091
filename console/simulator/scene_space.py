"""Space of the scene: a pinhole camera, polygons on a canvas, and a depth buffer for bodies.

World axes are metres: x along the road in the direction of travel, y to the left, z up. Pictures are BGR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
Points: TypeAlias = NDArray[np.floating[Any]]
Colour: TypeAlias = tuple[float, float, float]

NEAR_M = 0.15
"""Nothing closer to the lens than this is drawn."""
SUBPIXEL_BITS = 4


@dataclass(frozen=True)
class Lens:
    """A pinhole camera at `eye` looking at `target`; `width`, `height` and `focal` in pixels."""

    eye: Points
    target: Points
    width: int
    height: int
    focal: float

    @cached_property
    def axes(self) -> Points:
        """Rows: right, down, forward."""
        forward = self.target - self.eye
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, (0.0, 0.0, 1.0))
        right = right / np.linalg.norm(right)
        return np.stack([right, np.cross(forward, right), forward])

    def view(self, points: Points) -> Points:
        """World points (n, 3) in the lens's own axes."""
        return np.asarray((points - self.eye) @ self.axes.T)

    def on_sensor(self, seen: Points) -> Points:
        """Pixels (n, 2) of points in the lens's axes; all must be in front of the lens."""
        centre = (self.width / 2, self.height / 2)
        return np.asarray(seen[:, :2] / seen[:, 2:] * self.focal + centre)

    def project(self, points: Points) -> Points | None:
        """Pixels of world points (n, 3), or None where one of them is behind the lens."""
        seen = self.view(points)
        return self.on_sensor(seen) if bool((seen[:, 2] > NEAR_M).all()) else None

    def rays(self, columns: Points, rows: Points) -> Points:
        """World directions (n, 3), not normalised, through pixels."""
        local = np.stack(
            [
                (columns - self.width / 2) / self.focal,
                (rows - self.height / 2) / self.focal,
                np.ones_like(columns),
            ],
            axis=-1,
        )
        return np.asarray(local @ self.axes)

    def misses(self, points: Points) -> bool:
        """Tell whether all world points (n, 3) lie off one edge of the sensor, or behind the lens."""
        seen = self.view(points)
        if bool((seen[:, 2] <= NEAR_M).all()):
            return True
        if bool((seen[:, 2] <= NEAR_M).any()):
            return False
        x, y = self.on_sensor(seen).T
        beside = x.max() < -1 or x.min() > self.width + 1
        return bool(beside or y.max() < -1 or y.min() > self.height + 1)

    @property
    def horizon(self) -> float:
        """Row of the horizon in the middle of the picture."""
        far = self.eye + np.array([*(self.target - self.eye)[:2], 0.0]) * 1e4
        return float(self.on_sensor(self.view(far[None]))[0, 1])


class Canvas:
    """A picture that is painted through a lens, far things first.

    `lamps` is 255 where the picture shows a lamp that can blink.
    """

    def __init__(self, lens: Lens) -> None:
        self.lens = lens
        self.picture: Picture = np.zeros((lens.height, lens.width, 3), np.uint8)
        self.lamps: Picture = np.zeros((lens.height, lens.width), np.uint8)

    def polygon(self, points: Points, colour: Colour) -> None:
        """Fill a flat convex polygon given in world points (n, 3); what is behind the lens is cut off."""
        pixels = self.outline(points)
        if pixels is not None:
            cv2.fillConvexPoly(self.picture, pixels, colour, cv2.LINE_AA, SUBPIXEL_BITS)
            cv2.fillConvexPoly(self.lamps, pixels, 0, cv2.LINE_8, SUBPIXEL_BITS)

    def polygons(self, points: Points, colours: Sequence[Colour]) -> None:
        """Fill many world polygons (n, corners, 3) at once; those not wholly before the lens are left out."""
        seen = self.lens.view(points.reshape(-1, 3))
        whole = (seen[:, 2] > NEAR_M).reshape(points.shape[:2]).all(axis=1)
        pixels = self.lens.on_sensor(np.where(seen[:, 2:] > NEAR_M, seen, 1.0)).reshape(*points.shape[:2], 2)
        fixed = np.clip(pixels * (1 << SUBPIXEL_BITS), -(1 << 27), 1 << 27).astype(np.int32)
        for number in np.flatnonzero(whole).tolist():
            cv2.fillConvexPoly(self.picture, fixed[number], colours[number], cv2.LINE_AA, SUBPIXEL_BITS)

    def outline(self, points: Points) -> NDArray[np.int32] | None:
        """Fixed-point pixels (`SUBPIXEL_BITS`) of a world polygon, or None where nothing of it is seen."""
        seen = cut_near(self.lens.view(points))
        if len(seen) < 3:
            return None
        pixels = self.lens.on_sensor(seen)
        return np.clip(pixels * (1 << SUBPIXEL_BITS), -(1 << 27), 1 << 27).astype(np.int32)

    def picture_on(self, corners: Points, texture: Picture, alpha: Picture | None = None) -> None:
        """Lay a texture on a world quadrilateral (top left, top right, bottom right, bottom left).

        `alpha` (height, width) makes parts of it see-through. Nothing is drawn when a corner is behind it.
        """
        pixels = self.lens.project(corners)
        if pixels is not None:
            lay_on(self.picture, pixels, texture, alpha)
            cv2.fillConvexPoly(self.lamps, pixels.astype(np.int32), 0)

    def shade(self, outlines: list[Points], strength: float, softness_m: float) -> None:
        """Darken world polygons softly, as a shadow; `softness_m` metres at the first point's distance."""
        mask: Picture = np.zeros(self.picture.shape[:2], np.uint8)
        for points in outlines:
            pixels = self.outline(points)
            if pixels is not None:
                cv2.fillConvexPoly(mask, pixels, 255, cv2.LINE_AA, SUBPIXEL_BITS)
        depth = max(1.0, float(self.lens.view(outlines[0]).mean(axis=0)[2]))
        blur = soft(mask, max(1.0, self.lens.focal * softness_m / depth))
        left, top, width, height = cv2.boundingRect(blur)
        shaded = np.s_[top : top + height, left : left + width]
        factor = 1.0 - strength * blur[shaded].astype(np.float32)[:, :, None] / 255
        self.picture[shaded] = (self.picture[shaded] * factor).astype(np.uint8)


def soft(picture: Picture, sigma: float) -> Picture:
    """Gaussian blur of `sigma` pixels; a wide one is done on a smaller copy, which nobody can tell."""
    step = max(1, int(sigma / 3))
    height, width = picture.shape[:2]
    small = picture
    if step > 1:
        small = np.asarray(
            cv2.resize(picture, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA),
            np.uint8,
        )
    blurred = cv2.GaussianBlur(small, (0, 0), sigma / step)
    if step > 1:
        blurred = cv2.resize(blurred, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(blurred, np.uint8)


def cut_near(seen: Points) -> Points:
    """Cut a polygon in the lens's axes at the near plane (Sutherland-Hodgman)."""
    if bool((seen[:, 2] >= NEAR_M).all()):
        return seen
    kept = []
    for here, following in zip(seen, np.roll(seen, -1, axis=0), strict=True):
        if here[2] >= NEAR_M:
            kept.append(here)
        if (here[2] >= NEAR_M) != (following[2] >= NEAR_M):
            share = (NEAR_M - here[2]) / (following[2] - here[2])
            kept.append(here + share * (following - here))
    return np.array(kept).reshape(-1, 3)


def lay_on(picture: Picture, corners: Points, texture: Picture, alpha: Picture | None = None) -> None:
    """Lay a texture on four pixels (top left, top right, bottom right, bottom left) of `picture`."""
    longest = max(np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1))
    while max(texture.shape[:2]) > 2.5 * longest and min(texture.shape[:2]) > 8:
        half = (texture.shape[1] // 2, texture.shape[0] // 2)
        texture = np.asarray(cv2.resize(texture, half, interpolation=cv2.INTER_AREA), np.uint8)
        alpha = (
            None
            if alpha is None
            else np.asarray(cv2.resize(alpha, half, interpolation=cv2.INTER_AREA), np.uint8)
        )
    height, width = texture.shape[:2]
    if alpha is None:
        alpha = np.full((height, width), 255, np.uint8)
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 1, picture.shape[1::-1])
    if right <= left or bottom <= top:
        return
    size = (int(right - left), int(bottom - top))
    way = cv2.getPerspectiveTransform(source, (corners - (left, top)).astype(np.float32))
    laid = cv2.warpPerspective(texture, way, size, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(alpha, way, size).astype(np.float32)[:, :, None] / 255
    below = picture[top:bottom, left:right]
    below[:] = (laid * cover + below * (1 - cover) + 0.5).astype(np.uint8)


def fixed_point(pixel: Points) -> tuple[int, int]:
    """A pixel (2,) as OpenCV takes it with `SUBPIXEL_BITS`."""
    x, y = np.clip(pixel, -30000, 30000) * (1 << SUBPIXEL_BITS)
    return int(x), int(y)
