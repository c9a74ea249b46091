"""Notices: rules, roads, team, each two lines; nothing pops up (picture 01)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.chip import ChipState, paint_chip
from widgets.keyed_model import KeyedModel, Row
from widgets.paint import CellDelegate, RowTable, text
from widgets.parts import tr
from widgets.theme import Theme


@dataclass(frozen=True)
class NoticeRow:
    """kind: chip with its icon; when: date or time as written."""

    key: str
    kind: ChipState
    title: str
    text: str
    when: str

    def spoken(self) -> str:
        """Kind, title, text, time."""
        return ", ".join((self.kind.text, self.title, self.text, self.when))


class _NoticeDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if column or not isinstance(row, NoticeRow):
            return
        half = box.height() / 2
        upper = QRectF(box.left(), box.top() + 2, box.width() - 4, half)
        used = paint_chip(painter, worn, upper.left(), upper.center().y(), row.kind)
        text(painter, worn, upper.adjusted(used + 8, 0, 0, 0), row.title, bold=True)
        text(painter, worn, upper, row.when, "text3", "caption", right=True)
        text(
            painter,
            worn,
            QRectF(box.left(), box.top() + half, box.width(), half - 2),
            row.text,
            "text2",
            "small",
        )


class Notices(RowTable):
    """The list; rows change exactly."""

    def __init__(self) -> None:
        self._keyed = KeyedModel()
        super().__init__(self._keyed, _NoticeDelegate(), (1,), 56, header=False)
        self.setAccessibleName(tr("通知"))

    def set_rows(self, rows: tuple[NoticeRow, ...]) -> None:
        """Show these notices."""
        self._keyed.set_rows(rows)
