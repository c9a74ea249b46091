"""Map tiles: the square pictures of 256 pixels into which a map in spherical Mercator is cut."""

from __future__ import annotations

import math
from dataclasses import dataclass

from console.domain.geo import Coordinates, require_degrees

TILE_PX = 256
DEEPEST_ZOOM = 22
MERCATOR_LATITUDE = 85.051_128
"""The map is square: it ends at this latitude (degrees) in the north and in the south."""


@dataclass(frozen=True, kw_only=True)
class TileAddress:
    """A tile: at ``zoom`` the world is ``2 ** zoom`` tiles wide; ``x`` counts from 180° west, ``y`` from the
    north.
    """

    zoom: int
    x: int
    y: int

    def __post_init__(self) -> None:
        side = 1 << self.zoom if 0 <= self.zoom <= DEEPEST_ZOOM else 0
        if not (0 <= self.x < side and 0 <= self.y < side):
            raise ValueError("there is no such tile")


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a point (degrees) on the map of the world, which is 1 wide and 1 high from its north-west."""
    require_degrees(longitude, latitude)
    sine = math.sin(math.radians(max(-MERCATOR_LATITUDE, min(MERCATOR_LATITUDE, latitude))))
    return (longitude + 180) / 360, 0.5 - math.atanh(sine) / (2 * math.pi)


def tile_at(point: Coordinates, zoom: int) -> TileAddress:
    """Return the tile that shows ``point``, whose datum must be that of the map."""
    side = 1 << zoom
    x, y = mercator(point.longitude, point.latitude)
    return TileAddress(zoom=zoom, x=min(side - 1, int(x * side)), y=min(side - 1, max(0, int(y * side))))
