"""Characters as read, one cell each with its confidence; what was too doubtful is empty (interface.md 6)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme
from widgets.parts import tr
from widgets.theme import Theme

WIDTH, HEIGHT, GAP = 30, 42, 4
"""Of a cell, px at 100 % text."""


@dataclass(frozen=True)
class Character:
    """One place of the text, "" where nothing is claimed; confidence 0 to 1, None when a person wrote it."""

    text: str
    confidence: float | None = None

    @property
    def note(self) -> str:
        """What stands under the character: .97, or the word for written by hand."""
        return tr("人工") if self.confidence is None else f"{self.confidence:.2f}".removeprefix("0")


class CharacterCells(QWidget):
    """Cells in as many lines as the width asks for. While `editing`, letters go into the current cell.

    `edited` carries the whole text whenever a person changed a cell, empty cells left out; `accepted` on
    Enter, `left` on Esc. Input methods write into the cells too.
    """

    edited = Signal(str)
    accepted = Signal()
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._cells: tuple[Character, ...] = ()
        self._at = 0
        self._editing = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_cells(())

    @property
    def text(self) -> str:
        """What the cells say together."""
        return "".join(cell.text for cell in self._cells)

    @property
    def cells(self) -> tuple[Character, ...]:
        """The cells as they stand."""
        return self._cells

    @property
    def editing(self) -> bool:
        """Whether letters are taken."""
        return self._editing

    def set_cells(self, cells: tuple[Character, ...]) -> None:
        """Show other characters; ends editing."""
        self._cells, self._editing = cells, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._changed()

    def edit(self) -> None:
        """Take letters, at the first empty cell; an empty text gets a cell to begin with."""
        empty = next((at for at, cell in enumerate(self._cells) if not cell.text), 0)
        self._at, self._editing = empty, True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters write, Backspace empties, Delete and Insert take and give a cell, arrows walk."""
        key, text = event.key(), event.text()
        if not self._editing:
            event.ignore()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}:
            last = len(self._cells)
            moved = {Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1, Qt.Key.Key_Home: 0}
            self._at = min(max(moved.get(Qt.Key(key), last), 0), last)
            self._changed()
        elif key == Qt.Key.Key_Backspace:
            self._put(max(self._at - 1, 0), ("",), self._at - 1)
        elif key == Qt.Key.Key_Delete:
            self._replace((*self._cells[: self._at], *self._cells[self._at + 1 :]))
        elif key == Qt.Key.Key_Insert:
            self._replace((*self._cells[: self._at], Character(""), *self._cells[self._at :]))
        elif text and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.write(text)
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method committed."""
        if self._editing and event.commitString():
            self.write(event.commitString())
        event.accept()

    def write(self, text: str) -> None:
        """Write characters from the current cell on, each in its own."""
        self._put(self._at, tuple(text), self._at + len(text))

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px of all lines at that width."""
        worn = theme.current()
        lines = -(-self._places() // self._per_line(worn, width))
        return lines * (worn.px(HEIGHT) + GAP) - GAP

    def sizeHint(self) -> QSize:
        """All cells in one line."""
        worn = theme.current()
        return QSize(self._places() * (worn.px(WIDTH) + GAP), worn.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """At least six cells in a line."""
        worn = theme.current()
        return QSize(6 * (worn.px(WIDTH) + GAP), self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines may have changed."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the cell while editing."""
        worn = theme.current()
        for at in range(self._places()):
            if self._editing and self._box(worn, at).contains(event.position()):
                self._at = at
                self._changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All cells; the one being edited has the focus ring."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(self._places()):
            cell = self._cells[at] if at < len(self._cells) else Character("")
            self._paint_cell(
                painter, worn, self._box(worn, at), cell, current=self._editing and at == self._at
            )
        painter.end()

    def _paint_cell(
        self, painter: QPainter, worn: Theme, box: QRectF, cell: Character, *, current: bool
    ) -> None:
        token, width, style = "edge", 1.0, Qt.PenStyle.SolidLine
        if not cell.text:
            token, width, style = "warn", 2.0, Qt.PenStyle.DashLine
        elif cell.confidence is None:
            token, width = "ok", 2.0
        if current:
            token, width, style = "focus", 2.0, Qt.PenStyle.SolidLine
        painter.setPen(QPen(worn.color(token), width, style))
        painter.setBrush(worn.color("input"))
        inset = width / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 3, 3)
        painter.setPen(worn.color("text"))
        painter.setFont(worn.font("heading"))
        painter.drawText(box.adjusted(0, 2, 0, -worn.px(15)), Qt.AlignmentFlag.AlignCenter, cell.text)
        painter.setPen(worn.color("warn" if not cell.text else "text3"))
        painter.setFont(worn.font("keycap"))
        foot = QRectF(box.left(), box.bottom() - worn.px(17), box.width(), worn.px(16))
        noted = cell.text or cell.confidence is not None
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, cell.note if noted else "")

    def _places(self) -> int:
        """Cells drawn: those of the text, and one to write on at its end."""
        return max(len(self._cells) + (self._editing and self._at == len(self._cells)), 1)

    def _per_line(self, worn: Theme, width: int) -> int:
        return max(1, (width + GAP) // (worn.px(WIDTH) + GAP))

    def _box(self, worn: Theme, at: int) -> QRectF:
        line, place = divmod(at, self._per_line(worn, self.width()))
        wide, high = worn.px(WIDTH), worn.px(HEIGHT)
        return QRectF(place * (wide + GAP), line * (high + GAP), wide, high)

    def _put(self, at: int, texts: tuple[str, ...], then: int) -> None:
        if at < 0 or (not self._cells and texts == ("",)):
            return
        written = tuple(Character(text) for text in texts)
        self._at = max(then, 0)
        self._replace((*self._cells[:at], *written, *self._cells[at + len(written) :]))

    def _replace(self, cells: tuple[Character, ...]) -> None:
        self._cells = cells
        self._at = min(self._at, len(cells))
        self._changed()
        self.edited.emit(self.text)

    def _changed(self) -> None:
        told = self.text or tr("空")
        empty = sum(not cell.text for cell in self._cells)
        self.setAccessibleName(f"{self._name}: {told}" + (f", {empty} {tr('处看不清')}" if empty else ""))
        self.updateGeometry()
        self.update()
