"""Columns side by side that a person makes wider and narrower; a double click on a handle restores them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

Widths = tuple[int, ...]
"""Pixels of the columns from left to right; in a window of another width they are proportions."""


class Columns(QSplitter):
    """Columns with a default for each arrangement of them, and what was chosen instead.

    ``chosen`` tells the name of an arrangement and the widths that somebody gave it; none: the default again.
    """

    chosen = Signal(str, tuple)

    def __init__(self, name: str, *columns: QWidget, widths: Widths) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(8)
        self.setChildrenCollapsible(False)
        for column in columns:
            self.addWidget(column)
        self._own: dict[str, Widths] = {}
        self.arrange(name, widths)

    def arrange(self, name: str, widths: Widths) -> None:
        """Stand as was chosen for the arrangement ``name``, before any choice as ``widths`` says."""
        self._name, self._default = name, widths
        self._stand()

    def take_up(self, own: Mapping[str, Widths]) -> None:
        """Stand as was chosen before, by the names of arrangements; what does not fit any is left alone."""
        self._own = dict(own)
        self._stand()

    def keep(self) -> None:
        """The widths as they are now are what somebody wants."""
        self._choose(tuple(self.sizes()))

    def restore(self) -> None:
        """Stand as by default again."""
        self._own.pop(self._name, None)
        self._stand()
        self._choose(())

    def createHandle(self) -> QSplitterHandle:
        """A handle that knows when it was let go, and the double click."""
        return _Handle(self)

    def _choose(self, widths: Widths) -> None:
        if widths:
            self._own[self._name] = widths
        self.chosen.emit(self._name, widths)

    def _stand(self) -> None:
        own = self._own.get(self._name, ())
        fits = len(own) == len(self._default) and min(own) > 0
        self.setSizes(list(own if fits else self._default))


class _Handle(QSplitterHandle):
    """Between two columns."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(Qt.Orientation.Horizontal, columns)
        self._columns = columns
        self._before: list[int] = []
        self.setToolTip(self.tr("拖动改宽,双击恢复原样"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it stood."""
        self._before = self._columns.sizes()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is let go: wherever it was moved to, it stays."""
        super().mouseReleaseEvent(event)
        if self._columns.sizes() != self._before:
            self._columns.keep()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Everything as by default."""
        self._columns.restore()
        self._before = self._columns.sizes()
