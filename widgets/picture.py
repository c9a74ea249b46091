"""One evidence picture, letterboxed and never stretched, with what is known of it below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme, video_paint
from widgets.theme import Theme


class Picture(QWidget):
    """Shows one image; `caption` stands over its lower edge, outside the original bytes."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._caption = ""
        self.setMinimumSize(320, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None, caption: str) -> None:
        """Show another picture, None for none yet."""
        self._image, self._caption = image, caption
        self.setAccessibleName(caption)
        self.update()

    def sizeHint(self) -> QSize:
        """16:9 at the left column's width."""
        return QSize(720, 405)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture on black, caption on its dark ground."""
        worn = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("black"))
        room = QRectF(self.rect())
        if self._image is not None and not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(video_paint.letterbox(self._image.size(), room), self._image)
        if self._caption:
            self._paint_caption(painter, worn, room)
        painter.end()

    def _paint_caption(self, painter: QPainter, worn: Theme, room: QRectF) -> None:
        """Digests are never cut: a narrow pane takes more lines."""
        painter.setFont(worn.font("caption"))
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        needed = painter.boundingRect(room.adjusted(10, 0, -10, 0), flags, self._caption)
        ground = QRectF(room)
        ground.setTop(room.bottom() - needed.height() - 10)
        painter.fillRect(ground, QColor(0, 0, 0, 204))
        painter.setPen(worn.color("video_text"))
        painter.drawText(ground.adjusted(10, 5, -10, -5), flags, self._caption)
