"""The hatched frame of training, painted in the contents margin so that it scales (interface.md 13, 16)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.theme import Theme

WIDTH = 10
_STRIPE = 16


class HatchFrame(QWidget):
    """Ground of a window. In training a 10 px hatched frame goes round `content`; on duty there is none."""

    def __init__(self, training: bool, content: QWidget) -> None:
        super().__init__()
        self._training = training
        self._stripes = QPixmap()
        self._stripes_of: Theme | None = None
        layout = QVBoxLayout(self)
        margin = WIDTH if training else 0
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(content)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, then stripes in the margin; most repaints lie inside and never touch the stripes."""
        worn = theme.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), worn.color("bg"))
        inside = self.rect().adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        if self._training and not inside.contains(event.rect()):
            if self._stripes.isNull() or self._stripes_of is not worn:
                self._stripes, self._stripes_of = _stripes(worn), worn
            width, height = self.width(), self.height()
            for left, top, across, down in (
                (0, 0, width, WIDTH),
                (0, height - WIDTH, width, WIDTH),
                (0, WIDTH, WIDTH, height - 2 * WIDTH),
                (width - WIDTH, WIDTH, WIDTH, height - 2 * WIDTH),
            ):
                # The offset is the place itself, so that the stripes run on round the corners.
                painter.drawTiledPixmap(QRect(left, top, across, down), self._stripes, QPoint(left, top))
        painter.end()


def _stripes(worn: Theme) -> QPixmap:
    """One period of the diagonal stripes, drawn once."""
    period = 2 * _STRIPE
    tile = QPixmap(period, period)
    tile.fill(worn.color("train_bg"))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.color("train"))
    for x in (-period, 0, period):
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, period),
                    QPointF(x + period, 0),
                    QPointF(x + period + _STRIPE, 0),
                    QPointF(x + _STRIPE, period),
                ]
            )
        )
    painter.end()
    return tile
