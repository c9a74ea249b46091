"""The place panel in every state; without a server its map shows the grid."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from widgets.chip import ChipState
from widgets.map_view import MapState, Spot
from widgets.moment_field import MomentState
from widgets.place_panel import PlaceLine, PlacePanel, PlaceState

REPORTED = datetime(2026, 11, 24, 14, 29)
SCENE = Spot(83.0123, 39.0087)

TAKEN = PlaceState(
    road="样例大道 由东向西",
    landmark="测试路口西 120 m · 灯杆 Y-0417",
    accuracy=ChipState("精度 18 m", "none", "crosshair"),
    datum=ChipState("GCJ-02 · 对端声明", "info", "layers"),
    lines=(
        PlaceLine("手机卫星定位 14:31:50 · 已采用", icon="navigation"),
        PlaceLine("管辖:演示区大队", icon="shield-check"),
    ),
    map=MapState(
        subject="one",
        pin=SCENE,
        settled=True,
        accuracy_m=18,
        heading=270,
        name="地图, 图钉在 83.0123, 39.0087",
    ),
)
DOUBTED = replace(
    TAKEN,
    datum=ChipState("坐标系未知", "warn", "layers"),
    lines=(
        PlaceLine("手机卫星定位 14:31:50 · 未采用", icon="navigation"),
        PlaceLine("管辖:按 WGS-84 为演示区大队", icon="shield-check"),
        PlaceLine("坐标系未知:按 D 选定后再采用", "warn"),
    ),
    map=replace(
        TAKEN.map,
        settled=False,
        heading=None,
        other=Spot(83.0165, 39.0094),
        other_words="GCJ-02 相差 512 m,跨大队",
    ),
    datum_key=True,
)
WITHOUT_TILES = replace(
    TAKEN,
    lines=(
        PlaceLine("人工移图钉 14:33:02", icon="move"),
        PlaceLine("管辖:不在任何辖区内", "warn"),
        PlaceLine("不在路上:离样例大道 86 m", "warn"),
    ),
    map=replace(
        TAKEN.map,
        missing="离线地图无此处 · 83.012300, 39.008700",
        moving="方向键移 5 米,点图放到该处,P 结束",
        accuracy_m=0,
    ),
    adopt_blocked="手机还没有报位置",
    moving=True,
)


def place_panel() -> QWidget:
    """A fix that was taken over."""
    return _at_minute(PlacePanel(TAKEN))


def place_doubted() -> QWidget:
    """Datum unknown: both candidates and how far they are apart."""
    panel = PlacePanel(DOUBTED)
    panel.time.set_state(MomentState(REPORTED, "报警时间,待核", sure=False))
    return panel


def place_without_tiles() -> QWidget:
    """No tiles here, the pin being moved by hand, outside every area and off the road."""
    return _at_minute(PlacePanel(WITHOUT_TILES))


def place_narrow() -> QWidget:
    """The map above the fields."""
    return _at_minute(PlacePanel(TAKEN))


def _at_minute(panel: PlacePanel) -> PlacePanel:
    panel.time.set_state(MomentState(REPORTED, "已确认"))
    return panel
