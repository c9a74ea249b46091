"""Outbox: what is not yet at the service, in five literally true words (interface.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.keyed_model import KeyedModel, Row
from widgets.paint import CellDelegate, RowTable, icon_text, text
from widgets.parts import tr
from widgets.theme import Severity, Theme

OutboxMark = Literal["local", "queued", "uploading", "received", "verified", "retry", "rejected", "corrupt"]
_LOOK: dict[OutboxMark, tuple[str, Severity]] = {
    "local": ("hard-drive", "warn"),
    "queued": ("hourglass", "warn"),
    "uploading": ("cloud-upload", "info"),
    "received": ("check", "none"),
    "verified": ("check-check", "ok"),
    "retry": ("history", "warn"),
    "rejected": ("file-warning", "bad"),
    "corrupt": ("octagon-x", "bad"),
}


def mark_word(mark: OutboxMark) -> str:
    """The word of a state; 已核 only when the service returned the equal digest."""
    return {
        "local": tr("本机已存"),
        "queued": tr("待上传"),
        "uploading": tr("上传中"),
        "received": tr("服务器已收"),
        "verified": tr("服务器已核对摘要"),
        "retry": tr("稍后重试"),
        "rejected": tr("被退回"),
        "corrupt": tr("摘要不符"),
    }[mark]


@dataclass(frozen=True)
class OutboxRow:
    """One item. detail: percentage, attempt or reason; next_try: clock time or "—"."""

    key: str
    item: str
    size: str
    mark: OutboxMark
    detail: str = ""
    next_try: str = "—"

    @property
    def state_text(self) -> str:
        """Word and detail."""
        return f"{mark_word(self.mark)} {self.detail}".strip()

    def spoken(self) -> str:
        """Item, state, next try."""
        return ", ".join((self.item, self.state_text, self.next_try))


class _OutboxDelegate(CellDelegate):
    def paint_cell(self, painter: QPainter, worn: Theme, box: QRectF, row: Row, column: int) -> None:
        if not isinstance(row, OutboxRow):
            return
        if column == 0:
            text(painter, worn, box, row.item)
        elif column == 1:
            text(painter, worn, box, row.size, "text3", "caption")
        elif column == 2:
            icon, severity = _LOOK[row.mark]
            icon_text(painter, worn, box, row.state_text, severity, icon)
        else:
            text(painter, worn, box, row.next_try, "text3", "caption")


class OutboxView(RowTable):
    """The list; rows change exactly."""

    def __init__(self) -> None:
        self._keyed = KeyedModel((tr("项目"), tr("大小"), tr("状态"), tr("下一次")))
        super().__init__(self._keyed, _OutboxDelegate(), (40, 14, 34, 16), 34)
        self.setAccessibleName(self.tr("发件箱"))

    def set_rows(self, rows: tuple[OutboxRow, ...]) -> None:
        """Show these items."""
        self._keyed.set_rows(rows)
