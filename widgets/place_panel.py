"""Place and time: the map with its pin, text fields, what is known of the fix (interface.md 5, step 5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.fields import LineField
from widgets.flow import Beside
from widgets.map_view import MapState, MapView
from widgets.moment_field import MomentField
from widgets.panel import Panel
from widgets.parts import IconLabel, column, label, row, set_tone
from widgets.theme import SEVERITY_ICON, Severity


@dataclass(frozen=True)
class PlaceLine:
    """A line of words below the fields; the severity gives its icon unless there is one of its own."""

    words: str
    severity: Severity = "none"
    icon: str = ""


@dataclass(frozen=True)
class PlaceState:
    """road, landmark as stored; `lines` say where the position comes from, which unit it belongs to and what
    is wrong with it.

    `adopt_blocked` is why there is no fix to take over. `datum_key` shows the button that reads the fix in
    another system.
    """

    road: str
    landmark: str
    accuracy: ChipState
    datum: ChipState
    lines: tuple[PlaceLine, ...]
    map: MapState = field(default_factory=MapState)
    adopt_blocked: str = ""
    moving: bool = False
    datum_key: bool = False


LINES = 3
"""More lines are never shown at once: origin, unit, warning."""


class PlacePanel(Panel):
    """`edited` (field, text) per keystroke; `adopt_asked`, `move_asked` and `datum_asked` by button; `nudged`
    and `placed` as the map tells them. Nothing here overwrites what is being typed.
    """

    edited = Signal(str, str)
    adopt_asked = Signal()
    move_asked = Signal()
    datum_asked = Signal()

    def __init__(self, state: PlaceState) -> None:
        super().__init__(self.tr("地点"), "map-pin", "Ctrl+5")
        self.map = MapView()
        self.nudged, self.placed = self.map.nudged, self.map.placed
        self.road = LineField(self.tr("道路与方向"), self.tr("道路与方向"))
        self.landmark = LineField(self.tr("路口、灯杆号或参照物"), self.tr("路口、灯杆号或参照物"))
        self.road.textEdited.connect(lambda text: self.edited.emit("road", text))
        self.landmark.textEdited.connect(lambda text: self.edited.emit("landmark", text))
        self.time = MomentField(self.tr("事故时间"))
        self.adopt = DeskButton(self.tr("采用定位"), "map-pin", "G", role="small", height=26)
        self.move_pin = DeskButton(self.tr("移图钉"), "move", "P", role="small", height=26)
        self.datum = DeskButton(self.tr("换坐标系"), "layers", "D", role="small", height=26)
        self.adopt.clicked.connect(self.adopt_asked)
        self.move_pin.clicked.connect(self.move_asked)
        self.datum.clicked.connect(self.datum_asked)
        self._lines = tuple((IconLabel("circle", size=14), _wrapped()) for _ in range(LINES))
        lines = [row(icon, words, spacing=6) for icon, words in self._lines]
        side = QWidget()
        side.setLayout(
            column(
                self.road,
                self.landmark,
                self.time,
                *lines,
                row(self.adopt, self.move_pin, self.datum, None, spacing=6),
                None,
                spacing=2,
            )
        )
        self.body.addWidget(Beside(self.map, side, shares=(11, 9), enough=480))
        self.set_state(state)

    def set_state(self, state: PlaceState) -> None:
        """Show what is stored; a field with the focus keeps what is being typed."""
        self.road.show_value(state.road)
        self.landmark.show_value(state.landmark)
        self.set_chips(state.accuracy, state.datum)
        for at, (icon, words) in enumerate(self._lines):
            line = state.lines[at] if at < len(state.lines) else PlaceLine("")
            tone = "text2" if line.severity in {"none", "unknown", "ok"} else line.severity
            icon.set_icon(line.icon or SEVERITY_ICON[line.severity], tone)
            icon.setVisible(bool(line.words))
            words.setText(line.words)
            words.setVisible(bool(line.words))
            set_tone(words, tone)
        self.adopt.setEnabled(not state.adopt_blocked)
        self.adopt.setToolTip(state.adopt_blocked)
        self.move_pin.set_face(self.move_pin.text(), kind="on" if state.moving else "plain")
        self.datum.setVisible(state.datum_key)
        self.map.set_state(state.map)


def _wrapped() -> QLabel:
    words = label("", "caption", "text2")
    words.setWordWrap(True)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return words
