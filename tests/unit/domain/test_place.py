"""The place of an accident: a pin outlives every fix, and the map's word goes with the place."""

from __future__ import annotations

from dataclasses import replace

from console.domain.evolution import evolve
from console.domain.geo import Coordinates, Datum, Position
from console.domain.place import (
    ROADSIDE_M,
    PlaceEvent,
    PlaceLocated,
    PlacePinned,
    PositionReported,
    Whereabouts,
)
from console.domain.tiles import TileAddress, tile_at
from tests.unit.domain.builders import T0, at, incident

FIX = Position(longitude=83.0123, latitude=39.0087, datum=Datum.GCJ02, accuracy_m=18, fixed_at=T0)
FOUND = PlaceLocated(whereabouts=(Whereabouts(datum=Datum.GCJ02, unit="演示区大队", served=True),))
PIN = PlacePinned(position=replace(FIX, latitude=39.01, stated_by="desk"), by_hand=True)


def test_the_newest_fix_is_the_place_until_somebody_pins_it() -> None:
    told = incident()
    events: tuple[PlaceEvent, ...] = (
        PositionReported(position=replace(FIX, latitude=39.2)),
        PositionReported(position=FIX),
        FOUND,
    )
    for number, event in enumerate(events, start=2):
        told = evolve(told, event, at(number), "party", number)
    assert (told.position, told.pin, told.whereabouts) == (FIX, None, FOUND.whereabouts)
    told = evolve(told, PIN, at(9), "user", 9)
    assert told.position == PIN.position
    assert told.pin is not None
    assert (told.pin.by, told.pin.at, told.whereabouts) == ("user", at(9), ())
    told = evolve(told, FOUND, at(10), "service", 10)
    told = evolve(told, PositionReported(position=replace(FIX, latitude=38.9)), at(11), "party", 11)
    assert told.position == PIN.position
    assert told.whereabouts == FOUND.whereabouts
    assert told.fix is not None
    assert told.fix.latitude == 38.9


def test_off_the_road_counts_from_the_edge_of_the_accuracy() -> None:
    near = Whereabouts(datum=Datum.WGS84, road="样例大道", road_m=ROADSIDE_M + 10)
    assert (near.off_road(10), near.off_road(9)) == (False, True)
    assert Whereabouts(datum=Datum.WGS84).off_road(1e6)


def test_tiles_of_known_places() -> None:
    greenwich = Coordinates(longitude=0, latitude=0, datum=Datum.WGS84)
    assert tile_at(greenwich, 1) == TileAddress(zoom=1, x=1, y=1)
    beijing = Coordinates(longitude=116.391, latitude=39.907, datum=Datum.WGS84)
    assert tile_at(beijing, 16) == TileAddress(zoom=16, x=53956, y=24832)
    pole = Coordinates(longitude=180, latitude=-90, datum=Datum.WGS84)
    assert tile_at(pole, 3) == TileAddress(zoom=3, x=7, y=7)
