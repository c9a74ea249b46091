"""The road: what tells traffic there who goes first, and what else of the place a provision turns on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RoadControl(StrEnum):
    """What tells traffic at the place who goes first."""

    SIGNAL = "signal"
    SIGN = "sign"
    NONE = "none"
    ROUNDABOUT = "roundabout"
    SECTION = "section"


_BY_CONTROL = {
    "1": RoadControl.NONE,
    "3": RoadControl.SIGNAL,
    "4": RoadControl.SIGN,
    "5": RoadControl.SIGN,
}


def road_controls(junction: str, control: str) -> frozenset[RoadControl]:
    """Return what holds at a place of these police codes (domain.md 3.3); empty when that cannot be told.

    A section (codes 21 to 29) has no crossing traffic to order, but may have lights. A roundabout keeps the
    control it has beside being one. An officer's direction (2) and "other" (6) tell nothing.
    """
    told = _BY_CONTROL.get(control)
    if told is None:
        return frozenset()
    if junction.startswith("2"):
        return frozenset({RoadControl.SIGNAL if told is RoadControl.SIGNAL else RoadControl.SECTION})
    if junction == "14":
        return frozenset({told, RoadControl.ROUNDABOUT})
    return frozenset({told})


@dataclass(frozen=True, kw_only=True)
class Road:
    """The place; codes are those of the police tables (domain.md 3.3), empty where not stated.

    ``signal_kind`` round or arrow; ``signal_state`` red, all_red or flashing_yellow.
    """

    junction_type: str = ""
    control: RoadControl | None = None
    road_type: str = ""
    signal_kind: str = ""
    signal_state: str = ""
    officer_directing: bool = False
    marking: str = ""
    lanes_same_dir: int | None = None
    speed_limit: int | None = None
    light: str = ""
    weather: str = ""
    surface: str = ""
    slope: bool = False
    mountain: bool = False
    bus_lane_active: bool | None = None
    city: str = ""

    @property
    def controls(self) -> frozenset[RoadControl]:
        """What holds here; lights that only flash yellow order nobody (实施条例 Art. 42)."""
        if self.control is None:
            return frozenset()
        if self.control is RoadControl.SIGNAL and self.signal_state == "flashing_yellow":
            return frozenset({RoadControl.NONE})
        return frozenset({self.control})
