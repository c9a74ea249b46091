"""Bodies of the scene: triangle meshes, drawn through a depth buffer and shaded pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.simulator.scene_space import NEAR_M, Canvas, Lens, Points

AT_ONCE = 1 << 15
"""Pixels shaded in one go: as many as keep their numbers in the processor's cache."""


@dataclass(frozen=True)
class Mesh:
    """Triangles of one body: `points` (n, 3), `normals` (n, 3), `corners` (m, 3) into both, `panel` (m,).

    `panel` says which drawing covers a triangle; its meaning belongs to the body.
    """

    points: Points
    normals: Points
    corners: NDArray[np.int64]
    panel: NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """The visible pixels of one body: `place` and `normal` in the body's own axes, `sight` from the lens."""

    panel: NDArray[np.int64]
    place: Points
    normal: Points
    sight: Points
    pixels_per_metre: float


@dataclass(frozen=True)
class Body:
    """A mesh put into the world at `position`, turned left by `yaw` radians, with the paint it wears.

    `paint` gives the colour BGR 0 to 255 of each visible pixel, and whether it is a lamp that can blink.
    """

    mesh: Mesh
    position: Points
    yaw: float
    paint: Callable[[Seen], tuple[Points, NDArray[np.bool_]]]

    @property
    def turn(self) -> Points:
        """Rotation from the body's axes to the world's."""
        c, s = np.cos(self.yaw), np.sin(self.yaw)
        return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])

    def world(self, points: Points) -> Points:
        """Points (n, 3) of the body in the world."""
        return np.asarray(points @ self.turn.T + self.position)


def with_normals(points: Points, corners: NDArray[np.int64], panel: NDArray[np.int64]) -> Mesh:
    """A mesh whose normals are the mean of the triangles that meet in a point, weighted by area."""
    a, b, c = (points[corners[:, i]] for i in range(3))
    faces = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for i in range(3):
        np.add.at(normals, corners[:, i], faces)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    return Mesh(points, normals / np.maximum(lengths, 1e-12), corners, panel)


def sheet(grid: Points, panels: NDArray[np.int64]) -> Mesh:
    """A mesh from a grid of points (rows, columns, 3) with one panel a cell (rows - 1, columns - 1)."""
    rows, columns = grid.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    corners = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    panel = np.concatenate([panels.reshape(-1), panels.reshape(-1)])
    return with_normals(grid.reshape(-1, 3), corners, panel)


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of several; normals stay as they are, so that seams stay sharp."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes)])
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.corners + start for mesh, start in zip(meshes, starts, strict=False)]),
        np.concatenate([mesh.panel for mesh in meshes]),
    )


def draw(canvas: Canvas, bodies: Sequence[Body]) -> None:
    """Draw the bodies into the canvas, each hiding what lies behind it among them."""
    lens = canvas.lens
    depth = np.zeros((lens.height, lens.width), np.float32)
    owner = np.full((lens.height, lens.width), -1, np.int32)
    planes = []
    start = 0
    for body in bodies:
        planes.append(_rasterise(lens, body, depth, owner, start))
        start += len(body.mesh.corners)
    start = 0
    for body, plane in zip(bodies, planes, strict=True):
        end = start + len(body.mesh.corners)
        rows, columns = np.nonzero((owner >= start) & (owner < end))
        scale = lens.focal * float(np.percentile(depth[rows, columns], 95)) if len(rows) else 1.0
        for first in range(0, len(rows), AT_ONCE):
            down, across = rows[first : first + AT_ONCE], columns[first : first + AT_ONCE]
            triangle = owner[down, across] - start
            colour, lamp = body.paint(_seen(lens, body, plane, triangle, down, across, scale))
            canvas.picture[down, across] = np.clip(colour, 0, 255).astype(np.uint8)
            canvas.lamps[down, across] = np.where(lamp, 255, 0).astype(np.uint8)
        start = end


def _rasterise(
    lens: Lens, body: Body, depth: NDArray[np.float32], owner: NDArray[np.int32], start: int
) -> Points:
    """Mark what each triangle covers; returns per triangle the planes (m, 3, 3) of its weights.

    For a pixel (x, y, 1), planes @ pixel gives each corner's weight divided by the depth of the pixel, so
    their sum is one over that depth.
    """
    seen = lens.view(body.world(body.mesh.points))
    corners = seen[body.mesh.corners]
    planes = np.zeros((len(corners), 3, 3))
    sensor = np.array([[lens.focal, 0, lens.width / 2], [0, lens.focal, lens.height / 2], [0, 0, 1.0]])
    pixels = corners @ sensor.T
    volume = np.linalg.det(pixels)
    # The volume is corner times normal, seen from the lens: negative for a triangle that faces it.
    drawn = (volume < -1e-9) & (corners[:, :, 2] > NEAR_M).all(axis=1)
    planes[drawn] = np.linalg.inv(pixels[drawn]).transpose(0, 2, 1)
    flat = pixels[..., :2] / np.maximum(pixels[..., 2:], NEAR_M)
    low = np.clip(np.floor(flat.min(axis=1)), 0, (lens.width, lens.height)).astype(int)
    high = np.clip(np.ceil(flat.max(axis=1)) + 1, 0, (lens.width, lens.height)).astype(int)
    for number in np.nonzero(drawn & (high > low).all(axis=1))[0]:
        (left, top), (right, bottom) = low[number], high[number]
        x = np.arange(left, right) + 0.5
        y = np.arange(top, bottom)[:, None] + 0.5
        (a, b, c), (d, e, f), (g, h, i) = planes[number]
        u, v, w = a * x + (b * y + c), d * x + (e * y + f), g * x + (h * y + i)
        nearness = u + v + w
        box = depth[top:bottom, left:right]
        # A hair of tolerance closes the seams between neighbours.
        hit = (np.minimum(np.minimum(u, v), w) >= -1e-7) & (nearness > box)
        if hit.any():
            box[hit] = nearness[hit]
            owner[top:bottom, left:right][hit] = start + number
    return planes


def _seen(
    lens: Lens,
    body: Body,
    planes: Points,
    triangle: NDArray[np.int32],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    scale: float,
) -> Seen:
    mesh = body.mesh
    x, y = (columns + 0.5)[:, None], (rows + 0.5)[:, None]
    slope_x, slope_y, start = (planes[:, :, i] for i in range(3))
    weights = slope_x[triangle] * x + slope_y[triangle] * y + start[triangle]
    nearness = weights.sum(axis=1, keepdims=True)
    share = (weights / nearness).astype(np.float32)
    points, normals = mesh.points.astype(np.float32), mesh.normals.astype(np.float32)
    corners = [mesh.corners[triangle, i] for i in range(3)]
    place = sum(points[c] * share[:, i, None] for i, c in enumerate(corners))
    normal = sum(normals[c] * share[:, i, None] for i, c in enumerate(corners))
    normal /= np.maximum(_length(normal), 1e-6)
    sight = (body.world(place) - lens.eye).astype(np.float32) @ body.turn.astype(np.float32)
    sight /= _length(sight)
    return Seen(mesh.panel[triangle], place, normal, sight, scale)


def _length(vectors: Points) -> Points:
    """Lengths (n, 1) of vectors (n, 3)."""
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None])
