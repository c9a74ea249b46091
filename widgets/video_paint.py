"""Pieces of the video pane's painting: letterbox, grey and blurred copies, labels, outline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from widgets import icons
from widgets.theme import Theme

BLUR_SCALE = 24
LOUPE, LOUPE_PART = 2.5, 0.5
"""How many times the loupe enlarges, and its size in parts of the picture's."""
_LABEL_H = 24
_PAD = 8.0


def letterbox(picture: QSize, room: QRectF) -> QRectF:
    """The largest rectangle with the picture's shape centred in `room`: never cropped, never stretched."""
    if picture.isEmpty():
        return room
    fitted = QSizeF(picture).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPointF((room.width() - fitted.width()) / 2, (room.height() - fitted.height()) / 2)
    return QRectF(room.topLeft() + corner, fitted)


def greyed(image: QImage) -> QImage:
    """A grey copy; the evidence pixels stay as they are."""
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def blurred(image: QImage) -> QImage:
    """A copy scaled down to 1/24, to be drawn large again."""
    small = image.size() / BLUR_SCALE
    return image.scaled(
        small.expandedTo(QSize(1, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def loupe(painter: QPainter, worn: Theme, image: QImage, box: QRectF, at: QPointF) -> None:
    """What lies around `at` (a place in `box`, where the picture is drawn), `LOUPE` times as large, in a
    frame of its own: the picture itself stays whole.
    """
    size = QSizeF(box.width() * LOUPE_PART, box.height() * LOUPE_PART)
    frame = QRectF(at - QPointF(size.width() / 2, size.height() / 2), size)
    frame.moveLeft(min(max(frame.left(), box.left()), box.right() - size.width()))
    frame.moveTop(min(max(frame.top(), box.top()), box.bottom() - size.height()))
    scale = image.width() / box.width(), image.height() / box.height()
    seen = QSizeF(size.width() / LOUPE * scale[0], size.height() / LOUPE * scale[1])
    middle = QPointF((at.x() - box.left()) * scale[0], (at.y() - box.top()) * scale[1])
    source = QRectF(middle - QPointF(seen.width() / 2, seen.height() / 2), seen)
    source.moveLeft(min(max(source.left(), 0.0), image.width() - seen.width()))
    source.moveTop(min(max(source.top(), 0.0), image.height() - seen.height()))
    painter.drawImage(frame, image, source)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(worn.color("video_text"), 2))
    painter.drawRect(frame)
    label(painter, worn, frame.topLeft() + QPointF(6, 6), f"{LOUPE:g}×", "zoom-in")


def label(
    painter: QPainter,
    worn: Theme,
    corner: QPointF,
    words: str,
    icon: str = "",
    colour: str = "video_text",
    bold: bool = False,
    right: bool = False,
) -> QRectF:
    """A label on the picture; corner is its top left, or top right when `right`. Returns its rectangle."""
    font = worn.font("small", bold)
    size = worn.px(15)
    width = QFontMetricsF(font).horizontalAdvance(words) + 2 * _PAD + ((size + 5) if icon else 0)
    box = QRectF(corner.x() - (width if right else 0), corner.y(), width, worn.px(_LABEL_H))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.color("video_label"))
    painter.drawRoundedRect(box, 3, 3)
    x = box.left() + _PAD
    ink = worn.color(colour)
    if icon:
        icons.paint(painter, icon, ink, x, box.center().y() - size / 2, size)
        x += size + 5
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QRectF(x, box.top(), width, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
    return box


def outline(painter: QPainter, worn: Theme, box: QRectF) -> None:
    """3 px accent with a dark casing and white corners: seen on any picture (interface.md 16)."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), 5))
    painter.drawRect(box)
    accent = QPen(QColor("#6FB1FF"), 3, Qt.PenStyle.CustomDashLine)
    accent.setDashPattern([5, 3])
    painter.setPen(accent)
    painter.drawRect(box)
    arm = worn.px(26)
    for colour, width in ((QColor(0, 0, 0, 150), 6), (QColor("white"), 4)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        for x, y, dx, dy in (
            (box.left(), box.top(), arm, arm),
            (box.right(), box.top(), -arm, arm),
            (box.left(), box.bottom(), arm, -arm),
            (box.right(), box.bottom(), -arm, -arm),
        ):
            painter.drawLine(QPointF(x, y), QPointF(x + dx, y))
            painter.drawLine(QPointF(x, y), QPointF(x, y + dy))
