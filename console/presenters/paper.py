"""Pages of a PDF as images. Called on a worker thread; nothing here touches a widget."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

WIDTH = 1000
"""Pixels across a page: sharp at the width of the preview with scaling."""

MOST_PAGES = 20


def pages(content: bytes) -> tuple[QImage, ...]:
    """Return the pages of a PDF; raises ``ValueError`` when it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    try:
        document.load(buffer)
        if document.status() is not QPdfDocument.Status.Ready:
            raise ValueError("not a readable PDF")
        images = []
        for number in range(min(document.pageCount(), MOST_PAGES)):
            points = document.pagePointSize(number)
            size = QSize(WIDTH, round(WIDTH * points.height() / points.width()))
            page = QImage(size, QImage.Format.Format_RGB32)
            page.fill(0xFFFFFFFF)
            drawn = document.render(number, size)
            images.append(_on_white(page, drawn))
        return tuple(images)
    finally:
        document.close()


def _on_white(page: QImage, drawn: QImage) -> QImage:
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return page
