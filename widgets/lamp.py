"""Lamps of the top bar: icon + word + value, each with a plain line and a cure when opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from widgets import icons, theme

Health = Literal["ok", "warn", "bad", "unknown"]


@dataclass(frozen=True)
class LampState:
    """key names the lamp for the presenter; line: the plain sentence with its cure, shown when opened."""

    key: str
    word: str
    value: str
    health: Health = "unknown"
    icon: str = "circle-question-mark"
    line: str = ""


class Lamp(QAbstractButton):
    """One lamp; `opened` carries its key. Trouble is told by icon, bold value and words, not colour alone."""

    opened = Signal(str)

    def __init__(self, state: LampState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._open)
        self._tell()

    def set_state(self, state: LampState) -> None:
        """Show another value or health."""
        if state != self._state:
            self._state = state
            self._tell()
            self.updateGeometry()
            self.update()

    @property
    def state(self) -> LampState:
        """What the lamp shows."""
        return self._state

    def _open(self) -> None:
        self.opened.emit(self._state.key)

    def _tell(self) -> None:
        health = {
            "ok": self.tr("正常"),
            "warn": self.tr("注意"),
            "bad": self.tr("故障"),
            "unknown": self.tr("不确定"),
        }[self._state.health]
        self.setAccessibleName(f"{self._state.word}, {self._state.value}, {health}")
        self.setToolTip(self._state.line)

    def _value_font(self) -> QFont:
        return theme.current().font("small", self._state.health != "ok")

    def sizeHint(self) -> QSize:
        """As wide as icon, word and value."""
        worn = theme.current()
        word = QFontMetricsF(worn.font("small")).horizontalAdvance(self._state.word)
        value = QFontMetricsF(self._value_font()).horizontalAdvance(self._state.value)
        return QSize(round(worn.px(16) + 5 + word + 6 + value + 5), worn.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and word in the health's colour, the value beside them."""
        worn = theme.current()
        ink = worn.color("text2" if self._state.health == "unknown" else self._state.health)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        size = worn.px(16)
        icons.paint(painter, self._state.icon, ink, 1, middle - size / 2, size)
        x = size + 6.0
        for text, font, colour in (
            (self._state.word, worn.font("small"), ink),
            (
                self._state.value,
                self._value_font(),
                worn.color("text2") if self._state.health == "ok" else ink,
            ),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QRectF(x, 0, 400, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += QFontMetricsF(font).horizontalAdvance(text) + 6
        if self.hasFocus():
            painter.setPen(QPen(worn.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
