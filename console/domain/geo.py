"""Where something is, and in which coordinate system it was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Datum(StrEnum):
    """Coordinate system of a position; mixing two up moves a point by 400 to 1,000 m."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    UNKNOWN = "unknown"


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
        if not (-180.0 <= self.longitude <= 180.0 and -90.0 <= self.latitude <= 90.0):
            raise ValueError("a position lies within 180 degrees of longitude and 90 of latitude")
        if not 0.0 <= self.accuracy_m <= 1_000_000.0:
            raise ValueError("accuracy is a radius in metres")
