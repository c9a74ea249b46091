"""Pages of a document as images, one below the other, fitted to the width."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

_GAP = 12


class _Pages(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.pages: tuple[QImage, ...] = ()

    def height_for(self, width: int) -> int:
        return sum(self._page_height(page, width) + _GAP for page in self.pages) + _GAP

    def _page_height(self, page: QImage, width: int) -> int:
        return round((width - 2 * _GAP) * page.height() / max(1, page.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = _GAP
        for page in self.pages:
            height = self._page_height(page, self.width())
            box = QRectF(_GAP, top, self.width() - 2 * _GAP, height)
            painter.fillRect(box, QColor("white"))
            painter.drawImage(box, page)
            top += height + _GAP
        painter.end()


class DocumentView(QScrollArea):
    """Read only. The images must be given at the resolution they shall be read at (150 dpi or more)."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = _Pages()
        self.setWidget(self._pages)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_pages(())

    def set_pages(self, pages: tuple[QImage, ...]) -> None:
        """Show these pages from the top; none says so to a screen reader."""
        self._pages.pages = pages
        words = (
            self.tr("文书预览, %1 页").replace("%1", str(len(pages))) if pages else self.tr("文书预览, 尚无")
        )
        self.setAccessibleName(words)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._pages.update()

    def _fit(self) -> None:
        width = self.viewport().width()
        self._pages.resize(QSize(width, self._pages.height_for(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page and arrow keys scroll; everything else goes on."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)
        else:
            event.ignore()
