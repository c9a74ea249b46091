"""Which police unit an accident belongs to, and which road it is on."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import Point, STRtree

from console.domain.geo import Coordinates, Datum, Position
from console.domain.place import Whereabouts
from console.domain.tiles import mercator
from console.service.maps.geometry import Feature

NEAR_M = 1000.0
"""A road farther away is not named."""
NAMELESS = "支路"


class Areas:
    """Answers from polygons (``unit``, ``served``) and lines of ``kind`` road (``name``, ``road_type``)."""

    def __init__(self, areas: Sequence[Feature], map_features: Sequence[Feature]) -> None:
        self._areas = tuple(areas)
        self._roads = tuple(f for f in map_features if f.properties.get("kind") == "road")
        self._tree = STRtree([road.geometry for road in self._roads])

    def whereabouts(self, position: Position) -> tuple[Whereabouts, ...]:
        """Return what the map says of each reading of ``position``; nothing where no areas are known."""
        return tuple(self._reading(point) for point in position.readings) if self._areas else ()

    def _reading(self, point: Coordinates) -> Whereabouts:
        ground = point.to(Datum.WGS84)
        spot = Point(*mercator(ground.longitude, ground.latitude))
        area = next((area.properties for area in self._areas if area.geometry.covers(spot)), None)
        road, road_type, road_m = self._nearest(spot)
        return Whereabouts(
            datum=point.datum,
            unit=area["unit"] if area else "",
            served=bool(area and area["served"]),
            road=road,
            road_m=road_m,
            road_type=road_type,
        )

    def _nearest(self, spot: Point) -> tuple[str, str, float]:
        """Return the nearest road's name, its kind and the metres to its middle; empty where none is near."""
        at = self._tree.nearest(spot)
        if at is None:
            return "", "", 0.0
        road = self._roads[int(at)]
        metres = road.geometry.distance(spot) * road.metres
        if metres > NEAR_M:
            return "", "", 0.0
        return road.properties["name"] or NAMELESS, road.properties.get("road_type", ""), round(metres, 1)
