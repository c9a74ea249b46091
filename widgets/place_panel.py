"""Place: two text fields, and the phone's fix with accuracy and datum (interface.md 5, step 5)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from widgets.chip import ChipState
from widgets.fields import LineField
from widgets.flow import Beside
from widgets.panel import Panel
from widgets.parts import IconLabel, label, row
from widgets.theme import Severity


@dataclass(frozen=True)
class PlaceState:
    """road, landmark as stored; coordinates and fix: what the phone reported, in words."""

    road: str
    landmark: str
    coordinates: str
    fix: str
    accuracy: str
    datum: str
    datum_severity: Severity = "info"


class PlacePanel(Panel):
    """`edited` (field, text) per keystroke. The phone's fix never overwrites what was typed."""

    edited = Signal(str, str)

    def __init__(self, state: PlaceState) -> None:
        super().__init__(self.tr("地点"), "map-pin", "Ctrl+5")
        self.road = LineField(self.tr("道路与方向"), self.tr("道路与方向"))
        self.landmark = LineField(self.tr("路口、灯杆号或参照物"), self.tr("路口、灯杆号或参照物"))
        self.road.textEdited.connect(lambda text: self.edited.emit("road", text))
        self.landmark.textEdited.connect(lambda text: self.edited.emit("landmark", text))
        self._coordinates = label("", "small", "text2")
        self._fix = label("", "caption", "text3")
        self.body.addWidget(Beside(self.road, self.landmark, shares=(1, 1), enough=540))
        self.body.addLayout(
            row(IconLabel("crosshair", size=14), self._coordinates, 6, self._fix, None, spacing=6)
        )
        self.set_state(state)

    def set_state(self, state: PlaceState) -> None:
        """Show what is stored; a field with the focus keeps what is being typed."""
        self.road.show_value(state.road)
        self.landmark.show_value(state.landmark)
        self._coordinates.setText(state.coordinates)
        self._fix.setText(state.fix)
        self.set_chips(
            ChipState(state.accuracy, "none", "crosshair"),
            ChipState(state.datum, state.datum_severity, "layers"),
        )
