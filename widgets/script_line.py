"""The line to say now, from a versioned template; Enter pushes it and the outline to the phone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from widgets import theme
from widgets.button import DeskButton
from widgets.parts import IconLabel, label, row, span_html


@dataclass(frozen=True)
class ScriptLineState:
    """number: template id ("R-19·04"); spans: (text, bold); shown: what the phone confirms."""

    number: str
    spans: tuple[tuple[str, bool], ...]
    shown: str = ""
    blocked: str = ""


class ScriptLine(QFrame):
    """Script line over the video; `push` asks to send it to the phone."""

    push = Signal()

    def __init__(self, state: ScriptLineState) -> None:
        super().__init__()
        self.setMinimumHeight(theme.current().px(42))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = label("", "keycap")
        self._number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._line = QLabel()
        self._line.setTextFormat(Qt.TextFormat.RichText)
        self._line.setWordWrap(True)
        self._line.setProperty("type", "script")
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._tick = IconLabel("check", "ok")
        self._shown = label("", "small", "text2")
        self._push = DeskButton(self.tr("推送"), "send-horizontal", "Enter")
        self._push.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._push.clicked.connect(self.push)
        layout = row(
            IconLabel("message-square-text", "info", 18),
            self._number,
            self._line,
            self._tick,
            self._shown,
            self._push,
            spacing=10,
        )
        layout.setContentsMargins(12, 4, 10, 4)
        self.setLayout(layout)
        self.set_state(state)

    def set_state(self, state: ScriptLineState) -> None:
        """Show another line."""
        self._number.setText(state.number)
        self._line.setText(span_html(state.spans))
        self._shown.setText(state.shown)
        self._shown.setVisible(bool(state.shown))
        self._tick.setVisible(bool(state.shown))
        self._push.set_blocked(state.blocked)
        plain = "".join(words for words, _bold in state.spans)
        self.setAccessibleName(self.tr("话术 %1: ").replace("%1", state.number) + plain + f" {state.shown}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Info ground with its border."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(worn.color("info"), 1))
        painter.setBrush(worn.color("info_bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
