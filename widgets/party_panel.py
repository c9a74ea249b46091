"""One party: letter, name, masked phone and ID, plate, verification rows (picture 03)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from widgets.button import DeskButton
from widgets.chip import Chip, ChipState
from widgets.panel import Panel
from widgets.parts import IconLabel, label, row, set_tone
from widgets.plate import PlateLabel, PlateState
from widgets.rows import CheckRow, CheckRows
from widgets.theme import Severity


@dataclass(frozen=True)
class PartyState:
    """name, phone, id_number arrive masked; revealed_s: seconds left of a revealed field, else 0."""

    letter: str
    name: str
    role: str
    phone: str
    id_number: str
    plate: PlateState
    plate_note: str = ""
    plate_severity: Severity = "none"
    rows: tuple[CheckRow, ...] = ()
    revealed_s: int = 0
    joined: ChipState | None = None


class PartyPanel(Panel):
    """`reveal` asks for the masked fields (Ctrl+M: reason, logged, 20 s)."""

    reveal = Signal()

    def __init__(self, state: PartyState) -> None:
        super().__init__("", key="", margin=8)
        self._letter = Chip(ChipState(state.letter, "info", "user-round"), "body", bold=True)
        self._role = label("", "small", "text2")
        self.header.insertWidget(0, self._letter)
        self.header.insertWidget(2, self._role)
        self._reveal = DeskButton("", "eye-off", "Ctrl+M", kind="ghost", height=26)
        self._reveal.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reveal.set_name(self.tr("显示遮盖的号码"))
        self._reveal.clicked.connect(self.reveal)
        self.header.addWidget(self._reveal)
        self._phone = label("", "small", "text2")
        self._id = label("", "small", "text2")
        self._plate = PlateLabel(state.plate)
        self._plate_note = label("", "caption")
        self.checks = CheckRows()
        self.body.addLayout(
            row(
                IconLabel("phone", size=14),
                self._phone,
                None,
                IconLabel("id-card", size=14),
                self._id,
                spacing=4,
            )
        )
        self.body.addLayout(row(self._plate, self._plate_note, None))
        self.body.addWidget(self.checks, 1)
        self.set_state(state)

    def set_state(self, state: PartyState) -> None:
        """Show another state of this party."""
        self._letter.set_state(ChipState(state.letter, "info", "user-round"))
        self.set_title(state.name)
        self.setAccessibleName(f"{state.letter}, {state.name}, {state.role}")
        self._role.setText(state.role)
        self._phone.setText(state.phone)
        self._id.setText(state.id_number)
        self._plate.set_state(state.plate)
        self._plate_note.setText(state.plate_note)
        set_tone(self._plate_note, state.plate_severity)
        self.checks.set_rows(state.rows)
        left = self.tr("%1 秒后遮").replace("%1", str(state.revealed_s)) if state.revealed_s else ""
        self._reveal.set_face(left, "eye" if state.revealed_s else "eye-off")
        self._reveal.setToolTip(self.tr("显示遮盖的号码(需选原因,会记录)"))
        self.set_chips(*((state.joined,) if state.joined else ()))
