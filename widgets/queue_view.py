"""The call queue: wide table of the idle screen (picture 01) and narrow rail beside a case (picture 03)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, Signal
from PySide6.QtGui import QPainter

from widgets import icons
from widgets.chip import ChipState, chip_size, paint_chip
from widgets.keyed_model import ROW_ROLE, KeyedModel, Row
from widgets.paint import CellDelegate, RowTable, icon_text, text
from widgets.parts import tr
from widgets.theme import Severity, Theme


@dataclass(frozen=True)
class QueueRow:
    """One waiting call. waited "0:42"; chip: the one mark that matters (injury, language), None for none."""

    key: str
    waited: str
    place: str
    district: str
    source: str
    involved: str
    status: str
    status_severity: Severity = "none"
    status_icon: str = "circle-dashed"
    source_icon: str = "smartphone"
    chip: ChipState | None = None

    def spoken(self) -> str:
        """The row in words."""
        waited = tr("已等 %1").replace("%1", self.waited)
        mark = self.chip.text if self.chip else ""
        parts = (waited, self.place, self.district, self.source, self.involved, mark)
        return ", ".join(part for part in (*parts, self.status) if part)


class _WideDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if not isinstance(row, QueueRow):
            return
        if column == 0:
            text(painter, worn, box, row.waited, role="heading")
        elif column == 1:
            used = text(painter, worn, box, row.place)
            text(painter, worn, box.adjusted(used + 6, 0, 0, 0), row.district, "text3", "caption")
        elif column == 2:
            size = worn.px(14)
            icons.paint(
                painter, row.source_icon, worn.color("text2"), box.left(), box.center().y() - size / 2, size
            )
            text(painter, worn, box.adjusted(size + 5, 0, 0, 0), row.source, "text2")
        elif column == 3:
            text(painter, worn, box, row.involved, "text2")
        elif column == 4:
            if row.chip is None:
                text(painter, worn, box, "—", "text3")
            else:
                paint_chip(painter, worn, box.left(), box.center().y(), row.chip)
        else:
            icon_text(painter, worn, box, row.status, row.status_severity, row.status_icon)


class _RailDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if column or not isinstance(row, QueueRow):
            return
        half = box.height() / 2
        upper = QRectF(box.left() + 2, box.top() + 2, box.width(), half)
        lower = QRectF(box.left() + 2, box.top() + half - 1, box.width() - 4, half - 2)
        if row.chip is not None and row.chip.severity == "bad":
            painter.fillRect(QRectF(box.left() - worn.px(8), box.top(), 4, box.height()), worn.color("bad"))
        used = text(painter, worn, upper, row.waited, role="body", bold=True)
        text(painter, worn, upper.adjusted(used + 8, 0, 0, 0), row.place)
        size = worn.px(14)
        icons.paint(
            painter, row.source_icon, worn.color("text3"), lower.left(), lower.center().y() - size / 2, size
        )
        text(painter, worn, lower.adjusted(size + 6, 0, 0, 0), row.source, "text3", "caption")
        if row.chip is not None:
            width = chip_size(worn, row.chip).width()
            paint_chip(painter, worn, lower.right() - width, lower.center().y(), row.chip)


class QueueView(RowTable):
    """Waiting calls in the service's order. `chosen` (key) on Enter or double click, never on selection."""

    chosen = Signal(str)

    def __init__(self, narrow: bool = False) -> None:
        wide = (tr("等待"), tr("地点"), tr("来源与身份"), tr("涉及"), tr("标记"), tr("状态"))
        headers = ("",) if narrow else wide
        self._keyed = KeyedModel(headers)
        if narrow:
            super().__init__(self._keyed, _RailDelegate(), (1,), 48, header=False)
        else:
            super().__init__(self._keyed, _WideDelegate(), (10, 35, 29, 19, 22, 18), 46)
        self.setAccessibleName(self.tr("来电队列"))
        self.activated.connect(self._choose)

    def set_rows(self, rows: tuple[QueueRow, ...]) -> None:
        """Show these calls; rows change exactly, the current one stays current."""
        self._keyed.set_rows(rows)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, QueueRow):
            self.chosen.emit(row.key)
