"""The panel in the video when the picture stopped: how long, why, what is tried (picture 06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.parts import IconLabel, clear, column, label, row, set_tone
from widgets.theme import Severity

StepMark = Literal["done", "now", "todo"]
_LOOK: dict[StepMark, tuple[str, str]] = {
    "done": ("check", "ok"),
    "now": ("refresh-cw", "info"),
    "todo": ("circle", "text3"),
}


@dataclass(frozen=True)
class LadderStep:
    """One rung: what is tried, how, and when or with which result."""

    name: str
    how: str
    when: str
    mark: StepMark = "todo"


@dataclass(frozen=True)
class ReconnectState:
    """voice: whether sound still works, in words with its severity; cause: as the phone reported it, or "".

    actions: (key, words, icon, key cap) of the manual steps.
    """

    title: str
    last_frame: str
    voice: str
    voice_severity: Severity
    cause: str
    steps: tuple[LadderStep, ...]
    actions: tuple[tuple[str, str, str, str], ...] = ()


class ReconnectPanel(QFrame):
    """Child of the video pane, never of the evidence pixels. Takes no focus; `fold` shows one line only."""

    action = Signal(str)

    def __init__(self, state: ReconnectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "title")
        self._last = label("", "caption", "text2")
        self._voice = label("", "small")
        self._cause = label("", "small", "text2")
        self._cause.setWordWrap(True)
        self._steps = QGridLayout()
        self._steps.setVerticalSpacing(6)
        self._steps.setHorizontalSpacing(10)
        self._steps.setColumnStretch(2, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._cells: list[tuple[IconLabel, QLabel, QLabel, QLabel]] = []
        self._shown_actions: tuple[tuple[str, str, str, str], ...] = ()
        head = row(
            IconLabel("video-off", "warn", 26),
            column(None, self._title, self._last, None, spacing=0),
            None,
            self._voice,
        )
        self._folding = QWidget()
        self._folding.setLayout(column(self._cause, self._steps, self._buttons, spacing=10))
        layout = column(head, self._folding, spacing=10)
        layout.setContentsMargins(18, 14, 18, 14)
        self.setLayout(layout)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_state(state)

    def set_state(self, state: ReconnectState) -> None:
        """Count on, or show another rung."""
        self._title.setText(state.title)
        self._last.setText(state.last_frame)
        self._voice.setText(state.voice)
        set_tone(self._voice, state.voice_severity)
        self._cause.setText(state.cause)
        self._cause.setVisible(bool(state.cause))
        self.setAccessibleName(", ".join((state.title, state.voice, state.cause)))
        while len(self._cells) < len(state.steps):
            self._add_line()
        for at, cells in enumerate(self._cells):
            for cell in cells:
                cell.setVisible(at < len(state.steps))
        for cells, step in zip(self._cells, state.steps, strict=False):
            icon, name, how, when = cells
            icon.set_icon(*_LOOK[step.mark])
            name.setText(step.name)
            how.setText(step.how)
            when.setText(step.when)
        if state.actions != self._shown_actions:
            self._shown_actions = state.actions
            self._fill_buttons(state.actions)

    def _add_line(self) -> None:
        cells = (
            IconLabel("circle", "text3"),
            label(),
            label("", "small", "text2"),
            label("", "small", "text2"),
        )
        for column_at, cell in enumerate(cells):
            self._steps.addWidget(cell, len(self._cells), column_at)
        cells[3].setAlignment(Qt.AlignmentFlag.AlignRight)
        self._cells.append(cells)

    def _fill_buttons(self, actions: tuple[tuple[str, str, str, str], ...]) -> None:
        clear(self._buttons)
        for key, words, icon, cap in actions:
            button = DeskButton(words, icon, cap)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, name=key: self.action.emit(name))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def fold(self, folded: bool) -> None:
        """One line only, or all of it (Esc in the video)."""
        self._folding.setVisible(not folded)
        self.adjustSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panel ground with a 2 px warn border."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(worn.color("warn"), 2))
        painter.setBrush(worn.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
