"""The card that a party sees in place of the officer's camera: post, seat, and that it is training."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter

from console.contract.desk_api import Session
from console.presenters.words import tr
from widgets import icons, theme

WIDTH, HEIGHT = 640, 480


def officer_card(session: Session) -> QImage:
    """Return the card of this seat, 640 by 480 pixels."""
    worn = theme.current()
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(worn.color("panel"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    icons.paint(painter, "headset", worn.color("accent"), WIDTH / 2 - 60, 96, 120)
    lines = [
        (tr("接警员 {seat} 席").format(seat=session.seat), 40, "text", 250),
        (session.user.name, 30, "text2", 312),
    ]
    if session.training:
        lines.append((tr("训练 · 非真实警情"), 28, "train", 380))
    for words, size, token, top in lines:
        font = worn.font("body", bold=True)
        font.setPixelSize(size)
        painter.setFont(font)
        painter.setPen(worn.color(token))
        painter.drawText(QRectF(0, top, WIDTH, size * 1.5), Qt.AlignmentFlag.AlignHCenter, words)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return ``image`` as PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise RuntimeError(f"the card could not be drawn: {writer.errorString()}")
    return bytes(content.data())
