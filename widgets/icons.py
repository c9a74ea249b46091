"""Lucide icons (resources/icons, ISC): coloured from the tokens, cached by colour, size and pixel ratio."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _rendered(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    # QtSvg does not resolve currentColor, so the colour is written into the source.
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, colour: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Icon `name` (a file of resources/icons without .svg), `size` px square at device pixel ratio `ratio`.

    Raises FileNotFoundError for an icon that was not copied into resources/icons.
    """
    return _rendered(name, colour.name(), size, ratio)


def icon(name: str, colour: QColor, size: int = 16, ratio: float = 1.0) -> QIcon:
    """The same as a QIcon, for menus and window titles."""
    return QIcon(pixmap(name, colour, size, ratio))


def paint(painter: QPainter, name: str, colour: QColor, x: float, y: float, size: int = 16) -> None:
    """Draw an icon with its top left at (x, y) in logical px, sharp on the painter's device."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(QRectF(x, y, size, size).toRect(), pixmap(name, colour, size, ratio))
