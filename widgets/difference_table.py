"""Registered data and the scene side by side (picture 04): item, seen, registered, result, source."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter

from widgets import icons, video_paint
from widgets.keyed_model import ROW_ROLE, KeyedModel, Row
from widgets.paint import CellDelegate, RowTable, text
from widgets.parts import tr
from widgets.theme import SEVERITY_ICON, Severity, Theme

ROW_HEIGHT = 28


@dataclass(frozen=True)
class DifferenceRow:
    """One item. seen: as stated or read at the scene; registered: what the source says; result in words.

    crop: the part of the picture it was read from, `picture` its id, compared instead of its pixels.
    """

    key: str
    item: str
    seen: str
    registered: str
    result: str
    severity: Severity
    source: str
    icon: str = ""
    picture: str = ""
    crop: QImage | None = field(default=None, compare=False)

    def spoken(self) -> str:
        """Every column in words."""
        parts = (
            self.item,
            f"{tr('现场所见')} {self.seen}",
            f"{tr('登记信息')} {self.registered}",
            self.result,
            self.source,
        )
        return ", ".join(parts)


class _DifferenceDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if not isinstance(row, DifferenceRow):
            return
        if row.severity in {"warn", "bad"}:
            bar = 3 if column == 0 else 0  # that of the current row stays in sight
            painter.fillRect(box.adjusted(bar - worn.px(8), 0, 4, 0), worn.background(row.severity))
        if column == 0:
            size = worn.px(16)
            icon = row.icon or SEVERITY_ICON[row.severity]
            ink = worn.foreground(row.severity)
            icons.paint(painter, icon, ink, box.left(), box.center().y() - size / 2, size)
            text(painter, worn, box.adjusted(size + 8, 0, 0, 0), row.item, "text2", "small")
        elif column == 1:
            left = box.left()
            if row.crop is not None and not row.crop.isNull():
                room = QRectF(left, box.top() + 3, worn.px(58), box.height() - 6)
                painter.drawImage(video_paint.letterbox(row.crop.size(), room), row.crop)
                left = room.right() + 8
            text(
                painter,
                worn,
                QRectF(left, box.top(), box.right() - left, box.height()),
                row.seen,
                role="small",
            )
        elif column == 2:
            text(painter, worn, box, row.registered, role="small")
        elif column == 3:
            text(painter, worn, box, row.result, worn.foreground(row.severity), "small", bold=True)
        else:
            text(painter, worn, box, row.source, "text3", "caption", right=True)


class DifferenceTable(RowTable):
    """`checked_again` carries the key of the current row on Enter or double click, `digit` 0 for the key 1.

    A row that does not fit is told in full by its tool tip and to screen readers.
    """

    checked_again = Signal(str)
    digit = Signal(int)

    def __init__(self) -> None:
        self._keyed = KeyedModel((tr("项目"), tr("现场所见"), tr("登记信息"), tr("结论"), tr("来源")))
        super().__init__(self._keyed, _DifferenceDelegate(), (23, 36, 26, 17, 18), ROW_HEIGHT)
        self.setAccessibleName(self.tr("核验差异"))
        self.show_whole()
        self.activated.connect(self._again)

    def set_rows(self, rows: tuple[DifferenceRow, ...]) -> None:
        """Show these items; the current one stays."""
        self._keyed.set_rows(rows)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first row is current as soon as somebody walks; digits are for the choices below."""
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < 9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.digit.emit(digit)
            return
        if not self.currentIndex().isValid() and self._keyed.rowCount():
            self.selectRow(0)
        super().keyPressEvent(event)

    def _again(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, DifferenceRow):
            self.checked_again.emit(row.key)
