"""What the list views share: ground of a row, a line of text, an icon with a word, and their table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from widgets import icons, theme
from widgets.keyed_model import ROW_ROLE, KeyedModel, Row
from widgets.theme import SEVERITY_ICON, Role, Severity, Theme


def text(
    painter: QPainter,
    worn: Theme,
    box: QRectF,
    words: str,
    colour: QColor | str = "text",
    role: Role = "body",
    bold: bool = False,
    right: bool = False,
) -> float:
    """Draw one line of text, vertically centred in `box`; returns its width in px."""
    font = worn.font(role, bold)
    painter.setFont(font)
    painter.setPen(worn.color(colour) if isinstance(colour, str) else colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextSingleLine, words)
    return QFontMetricsF(font).horizontalAdvance(words)


def wrapped(painter: QPainter, worn: Theme, box: QRectF, words: str, token: str, role: Role) -> None:
    """Draw text over as many lines as the box holds, from its top."""
    painter.setFont(worn.font(role))
    painter.setPen(worn.color(token))
    painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, words)


def icon_text(
    painter: QPainter,
    worn: Theme,
    box: QRectF,
    words: str,
    severity: Severity,
    icon: str = "",
    role: Role = "body",
    bold: bool = False,
) -> float:
    """Draw a severity's icon and a word in its colour; returns the width in px."""
    size = worn.px(16)
    ink = worn.foreground(severity)
    icons.paint(
        painter, icon or SEVERITY_ICON[severity], ink, box.left(), box.center().y() - size / 2 + 0.5, size
    )
    return size + 5 + text(painter, worn, box.adjusted(size + 5, 0, 0, 0), words, ink, role, bold)


def ground(painter: QPainter, worn: Theme, option: QStyleOptionViewItem, first: bool = True) -> QRectF:
    """Fill a cell's ground (selected, hovered), draw its dividing line; returns the cell's rectangle."""
    box = QRectF(option.rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(box, worn.color("selected"))
        if first:
            # The bar says "current" without colour.
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height() - 1), worn.color("accent"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, worn.color("hover"))
    painter.setPen(QPen(worn.color("line"), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    return box


CELL, ICON = 14, 16 + 5
"""Pixels beside the words of a cell, and those of an icon before them."""
NAVIGATION = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)


class CellDelegate(QStyledItemDelegate):
    """Paints cells of a KeyedModel; a list overrides `paint_cell`."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground first, then the cell."""
        row = index.data(ROW_ROLE)
        if row is None:
            return
        worn = theme.current()
        painter.save()
        box = ground(painter, worn, option, index.column() == 0)
        self.paint_cell(painter, worn, box.adjusted(worn.px(8), 0, -4, -1), row, index.column())
        painter.restore()

    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        """Draw one cell inside `box`."""
        raise NotImplementedError


class RowTable(QTableView):
    """A table of keyed rows: whole rows are current, and it moves only when the user moves it."""

    def __init__(
        self,
        model: KeyedModel,
        delegate: CellDelegate,
        stretches: Sequence[int],
        row_height: int,
        header: bool = True,
    ) -> None:
        super().__init__()
        self._stretches = tuple(stretches)
        self._row_height = row_height
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(min(26, row_height))
        self.verticalHeader().setDefaultSectionSize(theme.current().px(row_height))
        columns = self.horizontalHeader()
        columns.setVisible(header)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(24)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._whole = False
        self._least = 0
        model.rowsInserted.connect(self.updateGeometry)
        model.rowsRemoved.connect(self.updateGeometry)

    def show_whole(self) -> None:
        """Always be as high as the rows: the page around scrolls, not the table."""
        self._whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the columns by their stretches."""
        super().resizeEvent(event)
        self._share_width()

    def set_stretches(self, stretches: Sequence[int]) -> None:
        """Other shares of the width, one for each column."""
        self._stretches = tuple(stretches)
        self._share_width()

    def _share_width(self) -> None:
        width, total = self.viewport().width(), sum(self._stretches)
        used = 0
        for column, stretch in enumerate(self._stretches):
            last = column == len(self._stretches) - 1
            share = width - used if last else width * stretch // total
            self.setColumnWidth(column, share)
            used += share

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the rows; every other key goes on to the panel and the window (no search by letter)."""
        if event.key() in NAVIGATION:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def set_needs(self, needs: Sequence[float]) -> None:
        """So many pixels each column needs for its words; the table asks for the width that gives them."""
        total = sum(self._stretches)
        pairs = zip(needs, self._stretches, strict=True)
        least = max(round((need + CELL) * total / stretch) for need, stretch in pairs)
        if least != self._least:
            self._least = least
            self.updateGeometry()

    def content_height(self) -> int:
        """Height in px that shows every row."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader()
        return rows + (0 if head.isHidden() else head.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Enough for its rows."""
        return QSize(super().sizeHint().width(), self.content_height() + 2)

    def minimumSizeHint(self) -> QSize:
        """All rows where they must show, else a few."""
        least = super().minimumSizeHint()
        height = self.sizeHint().height() if self._whole else least.height()
        return QSize(max(least.width(), self._least), height)

    def current_key(self) -> str:
        """Key of the current row, "" when none."""
        row = self.currentIndex().data(ROW_ROLE)
        return "" if row is None else str(row.key)
