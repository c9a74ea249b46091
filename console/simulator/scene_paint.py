"""What a car wears: drawings of its sides, front and rear, and how light falls on paint, glass and lamps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from console.simulator.scene_car import ARCH_RADIUS, WHEEL_RADIUS, WHEELS_X, Panel
from console.simulator.scene_mesh import Seen
from console.simulator.scene_space import Picture, Points
from console.simulator.scene_text import PLATE_METRES, bgr, plate_picture
from console.training.scenario import CarColour

RGB = {
    CarColour.WHITE: (232, 235, 238),
    CarColour.BLUE: (52, 92, 150),
    CarColour.SILVER: (168, 174, 182),
    CarColour.RED: (176, 38, 40),
    CarColour.BLACK: (38, 41, 46),
    CarColour.GREEN: (48, 116, 92),
    CarColour.YELLOW: (222, 176, 52),
}
DARK = (30, 32, 36)
GLASS = (44, 56, 66)
SEAM = 0.62
"""Brightness of the gap between panels against the paint."""

Pairs = Iterable[tuple[float, float]]


class Matter(IntEnum):
    """What a point of a drawing is made of."""

    PAINT = 0
    GLASS = 1
    MATT = 2
    LAMP = 3
    HAZARD = 4


# For each matter: share of what it mirrors seen straight on, what a flat angle adds, and how it glints.
GLOSS = np.array([0.06, 0.22, 0.0, 0.12, 0.10], np.float32)
EDGE_GLOSS = np.array([0.45, 0.65, 0.03, 0.25, 0.20], np.float32)
GLINT = np.array([110, 170, 0, 120, 80], np.float32)


@dataclass(frozen=True)
class Light:
    """Daylight: direction to the sun (3,), its strength and that of the sky, colours BGR 0 to 1."""

    sun: Points
    sun_strength: float
    sky_strength: float
    zenith: Points
    horizon: Points
    ground: Points


class Drawing:
    """One side of a car drawn in metres: colour and matter, with smaller copies for a greater distance."""

    def __init__(
        self, rgb: tuple[int, int, int], left: float, top: float, size: tuple[float, float], scale: int
    ) -> None:
        self.left, self.top, self.scale = left, top, scale
        pixels = (round(size[0] * scale), round(size[1] * scale))
        self.rgb = rgb
        self._colour = Image.new("RGB", pixels, rgb)
        self._matter = Image.new("L", pixels, Matter.PAINT)
        self._draw = ImageDraw.Draw(self._colour)
        self._draw_matter = ImageDraw.Draw(self._matter)
        self._levels: list[tuple[Picture, Picture]] = []

    def _pixels(self, points: Pairs) -> list[tuple[float, float]]:
        return [((u - self.left) * self.scale, (self.top - v) * self.scale) for u, v in points]

    def shape(self, points: Pairs, colour: tuple[int, int, int], matter: Matter) -> None:
        """Fill a polygon given in metres (across, up)."""
        pixels = self._pixels(points)
        self._draw.polygon(pixels, fill=colour)
        self._draw_matter.polygon(pixels, fill=matter)

    def disc(self, u: float, v: float, radius: float, colour: tuple[int, int, int], matter: Matter) -> None:
        """Fill a circle."""
        (left, top), (right, bottom) = self._pixels([(u - radius, v + radius), (u + radius, v - radius)])
        self._draw.ellipse((left, top, right, bottom), fill=colour)
        self._draw_matter.ellipse((left, top, right, bottom), fill=matter)

    def line(self, points: Pairs, colour: tuple[int, int, int], width: float) -> None:
        """Draw a line of `width` metres; the matter stays."""
        self._draw.line(
            self._pixels(points), fill=colour, width=max(1, round(width * self.scale)), joint="curve"
        )

    def seam(self, points: Pairs) -> None:
        """Draw the gap between two panels."""
        self.line(points, tone(self.rgb, SEAM), 0.008)

    def plate(self, u: float, v: float, plate: str) -> None:
        """Screw a plate on, its middle at (u, v)."""
        width, height = PLATE_METRES
        (left, top), (right, bottom) = self._pixels(
            [(u - width / 2, v + height / 2), (u + width / 2, v - height / 2)]
        )
        box = (round(left), round(top), round(right), round(bottom))
        metal = Image.fromarray(plate_picture(plate)[:, :, ::-1])
        self._colour.paste(
            metal.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS), box[:2]
        )
        self._draw_matter.rectangle(box, fill=Matter.MATT)

    def at(self, u: Points, v: Points, pixels_per_metre: float) -> tuple[Points, NDArray[np.uint8]]:
        """Colours BGR (n, 3) and matters (n,) at points (n,), from the copy that suits the distance."""
        if not self._levels:
            self._levels = [(bgr(self._colour), np.asarray(self._matter, np.uint8))]
            while min(self._levels[-1][0].shape[:2]) > 64:
                colour, matter = self._levels[-1]
                size = (colour.shape[1] // 2, colour.shape[0] // 2)
                smaller = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.uint8)
                self._levels.append((smaller, matter[::2, ::2]))
        step = int(np.clip(np.log2(self.scale / max(pixels_per_metre, 1.0)) + 0.3, 0, len(self._levels) - 1))
        colour, matter = self._levels[step]
        scale = self.scale / 2**step
        x = ((u - self.left) * scale - 0.5).astype(np.float32)
        y = ((self.top - v) * scale - 0.5).astype(np.float32)
        rows = np.clip(np.rint(y), 0, matter.shape[0] - 1).astype(int)
        columns = np.clip(np.rint(x), 0, matter.shape[1] - 1).astype(int)
        return _sampled(colour, x, y), matter[rows, columns]


def _sampled(colour: Picture, x: NDArray[np.float32], y: NDArray[np.float32]) -> Points:
    """Colours between pixels; long lists are folded, because a picture's side is limited."""
    count = len(x)
    width = 4096
    rows = -(-count // width)
    folded = [np.pad(v, (0, rows * width - count)).reshape(rows, width) for v in (x, y)]
    taken = cv2.remap(colour, folded[0], folded[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(taken.reshape(-1, 3)[:count], np.float32)


def tone(rgb: tuple[int, int, int], factor: float) -> tuple[int, int, int]:
    """A lighter or darker shade of a colour."""
    r, g, b = (min(255, round(channel * factor)) for channel in rgb)
    return r, g, b


def side_drawing(rgb: tuple[int, int, int]) -> Drawing:
    """The left side, across = x forward; the right side is the same."""
    side = Drawing(rgb, -2.45, 1.6, (4.9, 1.6), 480)
    side.shape([(-2.3, 0.30), (2.3, 0.30), (2.3, 0.0), (-2.3, 0.0)], DARK, Matter.MATT)
    side.line([(-2.25, 0.84), (-0.9, 0.80), (0.9, 0.775), (2.15, 0.70)], tone(rgb, 0.86), 0.014)
    side.line([(-2.0, 0.42), (2.0, 0.40)], tone(rgb, 0.8), 0.02)
    side.seam([(-0.29, 0.95), (-0.29, 0.36), (0.86, 0.34), (0.98, 0.60), (0.90, 0.94)])
    side.seam([(-0.29, 0.36), (-0.92, 0.38), (-1.02, 0.56), (-1.28, 0.80), (-1.30, 0.97)])
    side.seam([(1.10, 0.90), (1.72, 0.80), (2.05, 0.72)])
    for u in (-0.50, 0.50 - 0.55):
        side.shape([(u - 0.16, 0.845), (u, 0.85), (u, 0.82), (u - 0.16, 0.815)], tone(rgb, 0.7), Matter.PAINT)
    for x in WHEELS_X:
        side.disc(x, WHEEL_RADIUS + 0.01, ARCH_RADIUS + 0.025, tone(rgb, 0.82), Matter.PAINT)
        side.disc(x, WHEEL_RADIUS + 0.01, ARCH_RADIUS, (14, 15, 17), Matter.MATT)
    side.shape([(-2.4, 0.90), (-1.90, 0.875), (-1.93, 0.815), (-2.4, 0.815)], (172, 20, 26), Matter.LAMP)
    side.shape([(-2.4, 0.805), (-1.935, 0.805), (-1.98, 0.75), (-2.4, 0.745)], (232, 140, 30), Matter.HAZARD)
    side.shape([(2.4, 0.71), (1.90, 0.745), (2.00, 0.63), (2.4, 0.60)], (232, 148, 38), Matter.HAZARD)
    return side


def cabin_drawing(rgb: tuple[int, int, int]) -> Drawing:
    """The side windows, across = x forward."""
    side = Drawing(rgb, -2.45, 1.6, (4.9, 0.8), 480)
    glass = [(-1.42, 0.965), (-1.02, 1.30), (-0.72, 1.395), (-0.15, 1.415), (0.22, 1.37), (0.86, 0.965)]
    side.shape([(u * 1.03 - 0.01, v * 1.02 - 0.015) for u, v in glass], DARK, Matter.MATT)
    side.shape(glass, GLASS, Matter.GLASS)
    side.shape([(-0.34, 0.95), (-0.40, 1.43), (-0.31, 1.43), (-0.25, 0.95)], DARK, Matter.MATT)
    side.line([(-1.06, 0.96), (-0.98, 1.32)], DARK, 0.03)
    return side


def rear_drawing(rgb: tuple[int, int, int], plate: str) -> Drawing:
    """The rear, across = -y (to the right of who stands behind)."""
    rear = Drawing(rgb, -1.0, 1.6, (2.0, 1.6), 1000)
    rear.shape(_mirrored([(0.0, 1.375), (0.50, 1.36), (0.60, 1.06), (0.0, 1.02)]), DARK, Matter.MATT)
    rear.shape(_mirrored([(0.0, 1.355), (0.47, 1.34), (0.565, 1.075), (0.0, 1.04)]), GLASS, Matter.GLASS)
    rear.shape(_mirrored([(0.0, 1.395), (0.14, 1.39), (0.14, 1.37), (0.0, 1.37)]), (120, 16, 20), Matter.LAMP)
    rear.line(_mirrored([(0.0, 0.955), (0.70, 0.935)]), tone(rgb, 0.75), 0.012)
    rear.seam([*_mirrored([(0.0, 0.52), (0.50, 0.53), (0.56, 0.72), (0.60, 0.95)])])
    rear.shape(
        _mirrored([(0.0, 0.72), (0.30, 0.72), (0.30, 0.555), (0.0, 0.555)]), tone(rgb, 0.84), Matter.PAINT
    )
    for side in (-1, 1):
        rear.shape(
            [(side * u, v) for u, v in ((0.47, 0.89), (0.95, 0.92), (0.95, 0.72), (0.49, 0.73))],
            DARK,
            Matter.MATT,
        )
        rear.shape(
            [(side * u, v) for u, v in ((0.485, 0.875), (0.63, 0.88), (0.63, 0.745), (0.50, 0.745))],
            (222, 226, 228),
            Matter.LAMP,
        )
        rear.shape(
            [(side * u, v) for u, v in ((0.64, 0.88), (0.95, 0.90), (0.95, 0.82), (0.64, 0.815))],
            (172, 20, 26),
            Matter.LAMP,
        )
        rear.shape(
            [(side * u, v) for u, v in ((0.64, 0.805), (0.95, 0.81), (0.95, 0.74), (0.64, 0.745))],
            (232, 140, 30),
            Matter.HAZARD,
        )
        rear.shape(
            [(side * u, v) for u, v in ((0.50, 0.385), (0.72, 0.395), (0.72, 0.36), (0.50, 0.35))],
            (140, 20, 24),
            Matter.LAMP,
        )
    rear.shape(
        _mirrored([(0.0, 0.40), (0.44, 0.40), (0.50, 0.33), (0.95, 0.34), (0.95, 0.0), (0.0, 0.0)]),
        DARK,
        Matter.MATT,
    )
    rear.line(_mirrored([(0.0, 0.50), (0.90, 0.50)]), tone(rgb, 0.7), 0.010)
    rear.disc(0.0, 0.815, 0.042, (206, 210, 214), Matter.LAMP)
    rear.plate(0.0, 0.64, plate)
    return rear


def front_drawing(rgb: tuple[int, int, int], plate: str) -> Drawing:
    """The front, across = y (to the right of who stands before it)."""
    front = Drawing(rgb, -1.0, 1.6, (2.0, 1.6), 1000)
    front.shape(_mirrored([(0.0, 1.43), (0.55, 1.395), (0.70, 0.985), (0.0, 0.93)]), DARK, Matter.MATT)
    front.shape(_mirrored([(0.0, 1.41), (0.525, 1.38), (0.665, 1.00), (0.0, 0.95)]), GLASS, Matter.GLASS)
    for u in (-0.42, 0.12):
        front.line([(u, 0.975), (u + 0.42, 1.015)], (16, 17, 19), 0.016)
    front.shape(
        _mirrored([(0.0, 0.675), (0.36, 0.665), (0.40, 0.60), (0.30, 0.545), (0.0, 0.54)]),
        (18, 19, 22),
        Matter.MATT,
    )
    for v in (0.64, 0.605, 0.57):
        front.line(_mirrored([(0.0, v), (0.345, v)]), (128, 133, 138), 0.009)
    front.disc(0.0, 0.61, 0.045, (214, 218, 222), Matter.LAMP)
    for side in (-1, 1):
        front.shape(
            [(side * u, v) for u, v in ((0.43, 0.675), (0.95, 0.72), (0.95, 0.60), (0.46, 0.585))],
            DARK,
            Matter.MATT,
        )
        front.shape(
            [(side * u, v) for u, v in ((0.455, 0.66), (0.74, 0.69), (0.74, 0.605), (0.475, 0.60))],
            (226, 234, 240),
            Matter.LAMP,
        )
        front.shape(
            [(side * u, v) for u, v in ((0.745, 0.69), (0.95, 0.71), (0.95, 0.61), (0.745, 0.605))],
            (232, 148, 38),
            Matter.HAZARD,
        )
        front.shape(
            [(side * u, v) for u, v in ((0.52, 0.43), (0.80, 0.44), (0.78, 0.34), (0.54, 0.34))],
            (22, 23, 26),
            Matter.MATT,
        )
        front.disc(side * 0.66, 0.385, 0.035, (200, 206, 212), Matter.LAMP)
    front.shape(_mirrored([(0.0, 0.37), (0.46, 0.37), (0.40, 0.29), (0.0, 0.28)]), (20, 21, 24), Matter.MATT)
    front.shape(_mirrored([(0.0, 0.27), (0.95, 0.28), (0.95, 0.0), (0.0, 0.0)]), DARK, Matter.MATT)
    front.line(_mirrored([(0.0, 0.705), (0.42, 0.70), (0.80, 0.73)]), tone(rgb, SEAM), 0.009)
    front.plate(0.0, 0.455, plate)
    return front


def _mirrored(right: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [*right, *((-u, v) for u, v in reversed(right))]


class CarPaint:
    """Colours the visible pixels of one car under one light."""

    def __init__(self, colour: CarColour, plate: str, light: Light, yaw: float) -> None:
        self.rgb = RGB[colour]
        self.left = side_drawing(self.rgb)
        self.right = side_drawing(self.rgb)
        self.cabin = cabin_drawing(self.rgb)
        self.front = front_drawing(self.rgb, plate)
        self.rear = rear_drawing(self.rgb, plate)
        self._light = light
        c, s = np.cos(yaw), np.sin(yaw)
        self._sun = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]], np.float32) @ light.sun

    def __call__(self, seen: Seen) -> tuple[Points, NDArray[np.bool_]]:
        """Colours BGR (n, 3) and which pixels are hazard lamps (n,)."""
        x, y, z = seen.place.T
        base = np.empty_like(seen.place)
        base[:] = self.rgb[::-1]
        matter = np.zeros(len(x), np.uint8)
        side = seen.panel == Panel.SIDE
        for here, drawing, across in (
            (side & (y > 0), self.left, x),
            (side & (y <= 0), self.right, x),
            (seen.panel == Panel.CABIN, self.cabin, x),
            (seen.panel == Panel.FRONT, self.front, y),
            (seen.panel == Panel.REAR, self.rear, -y),
        ):
            if here.any():
                base[here], matter[here] = drawing.at(across[here], z[here], seen.pixels_per_metre)
        wheel = seen.panel == Panel.WHEEL
        if wheel.any():
            base[wheel] = _wheel_colours(seen.place[wheel])
            matter[wheel] = Matter.MATT
        return self._lit(base, matter, seen), matter == Matter.HAZARD

    def _lit(self, base: Points, matter: NDArray[np.uint8], seen: Seen) -> Points:
        light, normal = self._light, seen.normal
        facing = np.clip(normal @ self._sun, 0, None)
        sky = 0.5 + 0.5 * normal[:, 2]
        diffuse = light.sky_strength * (0.45 + 0.55 * sky) + light.sun_strength * facing
        towards = -(seen.sight * normal).sum(axis=1)
        mirrored = seen.sight + 2 * normal * towards[:, None]
        fresnel = (1 - np.clip(towards, 0, 1)) ** 4
        gloss = GLOSS[matter] + EDGE_GLOSS[matter] * fresnel
        glint = np.clip(mirrored @ self._sun, 0, None) ** 60 * light.sun_strength
        shine = GLINT[matter] * glint
        lit = base * diffuse[:, None] + self._reflected(mirrored) * gloss[:, None] * 255 + shine[:, None]
        return np.asarray(lit, np.float32)

    def _reflected(self, direction: Points) -> Points:
        """What a polished surface mirrors: sky above, a dark row of houses on the horizon, road below."""
        height = direction[:, 2]
        share = np.clip(height, 0, 1)[:, None] ** 0.6
        sky = self._light.horizon * (1 - share) + self._light.zenith * share
        houses = np.clip(1 - np.abs(height - 0.08) / 0.10, 0, 1)[:, None] * 0.45
        return np.asarray(np.where(height[:, None] > 0, sky * (1 - houses), self._light.ground))


def _wheel_colours(place: Points) -> Points:
    """Tyre, rim with five spokes and hub, from where a point lies on its wheel."""
    x, z = place[:, 0], place[:, 2] - WHEEL_RADIUS
    centre = np.where(x > 0, WHEELS_X[1], WHEELS_X[0])
    radius = np.hypot(x - centre, z)
    angle = np.arctan2(z, x - centre)
    spoke = np.abs((angle * 5 / (2 * np.pi) + 0.3) % 1 - 0.5) * 2
    colours = np.full_like(place, 34.0)
    rim = radius < 0.225
    colours[rim] = 66.0
    colours[rim & (spoke < 0.42 + 0.10 / np.maximum(radius, 0.03) * 0.12)] = (186, 182, 178)
    colours[(radius > 0.205) & rim] = (196, 192, 188)
    colours[radius < 0.055] = (150, 146, 142)
    return colours
