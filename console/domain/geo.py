"""Where something is, and in which coordinate system it was said.

GCJ-02 is the shifted system that domestic map services must use, BD-09 one service's further shift on it;
both are applied with the publicly known formulas. CGCS2000 differs from WGS-84 by less than matters here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.domain.errors import DomainError
from console.domain.mainland import is_mainland


class Datum(StrEnum):
    """Coordinate system of a position; mixing two up moves a point by 400 to 1,000 m."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    UNKNOWN = "unknown"


POSSIBLE = (Datum.WGS84, Datum.GCJ02)
"""What coordinates of an unknown datum are taken for, the likelier first: phones give one or the other."""

WGS84_RADIUS_M, WGS84_FLATTENING = 6_378_137.0, 1 / 298.257_223_563
_SHIFT_RADIUS_M, _SHIFT_ECCENTRICITY_2 = 6_378_245.0, 0.006_693_421_622_965_943_23
_BD_LONGITUDE, _BD_LATITUDE = 0.0065, 0.006
_BD_TURNS = math.pi * 3000 / 180
_STEPS = 8
"""Steps of the inverse; each makes the error about a hundred times smaller, the third is under 1 mm."""


@dataclass(frozen=True, kw_only=True)
class Coordinates:
    """A point on the ground: degrees of longitude and latitude, and the system in which they are meant."""

    longitude: float
    latitude: float
    datum: Datum

    def __post_init__(self) -> None:
        require_degrees(self.longitude, self.latitude)

    def to(self, datum: Datum) -> Coordinates:
        """Return the same ground in ``datum``; raise ``datum-unknown`` where either system is unknown."""
        if Datum.UNKNOWN in {self.datum, datum}:
            raise DomainError("datum-unknown")
        if self.datum is datum:
            return self
        return _from_wgs84(_to_wgs84(self), datum)

    def moved(self, *, east_m: float, north_m: float) -> Coordinates:
        """Return the point so many metres away, in the same system; right to millimetres over a few km."""
        sine = math.sin(math.radians(self.latitude))
        eccentricity_2 = WGS84_FLATTENING * (2 - WGS84_FLATTENING)
        bend = 1 - eccentricity_2 * sine * sine
        meridian_m = WGS84_RADIUS_M * (1 - eccentricity_2) / bend**1.5
        parallel_m = WGS84_RADIUS_M / math.sqrt(bend) * math.cos(math.radians(self.latitude))
        return replace(
            self,
            longitude=self.longitude + math.degrees(east_m / parallel_m),
            latitude=self.latitude + math.degrees(north_m / meridian_m),
        )


@dataclass(frozen=True, kw_only=True)
class Position:
    """A fix as its source gave it.

    ``longitude`` and ``latitude`` in degrees, ``accuracy_m`` the radius of the 68 % circle in metres,
    ``fixed_at`` the source's own clock (UTC), ``stated_by`` who named the datum (``party`` or ``desk``).
    """

    longitude: float
    latitude: float
    datum: Datum
    accuracy_m: float
    fixed_at: datetime
    stated_by: str = "party"

    def __post_init__(self) -> None:
        require_degrees(self.longitude, self.latitude)
        if not 0.0 <= self.accuracy_m <= 1_000_000.0:
            raise ValueError("accuracy is a radius in metres")

    @property
    def coordinates(self) -> Coordinates:
        """The point and its datum, without what else the source said."""
        return Coordinates(longitude=self.longitude, latitude=self.latitude, datum=self.datum)

    @property
    def readings(self) -> tuple[Coordinates, ...]:
        """Every point that may be meant: one where the datum is known, else one for each possible datum."""
        if self.datum is not Datum.UNKNOWN:
            return (self.coordinates,)
        return tuple(replace(self.coordinates, datum=datum) for datum in POSSIBLE)


def require_degrees(longitude: float, latitude: float) -> None:
    """Raise ``ValueError`` for what is no point on earth."""
    if not (-180.0 <= longitude <= 180.0 and -90.0 <= latitude <= 90.0):
        raise ValueError("a position lies within 180 degrees of longitude and 90 of latitude")


def distance_m(one: Coordinates, other: Coordinates) -> float:
    """Return the metres between two points on the ellipsoid (Lambert's formula), whatever their systems.

    Raises ``datum-unknown`` where one of the systems is unknown.
    """
    first, second = one.to(Datum.WGS84), other.to(Datum.WGS84)
    lower, upper = (
        math.atan((1 - WGS84_FLATTENING) * math.tan(math.radians(point.latitude)))
        for point in (first, second)
    )
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    across = math.radians(second.longitude - first.longitude) / 2
    chord = math.sin(half) ** 2 + math.cos(lower) * math.cos(upper) * math.sin(across) ** 2
    angle = 2 * math.asin(min(1.0, math.sqrt(chord)))
    if angle in {0.0, math.pi}:  # the same point, or the one straight across the earth
        return WGS84_RADIUS_M * angle
    wide = (angle - math.sin(angle)) * (math.sin(middle) * math.cos(half) / math.cos(angle / 2)) ** 2
    high = (angle + math.sin(angle)) * (math.cos(middle) * math.sin(half) / math.sin(angle / 2)) ** 2
    return WGS84_RADIUS_M * (angle - WGS84_FLATTENING / 2 * (wide + high))


Degrees = tuple[float, float]
"""Longitude and latitude of a system that stands beside them in the code."""


def _to_wgs84(point: Coordinates) -> Coordinates:
    degrees = (point.longitude, point.latitude)
    if point.datum is Datum.BD09:
        degrees = _inverse(_bd09_from_gcj02, degrees)
    if point.datum in {Datum.BD09, Datum.GCJ02}:
        degrees = _inverse(_gcj02_from_wgs84, degrees)
    return Coordinates(longitude=degrees[0], latitude=degrees[1], datum=Datum.WGS84)


def _from_wgs84(point: Coordinates, datum: Datum) -> Coordinates:
    degrees = (point.longitude, point.latitude)
    if datum in {Datum.GCJ02, Datum.BD09}:
        degrees = _gcj02_from_wgs84(degrees)
    if datum is Datum.BD09:
        degrees = _bd09_from_gcj02(degrees)
    return Coordinates(longitude=degrees[0], latitude=degrees[1], datum=datum)


def _inverse(forward: Callable[[Degrees], Degrees], wanted: Degrees) -> Degrees:
    """Return what ``forward`` maps to ``wanted``: take the error off until none is left."""
    guess = wanted
    for _ in range(_STEPS):
        reached = forward(guess)
        guess = (guess[0] + wanted[0] - reached[0], guess[1] + wanted[1] - reached[1])
    return guess


def _gcj02_from_wgs84(degrees: Degrees) -> Degrees:
    longitude, latitude = degrees
    if not is_mainland(longitude, latitude):
        return degrees
    x, y = longitude - 105.0, latitude - 35.0
    waves = 20 / 3 * (2 * math.sin(6 * math.pi * x) + 2 * math.sin(2 * math.pi * x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + waves
    east += 2 / 3 * (20 * math.sin(math.pi * x) + 40 * math.sin(math.pi * x / 3))
    east += 2 / 3 * (150 * math.sin(math.pi * x / 12) + 300 * math.sin(math.pi * x / 30))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + waves
    north += 2 / 3 * (20 * math.sin(math.pi * y) + 40 * math.sin(math.pi * y / 3))
    north += 2 / 3 * (160 * math.sin(math.pi * y / 12) + 320 * math.sin(math.pi * y / 30))
    sine = math.sin(math.radians(latitude))
    bend = 1 - _SHIFT_ECCENTRICITY_2 * sine * sine
    meridian_m = _SHIFT_RADIUS_M * (1 - _SHIFT_ECCENTRICITY_2) / bend**1.5
    parallel_m = _SHIFT_RADIUS_M / math.sqrt(bend) * math.cos(math.radians(latitude))
    return longitude + math.degrees(east / parallel_m), latitude + math.degrees(north / meridian_m)


def _bd09_from_gcj02(degrees: Degrees) -> Degrees:
    longitude, latitude = degrees
    if not is_mainland(longitude, latitude):
        return degrees
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * _BD_TURNS)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * _BD_TURNS)
    return radius * math.cos(angle) + _BD_LONGITUDE, radius * math.sin(angle) + _BD_LATITUDE
