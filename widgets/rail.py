"""The left rail: its panels, or where the window is small, a strip of icon + figure + word (picture 11)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from widgets import icons, theme
from widgets.keycap import cap_size, cap_text, paint_cap
from widgets.theme import Severity

STRIP_WIDTH = 60
CELL_HEIGHT = 71
WIDEST = 16_777_215
"""Qt's own bound of a widget's width."""


@dataclass(frozen=True)
class RailItem:
    """One cell of the strip: what, how many, in one word."""

    key: str
    icon: str
    figure: str
    word: str
    severity: Severity = "none"


class RailStrip(QWidget):
    """The rail at 60 px; `opened` when somebody clicks it."""

    opened = Signal()

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = cap_text(key)
        self._items: tuple[RailItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(key)

    def set_items(self, items: tuple[RailItem, ...]) -> None:
        """Show these cells; the last one stands at the foot."""
        if items != self._items:
            self._items = items
            self.setAccessibleName(", ".join(f"{item.word} {item.figure}".strip() for item in items))
            self.update()

    def sizeHint(self) -> QSize:
        """60 px at 100 % text."""
        worn = theme.current()
        return QSize(worn.px(STRIP_WIDTH), worn.px(CELL_HEIGHT) * max(1, len(self._items)))

    def minimumSizeHint(self) -> QSize:
        """As wide as the hint; cells that do not fit in a low window are left to the open rail."""
        return QSize(self.sizeHint().width(), theme.current().px(CELL_HEIGHT) * 2)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Open the rail."""
        self.opened.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cells from the top, the last one and the key at the foot."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), worn.color("panel"))
        painter.setPen(worn.color("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        cell, foot = worn.px(CELL_HEIGHT), worn.px(26)
        room = self.height() - foot - cell
        for at, item in enumerate(self._items[:-1]):
            if (at + 1) * cell <= room:
                self._paint_cell(painter, QRectF(0, at * cell, self.width(), cell), item)
        if self._items:
            self._paint_cell(painter, QRectF(0, room, self.width(), cell), self._items[-1])
        cap = cap_size(worn, self._key)
        paint_cap(painter, worn, (self.width() - cap.width()) / 2, self.height() - foot / 2, self._key)
        painter.end()

    def _paint_cell(self, painter: QPainter, box: QRectF, item: RailItem) -> None:
        worn = theme.current()
        plain = item.severity in {"none", "unknown"}
        ink = worn.color("text") if plain else worn.foreground(item.severity)
        size = worn.px(20)
        icons.paint(painter, item.icon, ink, box.center().x() - size / 2, box.top() + worn.px(8), size)
        line = worn.px(18)
        painter.setPen(ink)
        painter.setFont(worn.font("body", bold=True))
        figure = QRectF(box.left(), box.top() + worn.px(29), box.width(), line)
        painter.drawText(figure, Qt.AlignmentFlag.AlignCenter, item.figure)
        painter.setPen(ink if not item.figure else worn.color("text2"))
        painter.setFont(worn.font("caption"))
        word = QRectF(box.left(), box.top() + worn.px(29) + (line if item.figure else 0), box.width(), line)
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, item.word)
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), worn.color("line"))


class Rail(QStackedWidget):
    """Panels where there is room, else the strip; the strip opens for as long as the keyboard is inside."""

    def __init__(self, panels: QWidget, key: str, open_width: int) -> None:
        super().__init__()
        self._panels = panels
        self._open_width = open_width
        self._compact = False
        self.strip = RailStrip(key)
        self.addWidget(panels)
        self.addWidget(self.strip)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def set_compact(self, compact: bool) -> None:
        """Fold to the strip, or show the panels."""
        self._compact = compact
        self._fold(compact)

    def reveal(self, panel: QWidget) -> None:
        """Open the rail when `panel` stands in it."""
        if self._panels.isAncestorOf(panel):
            self._fold(False)

    def _fold(self, folded: bool) -> None:
        worn = theme.current()
        self.setCurrentWidget(self.strip if folded else self._panels)
        strip, opened = worn.px(STRIP_WIDTH), worn.px(self._open_width)
        self.setMinimumWidth(strip if folded else (opened if self._compact else 0))
        self.setMaximumWidth(strip if folded else (opened if self._compact else WIDEST))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Of what is shown: the hidden side needs no room."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._compact and self.currentWidget() is self._panels:
            inside = now is not None and self.isAncestorOf(now)
            if not inside:
                self._fold(True)
