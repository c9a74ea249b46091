"""Things that stand at the roadside, each painted by itself, and the colours of each weather."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from console.simulator.scene_space import Canvas, Colour, Picture, Points, fixed_point
from console.training.scenario import Weather

KERB_Y = 7.0
"""Half the width of the road in metres."""


@dataclass(frozen=True)
class Tint:
    """Colours (BGR, 0 to 255) of one weather."""

    zenith: Colour
    horizon: Colour
    asphalt: Colour
    grass: Colour
    sun_strength: float
    sky_strength: float
    brightness: float
    lights: float


TINTS = {
    Weather.SUNNY: Tint((214, 168, 112), (236, 222, 200), (98, 94, 90), (86, 138, 112), 0.50, 0.66, 1.0, 0.0),
    Weather.CLOUDY: Tint(
        (208, 196, 182), (224, 218, 210), (94, 91, 88), (92, 130, 112), 0.14, 0.86, 0.96, 0.05
    ),
    Weather.RAIN: Tint((160, 152, 144), (188, 182, 176), (76, 74, 72), (74, 104, 88), 0.04, 0.80, 0.84, 0.18),
    Weather.DUSK: Tint((132, 92, 78), (132, 158, 214), (74, 68, 68), (60, 82, 76), 0.16, 0.62, 0.82, 0.45),
}
HOUSES: tuple[Colour, ...] = (
    (168, 158, 146),
    (150, 156, 166),
    (142, 150, 164),
    (176, 172, 166),
    (136, 140, 150),
    (160, 150, 134),
)


class Thing(Protocol):
    """Something that is painted whole, behind all that is nearer."""

    def distance(self, eye: Points) -> float:
        """Distance in metres from the lens, by which things are put in order."""
        ...

    def paint(self, canvas: Canvas) -> None:
        """Paint it."""
        ...


def rectangle(x: tuple[float, float], y: tuple[float, float], z: float = 0.0) -> Points:
    """A level rectangle (4, 3) in the world."""
    return np.array([(x[0], y[0], z), (x[1], y[0], z), (x[1], y[1], z), (x[0], y[1], z)])


def box(x: tuple[float, float], y: tuple[float, float], z: tuple[float, float]) -> list[Points]:
    """The four upright sides of a box (4, 3 each, top left first seen from outside): -x, +x, -y, +y."""
    (x0, x1), (y0, y1), (z0, z1) = x, y, z
    return [
        np.array([(x0, y1, z1), (x0, y0, z1), (x0, y0, z0), (x0, y1, z0)]),
        np.array([(x1, y0, z1), (x1, y1, z1), (x1, y1, z0), (x1, y0, z0)]),
        np.array([(x0, y0, z1), (x1, y0, z1), (x1, y0, z0), (x0, y0, z0)]),
        np.array([(x1, y1, z1), (x0, y1, z1), (x0, y1, z0), (x1, y1, z0)]),
    ]


def dim(colour: Colour, factor: float) -> Colour:
    """A lighter or darker shade."""
    b, g, r = (min(255.0, channel * factor) for channel in colour)
    return b, g, r


def from_eye(eye: Points, x: float, y: float) -> float:
    """Level distance in metres of a point from the lens."""
    return float(np.hypot(x - eye[0], y - eye[1]))


@dataclass(frozen=True)
class House:
    """A block of flats with shops below."""

    x: tuple[float, float]
    y: tuple[float, float]
    height: float
    colour: Colour
    tint: Tint
    lights: float
    seed: int

    @classmethod
    def seeded(cls, rng: np.random.Generator, x: float, side: int, tint: Tint) -> House:
        """A house that begins at `x` on the left (1) or right (-1)."""
        depth, width = float(rng.uniform(16, 26)), float(rng.uniform(15, 21))
        front = side * (KERB_Y + float(rng.uniform(9, 14)))
        back = front + side * depth
        colour = dim(HOUSES[int(rng.integers(len(HOUSES)))], float(rng.uniform(0.92, 1.08)))
        height = float(rng.choice([9, 12, 15, 18, 24, 30]))
        across = (min(front, back), max(front, back))
        return cls((x, x + width), across, height, colour, tint, tint.lights, int(rng.integers(1 << 31)))

    def distance(self, eye: Points) -> float:
        """A little more than to its middle, so that what stands before it comes later."""
        return from_eye(eye, float(np.mean(self.x)), float(np.mean(self.y))) + 8

    def paint(self, canvas: Canvas) -> None:
        """Paint the sides that face the lens."""
        eye = canvas.lens.eye
        if canvas.lens.misses(np.concatenate(box(self.x, self.y, (0, self.height)))):
            return
        haze = float(np.clip(self.distance(eye) / 260, 0, 0.6))
        rng = np.random.default_rng(self.seed)
        outward = ((-1, 0), (1, 0), (0, -1), (0, 1))
        for side, (ox, oy), shine in zip(
            box(self.x, self.y, (0, self.height)), outward, (0.90, 0.82, 0.86, 1.0), strict=True
        ):
            if (eye[0] - side[0, 0]) * ox + (eye[1] - side[0, 1]) * oy > 0:
                self._paint_side(canvas, side, shine, haze, rng)

    def _paint_side(
        self, canvas: Canvas, side: Points, shine: float, haze: float, rng: np.random.Generator
    ) -> None:
        corner, along, down = side[0], side[1] - side[0], side[3] - side[0]
        canvas.polygon(side, self._hazy(self.colour, shine, haze))
        columns, rows = max(3, round(float(np.linalg.norm(along)) / 2.6)), round(self.height / 3)
        panes, colours = [], []
        for row in range(rows):
            margin, sill = (0.06, 0.92) if row == rows - 1 else (0.24, 0.72)
            v0, v1 = (row + 0.22) / rows, (row + sill) / rows
            for column in range(columns):
                u0, u1 = (column + margin) / columns, (column + 1 - margin) / columns
                panes.append(((u0, v0), (u1, v0), (u1, v1), (u0, v1)))
                lit, shade = rng.random() < self.lights, float(rng.uniform(0.8, 1.05))
                glass, factor = ((120, 190, 236), 1.2) if lit else ((128, 112, 98), shade)
                colours.append(self._hazy(glass, factor, haze))
        canvas.polygons(corner + np.array(panes) @ np.stack([along, down]), colours)
        cornice = np.array([corner, corner + along, corner + along + down * 0.035, corner + down * 0.035])
        canvas.polygon(cornice, self._hazy(self.colour, shine * 0.8, haze))

    def _hazy(self, colour: Colour, factor: float, haze: float) -> Colour:
        shades = zip(dim(colour, factor * self.tint.brightness), self.tint.horizon, strict=True)
        b, g, r = (near * (1 - haze) + far * haze for near, far in shades)
        return b, g, r


@dataclass(frozen=True)
class Tree:
    """A street tree with a round crown."""

    place: tuple[float, float]
    size: float
    green: Colour
    tint: Tint
    seed: int

    @classmethod
    def seeded(cls, rng: np.random.Generator, place: tuple[float, float], tint: Tint) -> Tree:
        """A tree of some size and shade at `place`."""
        green = dim((72, 118, 84), tint.brightness * float(rng.uniform(0.85, 1.1)))
        return cls(place, float(rng.uniform(0.85, 1.2)), green, tint, int(rng.integers(1 << 31)))

    def distance(self, eye: Points) -> float:
        """To the trunk."""
        return from_eye(eye, *self.place)

    def paint(self, canvas: Canvas) -> None:
        """Paint the trunk and leaves from the dark outside to the bright inside."""
        lens = canvas.lens
        foot = lens.view(np.array([[*self.place, 0.0]]))[0]
        if foot[2] < 1.0:
            return
        scale = lens.focal / foot[2] * self.size
        middle = lens.on_sensor(foot[None])[0]
        trunk = np.array([(-0.13, 0), (-0.09, -2.4), (0.09, -2.4), (0.13, 0)]) * scale + middle
        bark = dim((52, 66, 84), self.tint.brightness)
        cv2.fillConvexPoly(canvas.picture, (trunk * 16).astype(np.int32), bark, cv2.LINE_AA, 4)
        rng = np.random.default_rng(self.seed)
        crown = middle - (0, 3.6 * scale)
        for ring, (count, reach, shade) in enumerate(
            ((9, 1.05, 0.62), (11, 0.85, 0.80), (9, 0.6, 1.0), (6, 0.35, 1.16))
        ):
            for _ in range(count):
                turn, out = rng.uniform(0, 2 * np.pi), reach * np.sqrt(rng.uniform(0.3, 1.0))
                spot = crown + np.array([np.cos(turn) * out, np.sin(turn) * out * 0.95 - 0.12 * ring]) * scale
                radius = int(rng.uniform(0.5, 0.75) * scale * (1 - 0.13 * ring) * 16)
                cv2.circle(
                    canvas.picture, fixed_point(spot), radius, dim(self.green, shade), -1, cv2.LINE_AA, 4
                )


@dataclass(frozen=True)
class LampPost:
    """A lamp post whose arm reaches over the road; `number` is the plate it may carry, facing -x."""

    place: tuple[float, float]
    tint: Tint
    number: Picture | None = None

    def distance(self, eye: Points) -> float:
        """To the post."""
        return from_eye(eye, *self.place)

    def paint(self, canvas: Canvas) -> None:
        """Paint post, arm and lamp."""
        x, y = self.place
        side = 1 if y > 0 else -1
        grey = dim((126, 122, 118), self.tint.brightness)
        upright(canvas, self.place, 0.07, (0.0, 7.5), grey)
        arm = np.array([(x, y, 7.42), (x, y, 7.5), (x, y - side * 2.2, 7.9), (x, y - side * 2.2, 7.82)])
        canvas.polygon(arm, grey)
        left, right = y - side * 1.9, y - side * 2.8
        lamp = np.array([(x, left, 7.86), (x, left, 7.78), (x, right, 7.86), (x, right, 7.96)])
        canvas.polygon(lamp, dim((205, 212, 216), self.tint.brightness))
        if self.number is not None and canvas.lens.eye[0] < x:
            canvas.picture_on(facing_back((x - 0.08, y), 0.80, (1.90, 2.26)), self.number)


@dataclass(frozen=True)
class Sign:
    """A board on a post, facing the traffic that comes from -x."""

    place: tuple[float, float]
    size: tuple[float, float]
    board: Picture
    tint: Tint

    def distance(self, eye: Points) -> float:
        """To the post."""
        return from_eye(eye, *self.place)

    def paint(self, canvas: Canvas) -> None:
        """Paint the post, then the board or its back."""
        x, y = self.place
        width, height = self.size
        top = 2.3 + height
        upright(canvas, self.place, 0.06, (0.0, top), dim((132, 128, 124), self.tint.brightness))
        if canvas.lens.eye[0] < x:
            canvas.picture_on(facing_back((x - 0.08, y), width, (2.3, top)), self.board)
        else:
            plain = np.full((8, 8, 3), 118 * self.tint.brightness, np.uint8)
            canvas.picture_on(facing_back((x + 0.08, y), width, (2.3, top)), plain)


@dataclass(frozen=True)
class WarningTriangle:
    """The red triangle behind the cars, facing -x."""

    place: tuple[float, float]
    tint: Tint

    def distance(self, eye: Points) -> float:
        """To its foot."""
        return from_eye(eye, *self.place)

    def paint(self, canvas: Canvas) -> None:
        """Paint foot, red border, white edge and hollow middle."""
        x, y = self.place
        bright = self.tint.brightness
        canvas.shade([rectangle((x - 0.28, x + 0.28), (y - 0.34, y + 0.34))], 0.5, 0.05)
        for turn in (-0.25, 0.25):
            foot = np.array([(x - 0.25, y + turn, 0.01), (x + 0.25, y + turn, 0.01), (x, y + turn, 0.06)])
            canvas.polygon(foot, (50, 50, 52))
        for half, low, high, colour in (
            (0.30, 0.05, 0.57, (226, 228, 236)),
            (0.285, 0.06, 0.55, (38, 40, 214)),
            (0.17, 0.125, 0.42, (226, 228, 236)),
            (0.155, 0.133, 0.40, (104, 100, 98)),
        ):
            triangle = np.array([(x, y + half, low), (x, y, high), (x, y - half, low)])
            canvas.polygon(triangle, dim(colour, bright))


def facing_back(place: tuple[float, float], width: float, z: tuple[float, float]) -> Points:
    """Corners of an upright board around `place` that faces -x (top left first, as its reader sees it)."""
    x, y = place
    return np.array(
        [
            (x, y + width / 2, z[1]),
            (x, y - width / 2, z[1]),
            (x, y - width / 2, z[0]),
            (x, y + width / 2, z[0]),
        ]
    )


def upright(
    canvas: Canvas, foot: tuple[float, float], radius: float, z: tuple[float, float], colour: Colour
) -> None:
    """A post that always turns its flat side to the lens, with a lit and a dark edge."""
    towards = canvas.lens.eye[:2] - foot
    across = np.array([-towards[1], towards[0]]) / max(float(np.linalg.norm(towards)), 1e-6) * radius
    for start, end, shade in ((-1.0, 1.0, 1.0), (0.35, 1.0, 0.78), (-0.75, -0.3, 1.12)):
        left, right = np.array(foot) + across * start, np.array(foot) + across * end
        canvas.polygon(
            np.array([(*left, z[0]), (*left, z[1]), (*right, z[1]), (*right, z[0])]), dim(colour, shade)
        )
