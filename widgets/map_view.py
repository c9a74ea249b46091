"""The map of a place: tiles of a server by QtLocation, and over them pin, accuracy, direction and doubt.

Where tiles are missing a grid, the scale and the pin stay. The scene is drawn in software, for a small still
picture costs little and a graphics surface in the window would slow down the video beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Q_ARG, QEvent, QMetaObject, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtQuick import QQuickWindow
from PySide6.QtQuickWidgets import QQuickWidget
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import fonts, theme

SCENE = Path(__file__).with_suffix(".qml")
SOFTWARE = "software"
NUDGE_M, FAR_NUDGE_M = 5.0, 50.0
_STEPS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


@dataclass(frozen=True)
class Spot:
    """Degrees in the system in which the tiles are drawn."""

    longitude: float
    latitude: float


@dataclass(frozen=True)
class TileServer:
    """Tiles are `{url}/{dark|light}/{z}/{x}/{y}.png`; those fetched are kept in the folder `cache`."""

    url: str
    cache: str
    attribution: str
    min_zoom: int
    max_zoom: int
    centre: Spot


@dataclass(frozen=True)
class MapState:
    """What the map shows. `subject` names the case: the view goes to the pin when another one comes.

    `pin` is where it was, `settled` whether somebody decided so, `accuracy_m` the radius of the circle and
    `heading` the direction of travel in degrees from north. `other` is a second place that may be meant, with
    `other_words` about it. `missing` says why there are no tiles, `moving` what moves the pin.
    """

    subject: str = ""
    server: TileServer | None = None
    pin: Spot | None = None
    settled: bool = False
    accuracy_m: float = 0.0
    heading: float | None = None
    other: Spot | None = None
    other_words: str = ""
    missing: str = ""
    moving: str = ""
    name: str = ""


class _Ear(QObject):
    """What the scene tells: a place that was tapped, in degrees."""

    tapped = Signal(float, float)


class MapView(QWidget):
    """`nudged` (metres east, metres north) by arrow keys, ten times as far with Shift; `placed` (longitude,
    latitude) by a tap; + and - zoom.
    """

    nudged = Signal(float, float)
    placed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(2, 2, 2, 2)
        self._ear = _Ear(self)
        self._ear.tapped.connect(self._tapped)
        self._scene: QQuickWidget | None = None
        self._worn: tuple[object, ...] = ()
        self.state = MapState()

    def set_state(self, state: MapState) -> None:
        """Show a state; the scene is made when there is first something to show."""
        if state == self.state:
            return
        self.state = state
        self.setAccessibleName(state.name)
        if self._scene is not None or state.server is not None or state.pin is not None:
            self._dress()
            self._tell()

    def warm(self, server: TileServer | None) -> None:
        """Make the scene before it is needed, so that the first case does not wait for it."""
        self.set_state(MapState(server=server))

    def sizeHint(self) -> QSize:
        """The room that picture 03 gives it."""
        worn = theme.current()
        return QSize(worn.px(360), worn.px(156))

    def minimumSizeHint(self) -> QSize:
        """Pin, words and scale still have room."""
        worn = theme.current()
        return QSize(worn.px(180), worn.px(140))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the pin, + and - zoom; everything else is the window's."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = FAR_NUDGE_M if far else NUDGE_M
            east, north = _STEPS[key]
            self.nudged.emit(east * step, north * step)
        elif key in _ZOOMS and self._scene is not None:
            self._call("zoom", _ZOOMS[key])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme wants other tiles."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._scene is not None:
            self._dress()
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map's own edge, or the focus ring."""
        worn = theme.current()
        painter = QPainter(self)
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(worn.color("focus" if self.hasFocus() else "line"), width))
        painter.drawRect(self.rect().adjusted(0, 0, -width, -width))
        painter.end()

    def _tapped(self, longitude: float, latitude: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.placed.emit(longitude, latitude)

    def _dress(self) -> None:
        """Make the scene, or make it anew for another server, theme or text size; each has its own tiles."""
        worn, server = theme.current(), self.state.server
        wanted = (worn, server)
        if self._scene is not None and wanted == self._worn:
            return
        if self._scene is None:
            if QQuickWindow.sceneGraphBackend() != SOFTWARE:
                QQuickWindow.setSceneGraphBackend(SOFTWARE)
            self._scene = QQuickWidget(self)
            self._scene.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._scene.setResizeMode(QQuickWidget.ResizeMode.SizeRootObjectToView)
            self._box.addWidget(self._scene)
        self._worn = wanted
        self._scene.setInitialProperties(
            {
                "host": f"{server.url}/{worn.mode}/" if server else "",
                "cache": f"{server.cache}/{worn.mode}" if server else "",
                "look": _look(worn),
                "ear": self._ear,
            }
        )
        self._scene.setSource(QUrl.fromLocalFile(str(SCENE)))
        if self._scene.errors():
            raise RuntimeError("; ".join(error.toString() for error in self._scene.errors()))

    def _tell(self) -> None:
        self._call("show", _told(self.state))

    def _call(self, name: str, value: object) -> None:
        root = self._scene.rootObject() if self._scene is not None else None
        if root is not None:
            QMetaObject.invokeMethod(root, name, Q_ARG("QVariant", value))


def _look(worn: theme.Theme) -> Mapping[str, Any]:
    halo = worn.color("accent")
    halo.setAlphaF(0.18)
    label = worn.color("panel")
    label.setAlphaF(0.88)
    return {
        "ground": worn.color("bg"),
        "line": worn.color("line"),
        "accent": worn.color("accent"),
        "halo": halo,
        "warn": worn.color("warn"),
        "label": label,
        "text": worn.color("text"),
        "dim": worn.color("text2"),
        "family": fonts.FALLBACK_FAMILIES[0],
        "captionPx": worn.px(12),
    }


def _told(state: MapState) -> dict[str, object]:
    """The state as the scene reads it; what is not there is left out."""
    server = state.server
    told: dict[str, object] = {
        "subject": state.subject,
        "settled": state.settled,
        "accuracy": state.accuracy_m,
        "otherWords": state.other_words,
        "missing": state.missing,
        "moving": state.moving,
    }
    if state.heading is not None:
        told["heading"] = state.heading
    centre = None if server is None else server.centre
    for name, spot in (("pin", state.pin), ("other", state.other), ("centre", centre)):
        if spot is not None:
            told[name] = {"longitude": spot.longitude, "latitude": spot.latitude}
    if server is not None:
        told |= {
            "attribution": server.attribution,
            "minZoom": server.min_zoom,
            "maxZoom": server.max_zoom,
        }
    return told
