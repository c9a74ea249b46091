"""Tiles out of a file and from elsewhere; a map service that errs, stalls and lies, on a real server."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from console.contract.codec import DecodeError
from console.domain.errors import DomainError
from console.domain.geo import Datum, Position
from console.domain.tiles import TileAddress
from console.service.maps.atlas import Atlas, open_atlas
from console.service.maps.upstream import Upstream
from console.service.settings import RESOURCES
from tests.adapters.bad_server import Handler, misbehaving
from tests.unit.domain.builders import T0
from tests.waiting import wait_until

SPOT = TileAddress(zoom=16, x=47879, y=25044)
KEY = "secret-of-the-city"
UNITS = RESOURCES / "cities" / "training_town" / "areas.geojson"
HEAD = 'attribution = "示例图"\ndatum = "gcj02"\nmin_zoom = 10\nmax_zoom = 17\nareas = "areas.geojson"\n'


def picture(colour: tuple[int, ...], side: int = 256, kind: str = "PNG") -> bytes:
    content = BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", (side, side), colour).save(content, kind)
    return content.getvalue()


def atlas(data: Path, text: str) -> Atlas:
    """The map of a service with this ``map.toml``."""
    (data / "map.toml").write_text(text, "utf-8")
    (data / "map.key").write_text(KEY + "\n", "utf-8")
    (data / "areas.geojson").write_bytes(UNITS.read_bytes())
    return open_atlas(data, RESOURCES, training=False, units=UNITS)


def upstream(data: Path, url: str, *layers: str) -> Atlas:
    addresses = [f"{url}/{layer}?x={{x}}&y={{y}}&z={{z}}&s={{s}}&tk={{key}}" for layer in layers or ("vec",)]
    text = f'source = "upstream"\n{HEAD}[upstream]\nlight = {addresses}\nsubdomains = "01"\n'
    return atlas(data, text + 'key_file = "map.key"\n')


def refused(look: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as error:
        look()
    return error.value.code


def test_an_mbtiles_file_counts_rows_from_the_south(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "light.mbtiles") as file:
        file.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        rows = (
            (16, SPOT.x, 65535 - SPOT.y, picture((1, 2, 3), kind="JPEG")),
            (16, SPOT.x + 1, 65535 - SPOT.y, b"no picture"),
        )
        file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    file.close()
    seen = atlas(tmp_path, f'source = "mbtiles"\n{HEAD}[mbtiles]\nlight = "light.mbtiles"\n')
    assert (seen.extent.datum, seen.extent.attribution) == (Datum.GCJ02, "示例图")
    for mode in ("dark", "light"):
        assert seen.tile(mode, SPOT).media_type == "image/jpeg"
    north = TileAddress(zoom=16, x=SPOT.x, y=65535 - SPOT.y)
    assert refused(lambda: seen.tile("light", north)) == "tile-missing"
    broken = TileAddress(zoom=16, x=SPOT.x + 1, y=SPOT.y)
    assert refused(lambda: seen.tile("light", broken)) == "tile-unavailable"
    assert refused(lambda: seen.tile("light", TileAddress(zoom=18, x=1, y=1))) == "tile-missing"
    fix = Position(longitude=83.0123, latitude=39.0087, datum=Datum.WGS84, accuracy_m=9, fixed_at=T0)
    assert [found.unit for found in seen.whereabouts(fix)] == ["演示区大队"]


def test_upstream_layers_lie_on_one_another_and_the_key_goes_there_alone(tmp_path: Path) -> None:
    def answer(request: Handler) -> None:
        above = request.path.startswith("/cva")
        request.reply(200, picture((0, 0, 255, 128) if above else (255, 0, 0)), Content_Type="image/png")

    with misbehaving(answer) as server:
        seen = upstream(tmp_path, server.url, "vec", "cva")
        tile = seen.tile("dark", SPOT)
        seen.tile("light", SPOT)
        seen.tile("light", SPOT)
        asked = [parse_qs(urlsplit(path).query) for _method, path, _headers, _body in server.requests]
    with Image.open(BytesIO(tile.content)) as laid:
        assert laid.convert("RGB").getpixel((5, 5)) == (127, 0, 128)
    assert len(asked) == 4
    assert asked[0] == {"x": ["47879"], "y": ["25044"], "z": ["16"], "s": ["1"], "tk": [KEY]}
    assert KEY.encode() not in tile.content


def bomb() -> bytes:
    """A picture of 400 million pixels in 50 kB."""
    content = BytesIO()
    Image.new("1", (20_000, 20_000)).save(content, "PNG")
    return content.getvalue()


BOMB = bomb()
LIES: dict[str, Callable[[Handler], None]] = {
    "error": lambda request: request.reply(500, b"no"),
    "forbidden": lambda request: request.reply(403, b"no key"),
    "moved": lambda request: request.reply(302, b"", Location="http://127.0.0.1:9/"),
    "page": lambda request: request.reply(200, b"<html>", Content_Type="text/html"),
    "picture by name": lambda request: request.reply(200, b"<html>", Content_Type="image/png"),
    "wrong type": lambda request: request.reply(200, picture((1, 1, 1)), Content_Type="text/plain"),
    "cut": lambda request: request.cut(),
    "half": lambda request: request.reply(200, picture((9, 8, 7))[:300], Content_Type="image/png"),
    "huge": lambda request: request.reply(200, b"\x89PNG" + bytes(3 << 20), Content_Type="image/png"),
    "bomb": lambda request: request.reply(200, BOMB, Content_Type="image/png"),
    "too wide": lambda request: request.reply(200, picture((1, 1, 1), 1024), Content_Type="image/png"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
@pytest.mark.allows_log("left alone for a while")
def test_an_upstream_that_lies_is_left_alone(tmp_path: Path, lie: Callable[[Handler], None]) -> None:
    with misbehaving(lie) as server:
        seen = upstream(tmp_path, server.url)
        for _ in range(3):
            assert refused(lambda: seen.tile("light", SPOT)) == "tile-unavailable"
        assert len(server.requests) == 1


@pytest.mark.allows_log("left alone for a while")
def test_an_upstream_that_stalls_or_drips_is_given_up_and_then_left_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def drip(request: Handler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "image/png")
        request.end_headers()
        while not request.server.ended.wait(0.02):
            request.wfile.write(b"x")

    extent = open_atlas(Path("none"), RESOURCES, training=True, units=UNITS).extent
    for behaviour in (Handler.hang, drip):
        with misbehaving(behaviour) as server:
            layers = (server.url + "/{z}/{x}/{y}?tk={key}",)
            seen = Upstream({"light": layers, "dark": layers}, extent, key=KEY, patience_s=0.2, rest_s=0.5)
            for _ in range(3):
                assert refused(partial(seen.tile, "light", SPOT)) == "tile-unavailable"
            assert len(server.requests) == 1
            server.behave = lambda request: request.reply(200, picture((1, 1, 1)), Content_Type="image/png")
            wait_until(partial(comes_back, seen), 10, "the map service to be asked again")
    assert "left alone" in caplog.text
    assert KEY not in caplog.text


def comes_back(source: Upstream) -> bool:
    try:
        source.tile("light", SPOT)
    except DomainError:
        return False
    return True


def test_a_tile_that_upstream_does_not_have_is_no_trouble(tmp_path: Path) -> None:
    with misbehaving(lambda request: request.reply(404, b"none")) as server:
        seen = upstream(tmp_path, server.url)
        for _ in range(2):
            assert refused(lambda: seen.tile("light", SPOT)) == "tile-missing"
        assert len(server.requests) == 2


def test_settings_that_cannot_be_used_stop_the_service(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        atlas(tmp_path, f'source = "mbtiles"\n{HEAD}[mbtiles]\nlight = "away.mbtiles"\n')
    for wrong in (f'source = "upstream"\n{HEAD}', 'source = "upstream"\ndatum = "unknown"\n'):
        with pytest.raises(ValueError, match=r"map\.toml"):
            atlas(tmp_path, wrong)
    with pytest.raises(DecodeError):
        atlas(tmp_path, 'source = "elsewhere"\n')


def test_a_live_service_without_settings_has_no_map(tmp_path: Path) -> None:
    no_units = RESOURCES / "cities" / "zibo" / "areas.geojson"
    none = open_atlas(tmp_path, RESOURCES, training=False, units=no_units)
    assert refused(lambda: none.extent) == "no-map"
    fix = Position(longitude=83.0, latitude=39.0, datum=Datum.WGS84, accuracy_m=9, fixed_at=T0)
    assert none.whereabouts(fix) == ()
