"""In-place lines: what happened, what still works, what to press. Never a dialog."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from widgets import theme
from widgets.button import DeskButton
from widgets.parts import IconLabel, row, span_html
from widgets.theme import SEVERITY_ICON, Severity


@dataclass(frozen=True)
class BannerState:
    """title is bold, text follows; action: words of one button, "" for none; icon "" takes the severity's."""

    title: str
    text: str = ""
    severity: Severity = "info"
    icon: str = ""
    action: str = ""
    action_icon: str = ""
    action_key: str = ""


class Banner(QFrame):
    """One line on the severity's ground with a 1 px border; bad ones 2 px. Takes no focus by itself."""

    action = Signal()

    def __init__(self, state: BannerState) -> None:
        super().__init__()
        self._state = state
        self._icon = IconLabel(state.icon or SEVERITY_ICON[state.severity], "text2", 18)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = DeskButton(state.action, state.action_icon, state.action_key)
        self._button.clicked.connect(self.action)
        layout = row(self._icon, self._text, self._button, spacing=10)
        layout.setContentsMargins(12, 5, 8, 5)
        self.setLayout(layout)
        self.setMinimumHeight(38)
        self.set_state(state)

    def set_state(self, state: BannerState) -> None:
        """Show another line."""
        self._state = state
        token = "text2" if state.severity in {"none", "unknown"} else state.severity
        self._icon.set_icon(state.icon or SEVERITY_ICON[state.severity], token)
        self._text.setText(span_html(((state.title, True), ("  " + state.text if state.text else "", False))))
        self._button.set_face(state.action, state.action_icon)
        self._button.setVisible(bool(state.action))
        self.setAccessibleName(f"{state.title} {state.text}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and border."""
        worn = theme.current()
        width = 2 if self._state.severity == "bad" else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self._state.severity in {"none", "unknown"}
        painter.setPen(QPen(worn.color("edge") if quiet else worn.foreground(self._state.severity), width))
        painter.setBrush(worn.background(self._state.severity))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 4, 4
        )
        painter.end()
