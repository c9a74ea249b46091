"""Ring bar: a row pushed in under the top bar; it covers nothing and takes no focus (interface.md 2)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from widgets import icons, theme
from widgets.button import DeskButton
from widgets.chip import Chip, ChipState
from widgets.parts import IconLabel, clear, column, label, row, rule


@dataclass(frozen=True)
class RingBarState:
    """taken_by: who has it now ("11 席已接"), the buttons then go; chips: injury, cars, signal."""

    rung: str
    limit: str
    place: str
    district: str
    source: str
    chips: tuple[ChipState, ...] = ()
    taken_by: str = ""


class _Bell(QLabel):
    """The filled square with the incoming-call icon."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Solid ground, white icon."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.color("accent_bg"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        half = (self.width() - 32) / 2
        icons.paint(painter, "phone-incoming", worn.color("on_solid"), half, half, 32)
        painter.end()


class RingBar(QFrame):
    """An offered call. Keys F2 and Shift+F2 belong to the window; the buttons emit the same intents."""

    answer = Signal()
    pass_on = Signal()

    def __init__(self, state: RingBarState) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(92))
        bell = _Bell()
        bell.setFixedSize(56, 56)
        self._word = label("", "caption", "text2")
        self._rung = label("", "ring")
        self._limit = label("", "caption", "text2")
        self._place = label("", "title")
        self._district = label("", "body", "text2")
        self._source = label("", "small", "text2")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.answer_button = DeskButton(self.tr("接听"), "phone", "F2", "primary", "outcome", height=56)
        self.pass_button = DeskButton(self.tr("转给他席"), "phone-forwarded", "Shift+F2")
        for button, intent in (
            (self.answer_button, self.answer),
            (self.pass_button, self.pass_on),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(intent)
        clock = column(None, self._word, row(self._rung, self._limit, None, spacing=6), None, spacing=0)
        where = column(
            None,
            row(self._place, self._district, None),
            row(IconLabel("smartphone"), self._source, self._chips, None),
            None,
            spacing=2,
        )
        layout = row(bell, clock, rule("v"), where, None, self.answer_button, spacing=16)
        layout.addLayout(column(None, self.pass_button, None, spacing=4))
        layout.setContentsMargins(18, 6, 18, 6)
        self.setLayout(layout)
        self._shown: tuple[ChipState, ...] | None = None
        self.set_state(state)

    def set_state(self, state: RingBarState) -> None:
        """Count on, or say who took the call."""
        self._word.setText(state.taken_by or self.tr("来电 · 已振铃"))
        self._rung.setText(state.rung)
        self._limit.setText(state.limit)
        self._place.setText(state.place)
        self._district.setText(state.district)
        self._source.setText(state.source)
        for button in (self.answer_button, self.pass_button):
            button.setVisible(not state.taken_by)
        if self._shown != state.chips:
            self._shown = state.chips
            clear(self._chips)
            for chip in state.chips:
                self._chips.addWidget(Chip(chip))
        said = (self._word.text(), state.rung, state.place, state.district, state.source)
        self.setAccessibleName(", ".join((*said, *(chip.text for chip in state.chips))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Current ground with the 2 px border of what is current."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(worn.color("accent"), 2))
        painter.setBrush(worn.color("info_bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
