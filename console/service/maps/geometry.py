"""GeoJSON on the map of the world, which is 1 wide and 1 high (``console.domain.tiles``)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import centroid, from_geojson, get_parts, get_y, transform
from shapely.geometry.base import BaseGeometry

from console.domain.tiles import mercator

EQUATOR_M = 40_075_016.686


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One thing of a file; ``latitude`` (degrees) is that of its middle."""

    geometry: BaseGeometry
    properties: Mapping[str, Any]
    latitude: float

    @property
    def metres(self) -> float:
        """Metres on the ground that the map's whole width stands for here."""
        return EQUATOR_M * math.cos(math.radians(self.latitude))


@cache
def read_features(file: Path) -> tuple[Feature, ...]:
    """Return the features of a GeoJSON file in WGS-84, read once a process.

    Raises ``OSError``, ``ValueError`` or ``KeyError`` for a file that cannot be used.
    """
    text = file.read_text("utf-8")
    geometries = get_parts(from_geojson(text))
    latitudes = get_y(centroid(geometries)).tolist()
    shapes = transform(geometries, _on_the_map)
    properties = [feature["properties"] for feature in json.loads(text)["features"]]
    return tuple(
        Feature(geometry=shape, properties=said, latitude=latitude)
        for shape, said, latitude in zip(shapes, properties, latitudes, strict=True)
    )


def _on_the_map(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([mercator(longitude, latitude) for longitude, latitude in points.tolist()])
