"""The bodywork of a saloon car: its mesh, the dent in it, its wheels.

A car's own axes: x forward, y to the left, z up, origin on the ground under the middle of the car.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from console.simulator.scene_mesh import Mesh, joined, sheet, with_normals
from console.simulator.scene_space import Points

HALF_LENGTH = 2.3
HALF_WIDTH = 0.9
WHEELS_X = (-1.36, 1.40)
WHEEL_RADIUS = 0.325
WHEEL_FACE_Y = 0.925
ARCH_RADIUS = 0.385


class Panel(IntEnum):
    """Which drawing covers a part of the body."""

    SIDE = 0
    FRONT = 1
    REAR = 2
    TOP = 3
    CABIN = 4
    WHEEL = 5


@dataclass(frozen=True)
class Dent:
    """Where another body pressed in: a point on the skin and the push, both (3,) in the car's axes."""

    place: Points
    push: Points
    radius: float


# Shares of half width and of height around the skin, from the sill over the shoulder to the middle line.
RING_WIDTH = (0.0, 0.90, 0.975, 0.995, 1.0, 0.995, 0.975, 0.955, 0.925, 0.87, 0.76, 0.55, 0.28, 0.0)
RING_HEIGHT = (0.0, 0.0, 0.08, 0.25, 0.45, 0.62, 0.76, 0.84, 0.91, 0.965, 0.99, 1.005, 1.013, 1.015)
RING = np.stack([RING_WIDTH, RING_HEIGHT], axis=1)
# x, half width, underside and upper edge of the lower body, from the rear to the front.
HULL = np.array(
    [
        (-2.30, 0.700, 0.30, 0.930),
        (-2.27, 0.760, 0.27, 0.985),
        (-2.20, 0.810, 0.25, 1.020),
        (-2.05, 0.855, 0.24, 1.035),
        (-1.80, 0.885, 0.22, 1.030),
        (-1.36, 0.900, 0.20, 1.010),
        (-0.60, 0.900, 0.19, 0.970),
        (0.40, 0.900, 0.19, 0.945),
        (1.00, 0.898, 0.19, 0.935),
        (1.40, 0.893, 0.20, 0.900),
        (1.80, 0.875, 0.22, 0.835),
        (2.05, 0.840, 0.23, 0.775),
        (2.20, 0.790, 0.24, 0.720),
        (2.27, 0.740, 0.25, 0.680),
        (2.30, 0.690, 0.27, 0.650),
    ]
)
# x, height of the roof, half width at the belt, from the foot of the rear window to that of the windscreen.
CABIN = np.array(
    [
        (-1.78, 0.990, 0.70),
        (-1.60, 1.090, 0.74),
        (-1.15, 1.330, 0.775),
        (-0.90, 1.415, 0.79),
        (-0.60, 1.455, 0.80),
        (-0.20, 1.470, 0.80),
        (0.10, 1.450, 0.80),
        (0.32, 1.405, 0.795),
        (0.70, 1.180, 0.785),
        (1.00, 0.990, 0.76),
        (1.12, 0.915, 0.74),
    ]
)
REAR_WINDOW_X = (-1.78, -0.88)
WINDSCREEN_X = (0.30, 1.12)
BELT_Z = 0.90


def car_mesh(dent: Dent | None, rng: np.random.Generator) -> Mesh:
    """The whole car with `Panel` numbers; `rng` crumples the dent."""
    skin = [_hull(), _end(-1), _end(1), _cabin(), *(_mirror(side) for side in (-1, 1))]
    if dent is not None:
        skin = [_dented(mesh, dent, rng) for mesh in skin]
    wheels = [_wheel(x, side) for x in WHEELS_X for side in (-1, 1)]
    return joined([*skin, *wheels])


def _between(table: Points, x: Points) -> Points:
    """Rows of `table` at `x`, the columns after x, joined by straight lines."""
    return np.stack([np.interp(x, table[:, 0], table[:, column]) for column in range(1, table.shape[1])], -1)


def _hull_ring(x: Points) -> Points:
    """Rings (len(x), around, 3) from the left sill over the bonnet to the right sill."""
    width, low, high = _between(HULL, x).T[:, :, None]
    share = np.concatenate([RING, RING[-2::-1] * (-1, 1)])
    y, z = width * share[:, 0], low + (high - low) * share[:, 1]
    return np.stack(np.broadcast_arrays(x[:, None], y, z), -1)


def _hull() -> Mesh:
    x = np.unique(np.concatenate([np.linspace(-HALF_LENGTH, HALF_LENGTH, 65), HULL[:, 0]]))
    grid = _hull_ring(x)
    panels = np.full((len(x) - 1, grid.shape[1] - 1), Panel.SIDE, np.int64)
    middle = (x[:-1] + x[1:]) / 2
    panels[middle < -2.1] = Panel.REAR
    panels[middle > 2.06] = Panel.FRONT
    top = slice(9, grid.shape[1] - 10)
    panels[(middle > -2.22) & (middle < 2.1), top] = Panel.TOP
    return sheet(grid, panels)


def _end(way: int) -> Mesh:
    """The rear (`way` -1) or front (1) face: the last ring drawn together to its middle, bulging a little."""
    ring = _hull_ring(np.array([way * HALF_LENGTH]))[0]
    middle = np.array([way * HALF_LENGTH, 0.0, ring[:, 2].mean()])
    steps = np.linspace(1.0, 0.0, 12)
    grid = np.stack([middle + (ring - middle) * share for share in steps])
    grid[:, :, 0] += way * 0.05 * (1 - steps**2)[:, None]
    panels = np.full((len(steps) - 1, len(ring) - 1), Panel.FRONT if way > 0 else Panel.REAR, np.int64)
    return sheet(grid if way > 0 else grid[::-1], panels)


def _cabin() -> Mesh:
    x = np.unique(np.concatenate([np.linspace(CABIN[0, 0], CABIN[-1, 0], 40), CABIN[:, 0]]))
    roof, belt = _between(CABIN, x).T
    roof_width = belt - (roof - BELT_Z) * 0.42
    rise = np.array([0.0, 0.3, 0.6, 0.85, 0.95])
    y = np.concatenate(
        [belt[:, None] + (roof_width - belt)[:, None] * rise, roof_width[:, None] * (0.90, 0.70, 0.35, 0.0)],
        1,
    )
    z = np.concatenate(
        [
            BELT_Z - 0.02 + (roof - BELT_Z)[:, None] * rise,
            roof[:, None] + np.array([-0.008, 0.006, 0.014, 0.016]),
        ],
        1,
    )
    left = np.stack(np.broadcast_arrays(x[:, None], y, z), -1)
    grid = np.concatenate([left, left[:, -2::-1] * (1, -1, 1)], axis=1)
    panels = np.full((len(x) - 1, grid.shape[1] - 1), Panel.CABIN, np.int64)
    middle = (x[:-1] + x[1:]) / 2
    top = slice(4, grid.shape[1] - 5)
    panels[:, top] = Panel.TOP
    panels[middle < REAR_WINDOW_X[1], top] = Panel.REAR
    panels[middle > WINDSCREEN_X[0], top] = Panel.FRONT
    return sheet(grid, panels)


def _mirror(side: int) -> Mesh:
    """A door mirror: a small egg on the left (1) or right (-1)."""
    turn, rise = np.linspace(0, 2 * np.pi, 13), np.linspace(-np.pi / 2, np.pi / 2, 8)
    ball = np.stack(
        [
            np.outer(np.cos(rise), np.cos(turn)),
            np.outer(np.cos(rise), np.sin(turn)),
            np.outer(np.sin(rise), np.ones_like(turn)),
        ],
        -1,
    )
    grid = ball[::-1] * (0.075, 0.115, 0.075) + (0.72, side * 0.96, 1.0)
    return sheet(grid[:, ::-1], np.full((7, 12), Panel.TOP, np.int64))


def _wheel(x: float, side: int) -> Mesh:
    """Tread and outer face of a wheel; the face looks outwards."""
    turn = np.linspace(0, -2 * np.pi, 41) * side
    circle = np.stack([np.cos(turn), np.zeros_like(turn), np.sin(turn)], -1)
    centre = np.array([x, 0.0, WHEEL_RADIUS])
    profile = [
        (WHEEL_RADIUS, 0.70),
        (WHEEL_RADIUS, 0.895),
        (0.30, WHEEL_FACE_Y),
        (0.21, WHEEL_FACE_Y - 0.008),
        (0.0, WHEEL_FACE_Y - 0.012),
    ]
    grid = np.stack([centre + circle * radius + (0.0, side * y, 0.0) for radius, y in profile])
    return sheet(grid, np.full((len(profile) - 1, len(turn) - 1), Panel.WHEEL, np.int64))


def _dented(mesh: Mesh, dent: Dent, rng: np.random.Generator) -> Mesh:
    """The mesh pushed in around the dent, with the folds of crumpled metal."""
    away = np.linalg.norm(mesh.points - dent.place, axis=1) / dent.radius
    depth = np.where(away < 1, (1 - away**2) ** 2, 0.0)
    folds = 1 + 0.55 * np.sin(mesh.points @ rng.normal(0, 26, 3)) + 0.3 * rng.standard_normal(len(away))
    points = mesh.points + dent.push * (depth * folds)[:, None]
    return with_normals(points, mesh.corners, mesh.panel)


def outline(position: Points, yaw: float, grow: float) -> Points:
    """The car's foot print on the road (n, 3), grown by `grow` metres, for its shadow."""
    half = np.array([(HALF_LENGTH - 0.1, HALF_WIDTH - 0.3), (HALF_LENGTH - 0.5, HALF_WIDTH)]) + grow
    (a, b), (c, d) = half
    corners = np.array([(a, b), (c, d), (-c, d), (-a, b), (-a, -b), (-c, -d), (c, -d), (a, -b)])
    turn = np.array([[np.cos(yaw), -np.sin(yaw)], [np.sin(yaw), np.cos(yaw)]])
    flat = corners @ turn.T + position[:2]
    return np.concatenate([flat, np.zeros((len(flat), 1))], axis=1)
