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

Verdict = Literal["ok", "taken", "soft", "dark", "glaring", "unreadable", "todo", "optional", "shooting"]
Custody = Literal["", "local", "queued", "uploading", "received", "verified", "retry", "rejected", "corrupt"]
# icon and colour token of each; the words come from verdict_word and custody_word.
_VERDICT: dict[str, tuple[str, str]] = {
    "ok": ("circle-check", "ok"),
    "soft": ("triangle-alert", "warn"),
    "dark": ("triangle-alert", "warn"),
    "glaring": ("triangle-alert", "warn"),
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
LINES = 2
"""So many rows show all slots of an accident where the width allows it; else the strip scrolls."""
FEWEST, LEAST_WIDTH = 8, 92
"""Slots of a row in a wide strip, and pixels below which a slot is never squeezed."""
_THUMB_RATIO = 9 / 16


DOUBTED: frozenset[Verdict] = frozenset({"soft", "dark", "glaring", "unreadable"})
"""Verdicts after which a picture is better taken again."""


def verdict_word(verdict: Verdict) -> str:
    """The word of a verdict."""
    return {
        "ok": tr("合格"),
        "soft": tr("偏糊"),
        "dark": tr("过暗"),
        "glaring": tr("过曝"),
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
    """One slot. picture: id of what the thumbnail shows, compared instead of its pixels; struck: it was set
    aside and counts no more, so that the slot waits for another one.
    """

    key: str
    number: int
    name: str
    verdict: Verdict = "todo"
    custody: Custody = ""
    percent: int = 0
    picture: str = ""
    thumbnail: QImage | None = field(default=None, compare=False)
    struck: bool = False

    @property
    def custody_text(self) -> str:
        """Custody word, with the percentage while uploading."""
        word = custody_word(self.custody)
        return f"{word} {self.percent}%" if self.custody == "uploading" and self.percent else word

    def spoken(self) -> str:
        """Number, name, verdict, whether what is shown was set aside, custody."""
        named, struck = f"{tr('图')} {self.number} {self.name}", tr("已弃用") if self.struck else ""
        parts = (named, verdict_word(self.verdict), struck, self.custody_text)
        return ", ".join(part for part in parts if part)


def _finished(slot: SlotRow) -> int:
    """Order of the one row: what is to be taken, what again, what is there, what may be left out."""
    if slot.verdict in DOUBTED:
        return 1
    return {"todo": 0, "shooting": 0, "optional": 3}.get(slot.verdict, 2)


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
        if slot.verdict in DOUBTED:
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
            shown = self._strip.shown(slot.picture, slot.thumbnail)
            painter.drawImage(video_paint.letterbox(shown.size(), box), shown)
            if slot.struck:
                _strike(painter, worn, box)
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


def _strike(painter: QPainter, worn: Theme, box: QRectF) -> None:
    """Cover a picture that counts no more, a line through it and the word: not by colour alone."""
    painter.setOpacity(0.6)
    painter.fillRect(box, worn.color("input"))
    painter.setOpacity(1)
    painter.setPen(QPen(worn.color("text2"), 2))
    painter.drawLine(box.bottomLeft(), box.topRight())
    text(
        painter,
        worn,
        box.adjusted(0, box.height() - worn.px(20), -4, 0),
        tr("已弃用"),
        role="caption",
        right=True,
    )


class EvidenceStrip(QListView):
    """The slots in two rows where they fit.

    The arrows move the current slot; `current_changed` carries its key.

    Compact it is one row, unfinished slots first.

    Other keys (Space, Enter, letters) pass to the window. `opened` on double click: look at the picture.
    """

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._keyed = KeyedModel()
        self._current = ""
        self._compact = False
        self._blurred: dict[str, QImage] | None = None
        self._rows: tuple[SlotRow, ...] = ()
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
        self._rows = rows
        before = [row.key for row in self._keyed.rows()]
        ordered = tuple(sorted(rows, key=_finished)) if self._compact else rows
        self._keyed.set_rows(ordered)
        if len(rows) != len(before):
            self._fit()
            self.updateGeometry()
        if rows and self._keyed.row_of(self._current) < 0:
            self.set_current(rows[0].key)
        if before != [row.key for row in ordered]:
            self._keep_in_sight()

    def set_blurred(self, blur: bool) -> None:
        """Blur the pictures as the video is blurred (wellbeing)."""
        if blur is not (self._blurred is not None):
            self._blurred = {} if blur else None
            self.viewport().update()

    def shown(self, picture: str, image: QImage) -> QImage:
        """The thumbnail as it may be seen now."""
        if self._blurred is None:
            return image
        if picture not in self._blurred:
            self._blurred[picture] = video_paint.blurred(image)
        return self._blurred[picture]

    def rows(self) -> tuple[SlotRow, ...]:
        """The slots in the order shown."""
        return tuple(row for row in self._keyed.rows() if isinstance(row, SlotRow))

    def set_compact(self, compact: bool) -> None:
        """One row with the unfinished slots first, or all slots in their order."""
        self._compact = compact
        self.setWrapping(not compact)
        self.set_rows(self._rows)
        self._fit()
        self.updateGeometry()

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
        """The arrows; all other keys are left to the window."""
        steps: dict[int, int] = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.per_row,
            Qt.Key.Key_Down: self.per_row,
        }
        by = steps.get(event.key(), 0)
        if by:
            self.step(by)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """16:9 thumbnails in as few rows as fit; the current slot stays in sight."""
        self._fit()
        self.updateGeometry()
        super().resizeEvent(event)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        at = self._keyed.row_of(self._current)
        if at >= 0:
            self.scrollTo(self._keyed.index(at, 0))

    @property
    def per_row(self) -> int:
        """How many slots stand beside each other."""
        if self._compact:
            return FEWEST
        room = self.contentsRect().width() - 4
        least = theme.current().px(LEAST_WIDTH)
        wanted = max(FEWEST, -(-len(self._keyed.rows()) // LINES))
        return max(1, min(wanted, room // least))

    def _fit(self) -> None:
        room, count = self.contentsRect().width() - 4, self.per_row
        lines = 1 if self._compact else -(-len(self._keyed.rows()) // count)
        least = theme.current().px(LEAST_WIDTH)
        # Decided here: with the bar "as needed" the list keeps room for it and drops a slot of each row.
        width = max(least, room // count)
        height = self._slot_height(width)
        scrolls = lines * height > self.contentsRect().height() + 6
        if scrolls:
            room -= self.verticalScrollBar().sizeHint().width()
            width = max(least, room // max(1, min(count, room // least)))
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setGridSize(QSize(width, height))

    def sizeHint(self) -> QSize:
        """Two whole rows at the present width, one when compact."""
        least = theme.current().px(LEAST_WIDTH)
        width = max(least, (self.contentsRect().width() - 4) // self.per_row)
        lines = 1 if self._compact else LINES
        return QSize(FEWEST * 118, lines * self._slot_height(width) + 2 * self.frameWidth() + 4)

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
