"""Place: two text fields, coordinates with accuracy and datum, adopt the phone's fix (interface.md 5)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import IconLabel, label, row
from widgets.theme import Severity


@dataclass(frozen=True)
class PlaceState:
    """road, landmark as stored; fix: the phone's fix in words; adopt_blocked: why not, or ""."""

    road: str
    landmark: str
    coordinates: str
    fix: str
    jurisdiction: str
    accuracy: str
    datum: str
    datum_severity: Severity = "info"
    adopt_blocked: str = ""


class PlacePanel(Panel):
    """`edited` (field, text) per keystroke, `adopt` for the phone's fix. A fix never overwrites by itself."""

    edited = Signal(str, str)
    adopt = Signal()

    def __init__(self, state: PlaceState) -> None:
        super().__init__(self.tr("地点"), "map-pin")
        self.road = LineField(self.tr("道路与方向"), self.tr("道路与方向"))
        self.landmark = LineField(self.tr("路口、灯杆号或参照物"), self.tr("路口、灯杆号或参照物"))
        self.road.textEdited.connect(lambda text: self.edited.emit("road", text))
        self.landmark.textEdited.connect(lambda text: self.edited.emit("landmark", text))
        self._coordinates = label("", "small", "text2")
        self._fix = label("", "caption", "text2")
        self._jurisdiction = label("", "caption", "text2")
        self._adopt = DeskButton(self.tr("采用定位"), "map-pin", "G")
        self._adopt.clicked.connect(self.adopt)
        self.body.addLayout(row(self.road, self.landmark))
        self.body.addLayout(
            row(IconLabel("crosshair", size=14), self._coordinates, None, self._adopt, spacing=6)
        )
        self.body.addLayout(
            row(
                IconLabel("navigation", size=14),
                self._fix,
                12,
                IconLabel("shield-check", size=14),
                self._jurisdiction,
                None,
                spacing=6,
            )
        )
        self.set_state(state)

    def set_state(self, state: PlaceState) -> None:
        """Show what is stored; a field with the focus keeps what is being typed."""
        self.road.show_value(state.road)
        self.landmark.show_value(state.landmark)
        self._coordinates.setText(state.coordinates)
        self._fix.setText(state.fix)
        self._jurisdiction.setText(state.jurisdiction)
        self._adopt.set_blocked(state.adopt_blocked)
        self.set_chips(
            ChipState(state.accuracy, "none", "crosshair"),
            ChipState(state.datum, state.datum_severity, "layers"),
        )
