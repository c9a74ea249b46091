"""Evidence strip: the slots of the accident type with verdict and custody (interface.md 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from widgets import icons, theme, video_paint
from widgets.keyed_model import ROW_ROLE, KeyedModel
from widgets.paint import text
from widgets.parts import tr
from widgets.theme import Theme

Verdict = Literal["ok", "taken", "soft", "unreadable", "todo", "optional", "shooting"]
Custody = Literal["", "local", "queued", "uploading", "received", "verified", "retry", "rejected", "corrupt"]
# icon and colour token of each; the words come from verdict_word and custody_word.
_VERDICT: dict[str, tuple[str, str]] = {
    "ok": ("circle-check", "ok"),
    "soft": ("triangle-alert", "warn"),
    "unreadable": ("circle-x", "bad"),
    "todo": ("circle", "text2"),
    "optional": ("circle-dashed", "text3"),
    "taken": ("camera", "info"),
    "shooting": ("focus", "accent"),
}
_CUSTODY: dict[str, tuple[str, str]] = {
    "local": ("hard-drive", "text2"),
    "queued": ("hourglass", "text2"),
    "uploading": ("cloud-upload", "info"),
    "received": ("check", "text2"),
    "verified": ("check-check", "text2"),
    "retry": ("history", "warn"),
    "rejected": ("file-warning", "bad"),
    "corrupt": ("octagon-x", "bad"),
}
PER_ROW = 8
_THUMB_RATIO = 9 / 16


def verdict_word(verdict: Verdict) -> str:
    """The word of a verdict."""
    return {
        "ok": tr("合格"),
        "soft": tr("偏糊"),
        "unreadable": tr("不可读"),
        "todo": tr("待拍"),
        "optional": tr("可选"),
        "taken": tr("已拍"),
        "shooting": tr("正在拍"),
    }[verdict]


def custody_word(custody: Custody) -> str:
    """The literally true word of where the bytes are; "" when there are none."""
    return {
        "": "",
        "local": tr("本机"),
        "queued": tr("待上传"),
        "uploading": tr("上传中"),
        "received": tr("已收"),
        "verified": tr("已核"),
        "retry": tr("重试"),
        "rejected": tr("被退回"),
        "corrupt": tr("摘要不符"),
    }[custody]


@dataclass(frozen=True)
class SlotRow:
    """One slot. picture: id of what the thumbnail shows, compared instead of its pixels."""

    key: str
    number: int
    name: str
    verdict: Verdict = "todo"
    custody: Custody = ""
    percent: int = 0
    picture: str = ""
    thumbnail: QImage | None = field(default=None, compare=False)

    @property
    def custody_text(self) -> str:
        """Custody word, with the percentage while uploading."""
        word = custody_word(self.custody)
        return f"{word} {self.percent}%" if self.custody == "uploading" and self.percent else word

    def spoken(self) -> str:
        """Number, name, verdict, custody."""
        parts = (f"{tr('图')} {self.number} {self.name}", verdict_word(self.verdict), self.custody_text)
        return ", ".join(part for part in parts if part)


class _SlotDelegate(QStyledItemDelegate):
    def __init__(self, strip: EvidenceStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._strip.gridSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        slot = index.data(ROW_ROLE)
        if not isinstance(slot, SlotRow):
            return
        worn = theme.current()
        current = slot.key == self._strip.current_key()
        box = QRectF(option.rect).adjusted(1, 1, -6, -5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._border(worn, slot, current))
        painter.setBrush(worn.color("raised"))
        painter.drawRoundedRect(box, 3, 3)
        foot = worn.px(42)
        self._paint_thumb(painter, worn, slot, box.adjusted(2, 2, -2, -foot), current)
        name = QRectF(box.left() + 6, box.bottom() - foot, box.width() - 8, worn.px(20))
        text(painter, worn, name, slot.name, role="small")
        state = QRectF(box.left() + 5, box.bottom() - worn.px(22), box.width() - 9, worn.px(20))
        self._paint_state(painter, worn, slot, state, current)
        painter.restore()

    def _border(self, worn: Theme, slot: SlotRow, current: bool) -> QPen:
        if current:
            return QPen(worn.color("focus" if self._strip.hasFocus() else "accent"), 2)
        if slot.verdict in {"soft", "unreadable"}:
            return QPen(worn.color(_VERDICT[slot.verdict][1]), 1.5)
        dashed = slot.verdict in {"todo", "optional"}
        return QPen(
            worn.color("edge" if dashed else "line"),
            1,
            Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine,
        )

    def _paint_thumb(self, painter: QPainter, worn: Theme, slot: SlotRow, box: QRectF, current: bool) -> None:
        painter.fillRect(box, worn.color("input"))
        if slot.thumbnail is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(video_paint.letterbox(slot.thumbnail.size(), box), slot.thumbnail)
        else:
            size = worn.px(24)
            icon = "focus" if current else ("circle-dashed" if slot.verdict == "optional" else "camera")
            where = box.center()
            ink = worn.color("accent" if current else "text2")
            icons.paint(painter, icon, ink, where.x() - size / 2, where.y() - size / 2, size)
        digits = QRectF(box.left(), box.top(), worn.px(22), worn.px(17))
        painter.fillRect(digits, worn.color("video_label"))
        painter.setFont(worn.font("caption"))
        painter.setPen(worn.color("video_text"))
        painter.drawText(digits, Qt.AlignmentFlag.AlignCenter, str(slot.number))

    def _paint_state(self, painter: QPainter, worn: Theme, slot: SlotRow, box: QRectF, current: bool) -> None:
        waiting = slot.verdict in {"todo", "optional"}
        verdict: Verdict = "shooting" if current and waiting else slot.verdict
        icon, token = _VERDICT[verdict]
        size = worn.px(14)
        middle = box.center().y() - size / 2
        icons.paint(painter, icon, worn.color(token), box.left(), middle, size)
        used = text(
            painter,
            worn,
            box.adjusted(size + 3, 0, 0, 0),
            verdict_word(verdict),
            token,
            "caption",
            bold=current,
        )
        if not slot.custody:
            return
        icon, token = _CUSTODY[slot.custody]
        width = painter.fontMetrics().horizontalAdvance(slot.custody_text)
        free = box.width() - used - 2 * size - 10
        if width <= free:
            # In the smallest slots custody keeps only its icon; the word is in the accessible name.
            text(painter, worn, box, slot.custody_text, token, "caption", right=True)
        else:
            width = 0
        icons.paint(painter, icon, worn.color(token), box.right() - width - size - 3, middle, size)


class EvidenceStrip(QListView):
    """The slots in rows of eight. [ ] or the arrows move the current slot; `current_changed` carries its key.

    Other keys (Space, Enter, letters) pass to the window. `opened` on double click: look at the picture.
    """

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._keyed = KeyedModel()
        self._current = ""
        self.setModel(self._keyed)
        self.setItemDelegate(_SlotDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("证据清单"))
        self._fit()
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._opened)

    def set_rows(self, rows: tuple[SlotRow, ...]) -> None:
        """Show these slots; only what changed is painted again. The current slot stays, else the first is."""
        before = len(self._keyed.rows())
        self._keyed.set_rows(rows)
        if len(rows) != before:
            self._fit()
        if rows and self._keyed.row_of(self._current) < 0:
            self.set_current(rows[0].key)

    def current_key(self) -> str:
        """Key of the current slot, "" when there are none."""
        return self._current

    def set_current(self, key: str) -> None:
        """Make a slot current; emits `current_changed` when it was not. Unknown keys are ignored."""
        at = self._keyed.row_of(key)
        if at < 0 or key == self._current:
            return
        self._current = key
        index = self._keyed.index(at, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()
        self.current_changed.emit(key)

    def step(self, by: int) -> None:
        """Move the current slot by one or by a row; stops at the ends."""
        rows = self._keyed.rows()
        if rows:
            at = min(max(self._keyed.row_of(self._current) + by, 0), len(rows) - 1)
            self.set_current(rows[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """[ ] and the arrows; all other keys are left to the window."""
        steps: dict[int, int] = {
            Qt.Key.Key_BracketLeft: -1,
            Qt.Key.Key_BracketRight: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -PER_ROW,
            Qt.Key.Key_Down: PER_ROW,
        }
        by = steps.get(event.key(), 0)
        if by:
            self.step(by)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Eight slots to a row, 16:9 thumbnails."""
        self._fit()
        self.updateGeometry()
        super().resizeEvent(event)

    def _fit(self) -> None:
        lines = -(-len(self._keyed.rows()) // PER_ROW)
        # Decided here: with the bar "as needed" the list keeps room for it and drops to seven slots in a row.
        room = self.contentsRect().width() - 4
        width = max(96, room // PER_ROW)
        height = self._slot_height(width)
        scrolls = lines * height > self.contentsRect().height() + 6
        if scrolls:
            width = max(96, (room - self.verticalScrollBar().sizeHint().width()) // PER_ROW)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setGridSize(QSize(width, height))

    def sizeHint(self) -> QSize:
        """Two whole rows at the present width."""
        width = max(96, (self.contentsRect().width() - 4) // PER_ROW)
        return QSize(PER_ROW * 118, 2 * self._slot_height(width) + 2 * self.frameWidth() + 4)

    def _slot_height(self, width: int) -> int:
        return round((width - 10) * _THUMB_RATIO) + theme.current().px(42) + 10

    def _clicked(self, index: QModelIndex) -> None:
        slot = index.data(ROW_ROLE)
        if isinstance(slot, SlotRow):
            self.set_current(slot.key)

    def _opened(self, index: QModelIndex) -> None:
        slot = index.data(ROW_ROLE)
        if isinstance(slot, SlotRow):
            self.opened.emit(slot.key)
