"""Chips: icon + word on the ground of a severity. Also painted inside list rows by `paint_chip`."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import icons, theme
from widgets.theme import SEVERITY_ICON, Role, Severity, Theme


@dataclass(frozen=True)
class ChipState:
    """What a chip says. icon: Lucide name, "" takes the severity's own; outline: border instead of ground."""

    text: str
    severity: Severity = "none"
    icon: str = ""
    outline: bool = False


_GAP = 5.0


def chip_size(worn: Theme, state: ChipState, role: Role = "caption", bold: bool = False) -> QSizeF:
    """Size in px that `paint_chip` needs."""
    metrics = QFontMetricsF(worn.font(role, bold))
    icon_px = worn.px(16 if role != "caption" else 14)
    height = metrics.height() + worn.px(4 if role == "caption" else 8)
    return QSizeF(worn.px(7) * 2 + icon_px + _GAP + metrics.horizontalAdvance(state.text) + 1, height)


def paint_chip(
    painter: QPainter,
    worn: Theme,
    left: float,
    middle: float,
    state: ChipState,
    role: Role = "caption",
    bold: bool = False,
) -> float:
    """Draw a chip with its left edge at `left`, centred on `middle`; returns its width in px."""
    size = chip_size(worn, state, role, bold)
    box = QRectF(left, middle - size.height() / 2, size.width(), size.height())
    ink = worn.foreground(state.severity)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(worn.color("edge") if state.outline else worn.background(state.severity), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if state.outline else worn.background(state.severity))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    icon_px = worn.px(16 if role != "caption" else 14)
    x = left + worn.px(7)
    icons.paint(painter, state.icon or SEVERITY_ICON[state.severity], ink, x, middle - icon_px / 2, icon_px)
    painter.setFont(worn.font(role, bold))
    painter.setPen(ink)
    text_box = box.adjusted(worn.px(7) + icon_px + _GAP, 0, 0, 0)
    painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, state.text)
    painter.restore()
    return size.width()


class Chip(QWidget):
    """One chip as a widget; its text is its accessible name."""

    def __init__(self, state: ChipState, role: Role = "caption", bold: bool = False) -> None:
        super().__init__()
        self._state, self._role, self._bold = state, role, bold
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(state.text)

    def set_state(self, state: ChipState) -> None:
        """Show another text or severity."""
        if state != self._state:
            self._state = state
            self.setAccessibleName(state.text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words: a chip is never shortened."""
        return chip_size(theme.current(), self._state, self._role, self._bold).toSize() + QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_chip(painter, theme.current(), 0, self.height() / 2, self._state, self._role, self._bold)
        painter.end()
