"""The hatched frame of training, painted in the contents margin so that it scales (interface.md 13, 16)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme

WIDTH = 10
_STRIPE = 16


class HatchFrame(QWidget):
    """Ground of a window. In training a 10 px hatched frame goes round `content`; on duty there is none."""

    def __init__(self, training: bool, content: QWidget) -> None:
        super().__init__()
        self._training = training
        layout = QVBoxLayout(self)
        margin = WIDTH if training else 0
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(content)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, then stripes in the margin."""
        worn = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), worn.color("bg"))
        if self._training:
            outer = QRectF(self.rect())
            frame = QPainterPath()
            frame.addRect(outer)
            frame.addRect(outer.adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH))
            painter.setClipPath(frame)
            painter.fillRect(outer, worn.color("train_bg"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.color("train"))
            height = outer.height()
            for x in range(-round(height), self.width(), 2 * _STRIPE):
                painter.drawPolygon(
                    QPolygonF(
                        [
                            QPointF(x, height),
                            QPointF(x + height, 0),
                            QPointF(x + height + _STRIPE, 0),
                            QPointF(x + _STRIPE, height),
                        ]
                    )
                )
        painter.end()
