"""Columns that take a line in, parts side by side where there is room, scrolling without cutting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget


class Column(QWidget):
    """Widgets one below the other with their shares of the height."""

    def __init__(self, *widgets: QWidget, stretch: tuple[int, ...], spacing: int = 8) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        for widget, share in zip(widgets, stretch, strict=True):
            self._box.addWidget(widget, share)

    def take_in(self, widget: QWidget) -> None:
        """Put a widget on top, taking it from where it was."""
        self._box.insertWidget(0, widget)


class Beside(QWidget):
    """Parts side by side; one below the other where the width is under `enough` px."""

    def __init__(self, *parts: QWidget, shares: tuple[int, ...], enough: int) -> None:
        super().__init__()
        self._parts, self._enough = parts, enough
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        for part, share in zip(parts, shares, strict=True):
            self._box.addWidget(part, share)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part: side by side is a wish, not a need."""
        return QSize(
            max(part.minimumSizeHint().width() for part in self._parts), self._box.minimumSize().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._enough
        turned = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if turned != self._box.direction():
            self._box.setDirection(turned)
            self.updateGeometry()


class ScrollColumn(QScrollArea):
    """Scrolls up and down only, and is never narrower than its content: nothing is cut at the side."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        for ground in (content, self.viewport()):
            ground.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """The content's least width and the scroll bar's."""
        least = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(least, 120)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content may have become wider."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
