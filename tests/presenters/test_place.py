"""The place panel over a real tile server: fix, pin, datum, jurisdiction; nothing set by a person is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from console.contract.desk_api import MapAccess, PinPlace
from console.domain import events as ev
from console.domain.geo import Coordinates, Datum, Position, distance_m
from console.domain.place import PlaceLocated, PlacePinned, PositionReported, Whereabouts
from console.presenters.place_view import heading
from console.usecases.edits import PIN
from tests.adapters.bad_server import BadServer, Handler, misbehaving
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import in_another_call, in_call
from tests.unit.domain.builders import T0
from widgets.map_view import MapView
from widgets.place_panel import PlacePanel

FIX = Position(longitude=83.0123, latitude=39.0087, datum=Datum.WGS84, accuracy_m=18, fixed_at=T0)
TILE = (200, 60, 60)
ACCESS = MapAccess(
    tiles="/v1/map/tiles/key",
    edition="one",
    attribution="训练图",
    datum=Datum.WGS84,
    min_zoom=12,
    max_zoom=19,
    west=82.98,
    south=38.98,
    east=83.05,
    north=39.04,
)


def served(request: Handler) -> None:
    content = BytesIO()
    Image.new("RGB", (256, 256), TILE if "/dark/" in request.path else (60, 200, 60)).save(content, "PNG")
    request.reply(200, content.getvalue(), Content_Type="image/png")


@pytest.fixture
def tiles() -> Iterator[BadServer]:
    """A server that has every tile."""
    with misbehaving(served) as server:
        yield server


@pytest.fixture
def mapped(app: QApplication, tiles: BadServer) -> Iterator[Rig]:
    """A desk in a call, whose service has a map."""
    with with_map(app, tiles) as rig:
        yield rig


@contextmanager
def with_map(app: QApplication, server: BadServer) -> Iterator[Rig]:
    rig = Rig(app, service_url=server.url)
    rig.service.map = ACCESS
    rig.open()
    try:
        rig.settle(lambda: rig.main.window.findChildren(MapView)[0].state.server, "the map")
        in_call(rig)
        yield rig
    finally:
        rig.close()


def panel(rig: Rig) -> PlacePanel:
    return rig.one(PlacePanel)


def pictured(rig: Rig) -> QImage:
    return rig.one(MapView).grab().toImage()


def share(image: QImage, colour: tuple[int, int, int]) -> float:
    """Part of the picture that has this colour."""
    wanted = 0xFF000000 | colour[0] << 16 | colour[1] << 8 | colour[2]
    spots = [(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)]
    return sum(image.pixel(x, y) == wanted for x, y in spots) / len(spots)


def pins(rig: Rig) -> list[PinPlace]:
    return [request for request in rig.asked("pin_place") if isinstance(request, PinPlace)]


def located(*found: tuple[Datum, str, bool, float]) -> PlaceLocated:
    return PlaceLocated(
        whereabouts=tuple(
            Whereabouts(datum=datum, unit=unit, served=ours, road="样例大道", road_m=metres)
            for datum, unit, ours, metres in found
        )
    )


def test_tiles_are_fetched_and_drawn_in_the_theme(mapped: Rig, tiles: BadServer) -> None:
    mapped.happens(PositionReported(position=FIX))
    mapped.settle(lambda: share(pictured(mapped), TILE) > 0.6, "the tiles on the map")
    asked = {path for _method, path, _headers, _body in tiles.requests}
    assert "/v1/map/tiles/key/dark/16/47879/25044.png" in asked
    mapped.press(Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    mapped.settle(lambda: share(pictured(mapped), (60, 200, 60)) > 0.6, "the light tiles")
    mapped.press(Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    mapped.settle(lambda: share(pictured(mapped), TILE) > 0.6, "the dark tiles")


def test_where_tiles_are_missing_grid_and_coordinates_stay(app: QApplication) -> None:
    with (
        misbehaving(lambda request: request.reply(404, b"none")) as server,
        with_map(app, server) as rig,
    ):
        rig.service.drawn = False
        rig.happens(PositionReported(position=FIX))
        words = rig.settle(lambda: rig.one(MapView).state.missing, "the words for it")
        assert words == "离线地图无此处 · 83.012300, 39.008700"
        assert share(pictured(rig), TILE) == 0
        rig.happens(PositionReported(position=replace(FIX, longitude=116.4)))
        assert rig.one(MapView).state.missing.startswith("离线地图无此处 · 116.4")
        assert len(rig.asked("has_tile")) == 1


def test_without_a_map_the_place_still_works(rig: Rig) -> None:
    in_call(rig)
    rig.happens(PositionReported(position=FIX), located((Datum.WGS84, "演示区大队", True, 3.0)))
    assert "没有地图" in rig.one(MapView).state.missing
    assert "管辖:演示区大队" in rig.words(panel(rig))
    rig.press(Qt.Key.Key_5, CTRL)
    rig.press(Qt.Key.Key_G)
    (pin,) = rig.until_asked("pin_place")
    assert pin == PinPlace(position=FIX, by_hand=False)


def test_g_adopts_the_fix_with_its_own_values_and_no_fix_moves_it(mapped: Rig) -> None:
    shifted = replace(FIX, datum=Datum.GCJ02)
    mapped.happens(PositionReported(position=shifted))
    assert "GCJ-02 · 对端声明" in mapped.words(panel(mapped))
    assert "未采用" in mapped.words(panel(mapped))
    mapped.press(Qt.Key.Key_5, CTRL)
    mapped.press(Qt.Key.Key_G)
    mapped.settle(lambda: mapped.drafts.kept.get((INCIDENT, PIN)), "the pin on disk")
    assert "管辖:等服务确认" in mapped.words(panel(mapped))
    mapped.until_asked("pin_place")
    assert pins(mapped) == [PinPlace(position=shifted, by_hand=False)]
    mapped.happens(
        PlacePinned(position=shifted, by_hand=False), located((Datum.GCJ02, "演示区大队", True, 3.0))
    )
    assert "已采用" in mapped.words(panel(mapped))
    assert "管辖:演示区大队" in mapped.words(panel(mapped))
    before = mapped.one(MapView).state.pin
    mapped.happens(PositionReported(position=replace(shifted, latitude=39.0107)))
    state = mapped.one(MapView).state
    assert (state.pin, state.settled) == (before, True)
    assert state.other_words == "手机定位离图钉 222 m"


def test_arrows_move_the_pin_by_five_metres_and_the_last_place_counts(mapped: Rig) -> None:
    mapped.happens(PositionReported(position=FIX))
    mapped.press(Qt.Key.Key_5, CTRL)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        mapped.press(key)
        mapped.idle()
    mapped.until_asked("pin_place")
    position = pins(mapped)[-1].position
    wanted = FIX.coordinates.moved(east_m=10, north_m=-5)
    assert distance_m(position.coordinates, wanted) < 0.05
    assert (position.accuracy_m, position.stated_by, pins(mapped)[-1].by_hand) == (0, "desk", True)
    assert "人工移图钉" in mapped.words(panel(mapped))
    assert mapped.one(MapView).state.settled


def test_p_moves_the_pin_to_a_place_that_is_tapped(mapped: Rig) -> None:
    mapped.happens(PositionReported(position=FIX))
    view = mapped.one(MapView)
    view.placed.emit(83.02, 39.01)
    assert pins(mapped) == []
    mapped.press(Qt.Key.Key_5, CTRL)
    mapped.press(Qt.Key.Key_P)
    assert view.state.moving
    view.placed.emit(83.02, 39.01)
    mapped.until_asked("pin_place")
    assert pins(mapped)[-1].position.coordinates == Coordinates(
        longitude=83.02, latitude=39.01, datum=Datum.WGS84
    )
    mapped.press(Qt.Key.Key_P)
    assert not view.state.moving


def test_without_a_fix_p_begins_in_the_middle_of_the_map(mapped: Rig) -> None:
    mapped.press(Qt.Key.Key_5, CTRL)
    mapped.press(Qt.Key.Key_G)
    mapped.press(Qt.Key.Key_Left)
    assert pins(mapped) == []
    mapped.press(Qt.Key.Key_P)
    mapped.until_asked("pin_place")
    assert pins(mapped)[-1].position.longitude == pytest.approx(83.015)


def test_an_unknown_datum_shows_both_and_must_be_chosen_first(mapped: Rig) -> None:
    unknown = replace(FIX, datum=Datum.UNKNOWN)
    mapped.happens(
        PositionReported(position=unknown),
        located((Datum.WGS84, "演示区大队", True, 3.0), (Datum.GCJ02, "试验区大队", True, 9.0)),
    )
    state = mapped.one(MapView).state
    assert state.other is not None
    assert state.other_words.startswith("GCJ-02 相差 ")
    assert state.other_words.endswith(" m,跨大队")
    assert "坐标系未知" in mapped.words(panel(mapped))
    mapped.press(Qt.Key.Key_5, CTRL)
    for key in (Qt.Key.Key_G, Qt.Key.Key_Up):
        mapped.press(key)
        mapped.idle()
    assert pins(mapped) == []
    for datum in ("WGS-84", "GCJ-02"):
        mapped.press(Qt.Key.Key_D)
        assert f"{datum} · 本席选定" in mapped.words(panel(mapped))
    assert "管辖:试验区大队" in mapped.words(panel(mapped))
    mapped.press(Qt.Key.Key_G)
    mapped.until_asked("pin_place")
    assert pins(mapped) == [
        PinPlace(position=replace(unknown, datum=Datum.GCJ02, stated_by="desk"), by_hand=False)
    ]


def test_another_jurisdiction_and_off_the_road_are_said(mapped: Rig) -> None:
    mapped.happens(PositionReported(position=FIX), located((Datum.WGS84, "示范县大队", False, 86.4)))
    words = mapped.words(panel(mapped))
    assert "管辖:示范县大队,不归本中心" in words
    assert "不在路上:离样例大道 86 m" in words
    away = PositionReported(position=replace(FIX, latitude=39.2))
    mapped.happens(away, located((Datum.WGS84, "", False, 0)))
    assert "管辖:不在任何辖区内" in mapped.words(panel(mapped))


def test_the_next_case_begins_with_its_own_place(mapped: Rig) -> None:
    mapped.happens(PositionReported(position=FIX))
    mapped.press(Qt.Key.Key_5, CTRL)
    mapped.press(Qt.Key.Key_P)
    mapped.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    in_another_call(mapped)
    state = mapped.one(MapView).state
    assert (state.pin, state.moving) == (None, "")


def test_the_direction_comes_from_the_words() -> None:
    said = ("样例大道 由东向西", "由南往北", "测试路由北向南", "样例大道")
    assert [heading(words) for words in said] == [270, 0, 180, None]
