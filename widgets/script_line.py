"""The line to say now, from a versioned template; Enter pushes it and the outline to the phone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from widgets import theme
from widgets.button import DeskButton
from widgets.parts import IconLabel, column, label, row, span_html
from widgets.theme import Severity


@dataclass(frozen=True)
class ScriptLineState:
    """number: template id ("R-19·04"); spans: (text, bold); shown: what the phone confirms.

    gloss: the line in the reader's language where that is not the script's, else "".
    waiting: the line keeps everybody where they are until something is settled.
    """

    number: str
    spans: tuple[tuple[str, bool], ...]
    shown: str = ""
    blocked: str = ""
    gloss: str = ""
    waiting: bool = False


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
        self._gloss = label("", "caption", "text2")
        self._gloss.setWordWrap(True)
        self._tick = IconLabel("check", "ok")
        self._shown = label("", "small", "text2")
        self._push = DeskButton(self.tr("推送"), "send-horizontal", "Enter")
        self._push.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._push.clicked.connect(self.push)
        self._icon = IconLabel("message-square-text", "info", 18)
        self._waiting = False
        layout = row(
            self._icon,
            self._number,
            column(self._line, self._gloss, spacing=0),
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
        self._waiting = state.waiting
        self._icon.set_icon(
            "pause" if state.waiting else "message-square-text", "warn" if state.waiting else "info"
        )
        self.update()
        self._number.setText(state.number)
        self._line.setText(span_html(state.spans))
        self._shown.setText(state.shown)
        self._shown.setVisible(bool(state.shown))
        self._tick.setVisible(bool(state.shown))
        self._push.set_blocked(state.blocked)
        self._gloss.setText(state.gloss)
        self._gloss.setVisible(bool(state.gloss))
        plain = "".join(words for words, _bold in state.spans)
        self.setAccessibleName(self.tr("话术 %1: ").replace("%1", state.number) + plain + f" {state.shown}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and border: info, or warn while something is to be settled."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        severity: Severity = "warn" if self._waiting else "info"
        painter.setPen(QPen(worn.foreground(severity), 1))
        painter.setBrush(worn.background(severity))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
