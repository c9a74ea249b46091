"""One party (picture 03): masked head, plate beside its picture, verification rows; the form to type in."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.chip import Chip, ChipState
from widgets.crop import Crop
from widgets.panel import Panel
from widgets.parts import IconLabel, column, label, row, set_tone
from widgets.party_form import PartyField, PartyForm
from widgets.plate import PlateLabel, PlateState
from widgets.reveal_line import RevealLine
from widgets.rows import CheckRow, CheckRows
from widgets.theme import SEVERITY_ICON, Severity


@dataclass(frozen=True)
class PartyState:
    """name, phone, id_number arrive masked or revealed; revealed_s: seconds that are left of it, else 0.

    crop: the plate as photographed, None while there is no picture of it.
    """

    letter: str
    name: str
    role: str
    phone: str
    id_number: str
    plate: PlateState
    plate_note: str = ""
    plate_severity: Severity = "none"
    crop: QImage | None = field(default=None, compare=False)
    rows: tuple[CheckRow, ...] = ()
    fields: tuple[PartyField, ...] = ()
    chips: tuple[ChipState, ...] = ()
    revealed_s: int = 0


class PartyPanel(Panel):
    """Shows the party; while the keyboard is in it, it is the form to type in.

    `edited` (field key, text) per keystroke; `uncovered` (field key): somebody typing sees a masked value;
    `revealed` (reason key): the masked head may be shown; `opened`: the verification of this party is asked
    for.
    """

    edited = Signal(str, str)
    uncovered = Signal(str)
    revealed = Signal(str)
    opened = Signal()

    def __init__(self, state: PartyState, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("", key="", margin=8)
        self._letter = Chip(ChipState(state.letter, "info", "user-round"), "body", bold=True)
        self._role = label("", "small", "text2")
        self.header.insertWidget(0, self._letter)
        self.header.insertWidget(2, self._role)
        self._reveal = DeskButton("", "eye-off", "Ctrl+M", kind="ghost", height=26)
        self._reveal.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reveal.set_name(self.tr("显示遮盖的号码"))
        self._reveal.clicked.connect(self.ask_reason)
        self.header.addWidget(self._reveal)
        self.reasons = RevealLine(reasons)
        self.reasons.hide()
        self.reasons.chosen.connect(self.revealed)
        self._phone = label("", "small", "text2")
        self._id = label("", "small", "text2")
        self._crop = Crop(self.tr("号牌照片"), 92, 40)
        self._plate = PlateLabel(state.plate)
        self._note_icon = IconLabel("circle", size=14)
        self._plate_note = label("", "caption")
        self.checks = CheckRows((5, 7, 5), 22)
        self.checks.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.checks.setAccessibleName(self.tr("核验"))
        self.checks.show_whole()
        self.checks.clicked.connect(self._opened)
        self.form = PartyForm(state.letter, state.fields)
        self.form.edited.connect(self.edited)
        self.form.uncovered.connect(self.uncovered)
        self.form.entered.connect(self.opened)
        seen = QWidget()
        seen.setLayout(self._seen())
        self._pages = QStackedLayout()
        self._pages.addWidget(seen)
        self._pages.addWidget(self.form)
        self.body.addWidget(self.reasons)
        self.body.addLayout(self._pages)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._typing_moved)
        self.set_state(state)

    def set_state(self, state: PartyState) -> None:
        """Show another state of this party; a field in use stays as it is being typed."""
        self._letter.set_state(ChipState(state.letter, "info", "user-round"))
        self.set_title(state.name)
        self.setAccessibleName(", ".join(part for part in (state.letter, state.name, state.role) if part))
        self._role.setText(state.role)
        self._phone.setText(state.phone)
        self._id.setText(state.id_number)
        self._plate.set_state(state.plate)
        self._crop.show_image(state.crop)
        self._plate_note.setText(state.plate_note)
        set_tone(self._plate_note, state.plate_severity)
        tone = state.plate_severity if state.plate_severity not in {"unknown", "none"} else "text2"
        self._note_icon.set_icon(SEVERITY_ICON[state.plate_severity], tone)
        self._note_icon.setVisible(bool(state.plate_note))
        self.checks.set_rows(state.rows)
        self.form.set_fields(state.fields)
        left = self.tr("%1 秒后遮").replace("%1", str(state.revealed_s)) if state.revealed_s else ""
        self._reveal.set_face(left, "eye" if state.revealed_s else "eye-off")
        self._reveal.setToolTip(self.tr("显示遮盖的号码(需选原因,会记录)"))
        self.set_chips(*state.chips)

    def ask_reason(self) -> None:
        """Ctrl+M: the short list of reasons opens in place, or closes again."""
        self.reasons.ask()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came: become the form, at its first field, or its last when coming backwards."""
        super().focusInEvent(event)
        self.show_form()
        back = event.reason() == Qt.FocusReason.BacktabFocusReason
        (self.form.last if back else self.form.first).setFocus(event.reason())

    def show_form(self) -> None:
        """Become the form; leaving it shows the party again."""
        self._pages.setCurrentWidget(self.form)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _seen(self) -> QVBoxLayout:
        people = row(
            IconLabel("phone", size=14),
            self._phone,
            None,
            IconLabel("id-card", size=14),
            self._id,
            spacing=4,
        )
        beside = column(self._plate, row(self._note_icon, self._plate_note, None, spacing=4), spacing=1)
        return column(people, row(self._crop, beside, None), self.checks, None, spacing=4)

    def _opened(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def _typing_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went elsewhere in the window: show the party again; another window changes nothing."""
        if now is not None and now is not self and not self.form.isAncestorOf(now):
            self._pages.setCurrentIndex(0)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
