"""One evidence picture, letterboxed and never stretched, with what is known of it below, and a loupe."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme, video_paint
from widgets.theme import Theme


class Picture(QWidget):
    """Shows one image; `caption` stands over its lower edge, outside the original bytes.

    The loupe enlarges what the pointer is on, else the middle.
    """

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._caption = ""
        self._loupe = False
        self._pointed: QPointF | None = None
        self.setMinimumSize(320, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None, caption: str) -> None:
        """Show another picture, None for none yet."""
        self._image, self._caption = image, caption
        self._name_it()
        self.update()

    def show_loupe(self, *, shown: bool) -> None:
        """Lay the loupe over the picture, or put it away."""
        self._loupe, self._pointed = shown, None
        self.setMouseTracking(shown)
        self._name_it()
        self.update()

    @property
    def magnified(self) -> bool:
        """Whether the loupe lies over the picture."""
        return self._loupe

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The loupe goes with the pointer."""
        if self._loupe:
            self._pointed = event.position()
            self.update()
        super().mouseMoveEvent(event)

    def _name_it(self) -> None:
        words = (self._caption, self.tr("已放大") if self._loupe else "")
        self.setAccessibleName(", ".join(word for word in words if word))

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
            box = video_paint.letterbox(self._image.size(), room)
            painter.drawImage(box, self._image)
            if self._loupe:
                inside = self._pointed is not None and box.contains(self._pointed)
                at = self._pointed if self._pointed is not None and inside else box.center()
                video_paint.loupe(painter, worn, self._image, box, at)
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
