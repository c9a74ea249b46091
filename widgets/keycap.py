"""Key caps: the key's name beside the action, so that keys are learned by seeing them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from widgets.theme import Theme

_PAD = 4.0


def cap_size(worn: Theme, text: str) -> QSizeF:
    """Size in px that `paint_cap` needs for the key name."""
    width = QFontMetricsF(worn.font("keycap")).horizontalAdvance(text)
    return QSizeF(max(width + 2 * _PAD, worn.px(16)), worn.px(17))


def paint_cap(
    painter: QPainter, worn: Theme, x: float, middle: float, text: str, colour: QColor | None = None
) -> None:
    """Draw a key cap with its left edge at x, centred on `middle`; colour: ink and edge on solid ground."""
    size = cap_size(worn, text)
    box = QRectF(x, middle - size.height() / 2, size.width(), size.height()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(colour or worn.color("edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if colour else worn.color("input"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(worn.font("keycap"))
    painter.setPen(colour or worn.color("text2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class KeyCap(QLabel):
    """A key cap as a widget, for rows and headers."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.setProperty("type", "keycap")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("按键 %1").replace("%1", key))
