"""Where in the training town an accident can be: on the roads that its map shows, by name."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from functools import cache

from console.assets import RESOURCES
from console.domain.geo import Coordinates, Datum, distance_m

TOWN_LON, TOWN_LAT = (83.000, 83.030), (39.000, 39.020)
"""The middle of the town, some 2.6 km by 2.2 km. It lies in an empty desert, so that no real street can be
meant.
"""
EAST_WEST, NORTH_SOUTH = ("由东向西", "由西向东"), ("由南向北", "由北向南")


@dataclass(frozen=True)
class Street:
    """A road of the map with its corners, and the two directions in which one drives on it."""

    name: str
    corners: tuple[Coordinates, ...]
    directions: tuple[str, str]


@dataclass(frozen=True)
class Landmark:
    """Something that a caller sees from the road."""

    name: str
    at: Coordinates


@dataclass(frozen=True)
class Spot:
    """A point on a street, and the landmark that is nearest."""

    street: Street
    at: Coordinates
    landmark: str


def spot(rng: random.Random) -> Spot:
    """Return a point of the town's middle: every street equally likely, and every metre of a street."""
    street = rng.choice(_map()[0])
    while True:
        at = _along(street, rng.random())
        if TOWN_LON[0] <= at.longitude <= TOWN_LON[1] and TOWN_LAT[0] <= at.latitude <= TOWN_LAT[1]:
            nearest = min(_map()[1], key=lambda landmark: distance_m(landmark.at, at))
            return Spot(street=street, at=at, landmark=nearest.name)


def _along(street: Street, share: float) -> Coordinates:
    """Return the point of a street after this share (0 to 1) of its length."""
    lengths = [distance_m(*pair) for pair in zip(street.corners, street.corners[1:], strict=False)]
    left = share * sum(lengths)
    for start, end, length in zip(street.corners, street.corners[1:], lengths, strict=False):
        if left <= length:
            part = left / length
            return replace(
                start,
                longitude=round(start.longitude + (end.longitude - start.longitude) * part, 6),
                latitude=round(start.latitude + (end.latitude - start.latitude) * part, 6),
            )
        left -= length
    return street.corners[-1]


@cache
def _map() -> tuple[tuple[Street, ...], tuple[Landmark, ...]]:
    """Read the named roads and the landmarks of the map that the service draws."""
    features = json.loads((RESOURCES / "map" / "town.geojson").read_text("utf-8"))["features"]
    streets, landmarks = [], []
    for feature in features:
        name, places = feature["properties"].get("name", ""), feature["geometry"]["coordinates"]
        match feature["properties"]["kind"]:
            case "road" if name:
                corners = tuple(_point(place) for place in places)
                first, last = corners[0], corners[-1]
                flat = abs(last.longitude - first.longitude) > abs(last.latitude - first.latitude)
                streets.append(Street(name, corners, EAST_WEST if flat else NORTH_SOUTH))
            case "landmark":
                landmarks.append(Landmark(name, _point(places)))
    return tuple(streets), tuple(landmarks)


def _point(place: list[float]) -> Coordinates:
    return Coordinates(longitude=place[0], latitude=place[1], datum=Datum.WGS84)
