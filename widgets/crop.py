"""A part cut out of an evidence picture, letterboxed on black; dashed with a word while there is none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme, video_paint
from widgets.parts import tr


class Crop(QWidget):
    """`width` × `height` px at 100 % text; the original bytes stay as they are."""

    def __init__(self, name: str, width: int, height: int) -> None:
        super().__init__()
        self._name, self._size = name, QSize(width, height)
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_image(None)

    def show_image(self, image: QImage | None) -> None:
        """Show another part, None for none."""
        self._image = image
        self.setAccessibleName(self._name if image is not None else f"{self._name}, {tr('没有图')}")
        self.update()

    def sizeHint(self) -> QSize:
        """The size it was made for, at the user's text size."""
        worn = theme.current()
        return QSize(worn.px(self._size.width()), worn.px(self._size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The part, or an empty frame."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        known = self._image is not None and not self._image.isNull()
        style = Qt.PenStyle.SolidLine if known else Qt.PenStyle.DashLine
        painter.setPen(QPen(worn.color("edge"), 1, style))
        painter.setBrush(worn.color("input"))
        painter.drawRoundedRect(box, 3, 3)
        if known and self._image is not None:
            painter.drawImage(
                video_paint.letterbox(self._image.size(), box.adjusted(1, 1, -1, -1)), self._image
            )
        else:
            painter.setFont(worn.font("caption"))
            painter.setPen(worn.color("text3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("没有图"))
        painter.end()
