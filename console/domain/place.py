"""Where the accident was: the phone's fix, the desk's pin, and what the map says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.domain.geo import Datum, Position

ROADSIDE_M = 25.0
"""A point this near a road's middle is on the road or beside it."""


@dataclass(frozen=True, kw_only=True)
class Pin:
    """The place as somebody at the desk set it; no later fix moves it.

    ``by_hand`` says that the pin was moved on the map. Otherwise it is a fix of the phone, taken over with
    its own values; ``position.stated_by`` is ``desk`` where the datum was chosen here.
    """

    position: Position
    by_hand: bool
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """What the map says of one reading of a position: as if it were meant in ``datum``.

    ``unit`` is the police unit whose area it lies in and ``served`` whether that unit's accidents are settled
    here; ``unit`` is empty outside every area. ``road`` is the nearest road and ``road_m`` the metres to its
    middle; ``road`` is empty where the map has no road near. ``road_type`` is the police code of its kind
    (10 expressway), empty where the map does not say.
    """

    datum: Datum
    unit: str = ""
    served: bool = False
    road: str = ""
    road_m: float = 0.0
    road_type: str = ""

    def off_road(self, accuracy_m: float) -> bool:
        """Tell whether a position so accurate (radius in metres) cannot be on a road."""
        return not self.road or self.road_m > ROADSIDE_M + accuracy_m


@dataclass(frozen=True, kw_only=True)
class PositionReported:
    """A party's phone gave a position."""

    position: Position
    type: Literal["position-reported"] = "position-reported"


@dataclass(frozen=True, kw_only=True)
class PlacePinned:
    """Somebody at the desk set where it was: took over a fix, or moved the pin ``by_hand``."""

    position: Position
    by_hand: bool
    type: Literal["place-pinned"] = "place-pinned"


@dataclass(frozen=True, kw_only=True)
class PlaceLocated:
    """The service found on the map where the position lies; one entry for each reading of it."""

    whereabouts: tuple[Whereabouts, ...]
    type: Literal["place-located"] = "place-located"


@dataclass(frozen=True, kw_only=True)
class PlaceDescribed:
    """The place in words: road with direction, and landmark or pole number."""

    road: str
    landmark: str
    type: Literal["place-described"] = "place-described"


PlaceEvent = PositionReported | PlacePinned | PlaceLocated | PlaceDescribed
