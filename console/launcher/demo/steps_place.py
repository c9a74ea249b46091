"""The step of the place: the phone's fix taken over and moved by key, on a map that is really drawn."""

from __future__ import annotations

import json

from PIL import Image

from console.assets import RESOURCES
from console.domain.geo import Coordinates, distance_m
from console.domain.incident import Incident
from console.domain.place import Pin
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed, until

PICTURE = "05-map"
ROADS_NEEDED_PX = 60
CLOSE = 6
"""Colours of a tile are rounded when it is packed; so far apart they still are the same."""
WALK_M = 5.0


def place(cast: Cast) -> Evidence:
    """G takes the fix over, an arrow moves the pin by 5 m; unit and road come from the service."""
    truth = cast.scenario.place
    cast.focus("place")
    until(lambda: _roads(cast) >= ROADS_NEEDED_PX, 20, "roads of the tiles are on the screen")
    cast.hands.key("g")
    until(lambda: _pin(cast) is not None, 15, "the service has the adopted fix")
    adopted = _pinned(cast)
    if adopted.by_hand:
        raise StepFailed("the adopted fix counts as moved by hand")
    cast.hands.key("Right")
    until(lambda: _pinned(cast).by_hand, 15, "the service has the moved pin")
    until(lambda: bool(cast.incident().whereabouts), 10, "the service says where the pin lies")
    incident = cast.incident()
    true_place = Coordinates(longitude=truth.longitude, latitude=truth.latitude, datum=truth.datum)
    walked = distance_m(adopted.position.coordinates, _pinned(cast).position.coordinates)
    if abs(walked - WALK_M) > 0.1:
        raise StepFailed(f"one arrow moved the pin by {walked:.2f} m")
    return {
        "adopted_m_from_truth": round(distance_m(adopted.position.coordinates, true_place), 2),
        "moved_m": round(walked, 2),
        "unit": incident.whereabouts[0].unit,
        "road": incident.whereabouts[0].road,
        "served_here": incident.whereabouts[0].served,
        "road_px": _roads(cast),
        "picture": f"{PICTURE}.png",
    }


def _pin(cast: Cast) -> Pin | None:
    incident: Incident = cast.incident()
    return incident.pin


def _pinned(cast: Cast) -> Pin:
    pin = _pin(cast)
    if pin is None:
        raise StepFailed("the service has no pin")
    return pin


def _roads(cast: Cast) -> int:
    """Return how many pixels of the window have a colour that the map alone uses, in either theme's style."""
    styles = json.loads((RESOURCES / "map" / "styles.json").read_text("utf-8"))
    wanted = [
        tuple(bytes.fromhex(style[rank][1:])) for style in styles.values() for rank in ("main", "secondary")
    ]
    wanted = [colour for colour in wanted if min(colour) < 250]  # white is everywhere
    with Image.open(cast.out / cast.picture(PICTURE)) as seen:
        found = seen.convert("RGB").getcolors(1 << 24) or []
    return sum(
        count
        for count, colour in found
        if isinstance(colour, tuple)
        and any(all(abs(a - b) <= CLOSE for a, b in zip(colour, want, strict=True)) for want in wanted)
    )
