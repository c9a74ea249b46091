"""The map at the service: who may see tiles, the town, and where a place belongs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from console.contract.codec import decode
from console.contract.desk_api import MapAccess
from console.domain.geo import Coordinates, Datum
from console.domain.incident import Incident
from console.domain.local_rule import Unmet
from console.domain.tiles import TileAddress, tile_at
from console.domain.triage import TriageFact
from console.service.server import Service
from tests.service.harness import Desk, Phone, good, incident_of, refusal
from tests.service.test_party import FIX

SCENE = {"longitude": 83.0123, "latitude": 39.0087}
COUNTY = {"longitude": 83.0142, "latitude": 39.0300}
DESERT = {"longitude": 83.2, "latitude": 39.2}


def access(desk: Desk) -> MapAccess:
    value: MapAccess = decode(MapAccess, good(desk.send("GET", "/v1/map")).content)
    return value


def path(seen: MapAccess, mode: str, address: TileAddress) -> str:
    return f"{seen.tiles}/{mode}/{address.zoom}/{address.x}/{address.y}.png"


def at_scene(zoom: int) -> TileAddress:
    return tile_at(Coordinates(**SCENE, datum=Datum.WGS84), zoom)


def colours(content: bytes) -> set[tuple[int, ...]]:
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (256, 256)
        found = picture.convert("RGB").getcolors(1 << 16)
    assert found is not None
    return {colour for _count, colour in found if isinstance(colour, tuple)}


def reported(desk: Desk, phone: Callable[..., Phone], **fix: Any) -> Incident:
    """Let a phone call and report a position; return the incident."""
    caller = phone()
    call_id, _token = caller.place()
    caller.post("/v1/party/position", {"position": {**FIX, **fix}})
    return incident(desk, incident_of(desk, call_id))


def incident(desk: Desk, incident_id: str) -> Incident:
    value: Incident = decode(Incident, good(desk.send("GET", f"/v1/incidents/{incident_id}")).content)
    return value


def test_tiles_of_the_town_in_both_modes(desk: Desk) -> None:
    seen = access(desk)
    assert seen.datum is Datum.WGS84
    assert seen.west < SCENE["longitude"] < seen.east
    pictures = {}
    for mode in ("dark", "light"):
        for zoom in (seen.min_zoom, 16, seen.max_zoom):
            answer = good(desk.send("GET", path(seen, mode, at_scene(zoom))))
            assert answer.headers["Content-Type"] == "image/png"
            assert answer.headers["Cache-Control"] == "private, max-age=86400"
            pictures[mode, zoom] = colours(answer.content)
            assert len(pictures[mode, zoom]) > 8
    assert max(map(sum, pictures["dark", 16])) < max(map(sum, pictures["light", 16]))
    same = desk.send("GET", path(seen, "dark", at_scene(16)), headers={"If-None-Match": '"x"'})
    again = desk.send(
        "GET", path(seen, "dark", at_scene(16)), headers={"If-None-Match": same.headers["ETag"]}
    )
    assert (same.status_code, again.status_code, again.content) == (200, 304, b"")


def test_where_no_map_is_there_is_no_tile(desk: Desk) -> None:
    seen = access(desk)
    for address in (
        tile_at(Coordinates(longitude=116.4, latitude=39.9, datum=Datum.WGS84), 16),
        at_scene(seen.max_zoom + 1),
    ):
        assert refusal(desk.send("GET", path(seen, "dark", address))) == (404, "tile-missing")
    for wrong in ("16/-1/3", "16/70000/3", "-1/0/0", "99/1/1"):
        answer = desk.send("GET", f"{seen.tiles}/dark/{wrong}.png")
        assert refusal(answer) == (404, "tile-missing")
    assert refusal(desk.send("GET", f"{seen.tiles}/red/16/1/1.png")) == (422, "invalid-request")


def test_the_key_opens_tiles_alone_and_ends_with_the_session(
    service: Service, desk: Desk, phone: Callable[..., Phone]
) -> None:
    seen = access(desk)
    key = seen.tiles.rpartition("/")[2]
    assert desk.session["token"] not in seen.tiles
    stranger = phone()
    good(stranger.send("GET", path(seen, "dark", at_scene(16))))
    assert refusal(stranger.send("GET", "/v1/map")) == (401, "not-signed-in")
    bearer = {"Authorization": f"Bearer {key}"}
    assert refusal(stranger.send("GET", "/v1/map", headers=bearer)) == (401, "not-signed-in")
    guessed = seen.tiles.replace(key, "0" * len(key))
    answer = stranger.send("GET", f"{guessed}/dark/16/1/1.png")
    assert refusal(answer) == (401, "not-signed-in")
    good(desk.send("DELETE", "/v1/sessions/current"))
    closed = stranger.send("GET", path(seen, "dark", at_scene(16)))
    assert refusal(closed) == (401, "not-signed-in")


@pytest.mark.parametrize(
    ("fix", "unit", "served", "road"),
    [
        (SCENE, "演示区大队", True, "样例大道"),
        ({"longitude": 83.0250, "latitude": 39.0094}, "试验区大队", True, "样例大道"),
        (COUNTY, "示范县大队", False, "测试路"),
        (DESERT, "", False, ""),
    ],
)
def test_unit_and_road_of_a_place(
    desk: Desk, phone: Callable[..., Phone], fix: dict[str, float], unit: str, served: bool, road: str
) -> None:
    (found,) = reported(desk, phone, **fix).whereabouts
    assert (found.unit, found.served, found.road) == (unit, served, road)
    assert found.off_road(12) == (road == "")


def test_off_the_road_is_measured_in_metres(desk: Desk, phone: Callable[..., Phone]) -> None:
    north = Coordinates(**SCENE, datum=Datum.WGS84).moved(east_m=0, north_m=60)
    (found,) = reported(desk, phone, longitude=north.longitude, latitude=north.latitude).whereabouts
    assert found.road_m == pytest.approx(60, abs=2)
    assert (found.off_road(12), found.off_road(50)) == (True, False)


def test_an_unknown_datum_has_two_readings(desk: Desk, phone: Callable[..., Phone]) -> None:
    one, other = reported(desk, phone, longitude=83.0182, latitude=39.0088, datum="unknown").whereabouts
    assert (one.datum, other.datum) == (Datum.WGS84, Datum.GCJ02)
    assert (one.unit, other.unit) == ("演示区大队", "演示区大队")
    assert one.road_m != other.road_m


def test_a_fix_in_a_shifted_system_is_found_where_it_is_meant(
    desk: Desk, phone: Callable[..., Phone]
) -> None:
    shifted = Coordinates(**SCENE, datum=Datum.WGS84).to(Datum.BD09)
    (found,) = reported(
        desk, phone, longitude=shifted.longitude, latitude=shifted.latitude, datum="bd09"
    ).whereabouts
    assert (found.datum, found.road) == (Datum.BD09, "样例大道")
    assert found.road_m < 3


def test_a_pin_stays_where_the_desk_set_it(desk: Desk, phone: Callable[..., Phone]) -> None:
    caller = phone()
    call_id, _token = caller.place()
    caller.post("/v1/party/position", {"position": FIX})
    at = incident_of(desk, call_id)
    pin = {**FIX, **COUNTY, "accuracy_m": 0.0}
    for _ in range(2):
        desk.put(f"/v1/incidents/{at}/pin", {"position": pin, "by_hand": True})
    pinned = incident(desk, at)
    assert pinned.pin is not None
    assert (pinned.pin.by_hand, pinned.pin.by) == (True, desk.session["user"]["id"])
    assert [w.unit for w in pinned.whereabouts] == ["示范县大队"]
    caller.post("/v1/party/position", {"position": {**FIX, "longitude": 83.02}})
    later = incident(desk, at)
    assert later.position == pinned.position
    assert later.fix is not None
    assert later.fix.longitude == 83.02
    assert later.version == pinned.version + 1
    unknown = {"position": {**pin, "datum": "unknown"}, "by_hand": True}
    answer = desk.send("PUT", f"/v1/incidents/{at}/pin", unknown)
    assert refusal(answer) == (422, "datum-unknown")


def test_the_local_rule_is_applied_as_facts_come_in(desk: Desk, phone: Callable[..., Phone]) -> None:
    found = reported(desk, phone, **COUNTY)
    assert found.local is not None
    assert (found.local.rule, found.local.unmet) == ("training_town", (Unmet.AREA,))
    row = f"/v1/incidents/{found.id}/facts/{TriageFact.OUTSIDE_LOCAL_RULE}"
    assert refusal(desk.send("PUT", row, {"answer": "no"})) == (409, "fact-by-rule")
    pin = {"position": {**FIX, **SCENE}, "by_hand": True}
    good(desk.send("PUT", f"/v1/incidents/{found.id}/pin", pin))
    desk.put(f"/v1/incidents/{found.id}/facts/{TriageFact.IMMOVABLE}", {"answer": "no"})
    moved = incident(desk, found.id)
    assert moved.local is not None
    assert (moved.local.unmet, moved.local.open) == ((), (Unmet.INSURANCE,))
    desk.put(row, {"answer": "no"})
