"""Rows to choose from in the right column, narrowed by what is typed; what is known of one stands below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from widgets import theme
from widgets.chip import ChipState
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label, row
from widgets.press_twice import PressTwiceButton
from widgets.rows import CheckRow, CheckRows

LONGEST = 60
LEAST_HEIGHT, CLOSING_HEIGHT = 230, 270
"""Pixels in which rows can be chosen from, and in which one of them can be closed as well."""


@dataclass(frozen=True)
class ClosingState:
    """How the current row ends, in words, and why it cannot be closed now, "" when it can."""

    words: str
    blocked: str = ""


class ClosingLine(QWidget):
    """A reason and a button of two presses, the key of which is Enter in the reason; `closed` carries it."""

    closed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._blocked = ""
        self._words = label("", "small", "text2")
        self._words.setWordWrap(True)
        self.reason = LineField(self.tr("结案理由"), self.tr("结案理由,例如:双方自行协商,已撤离"))
        self.button = PressTwiceButton(self.tr("结案"), "archive", "Enter")
        self.button.set_own_key(self._is_enter)
        self.button.confirmed.connect(lambda: self.closed.emit(self.reason.text().strip()))
        self.reason.returnPressed.connect(self.button.press)
        self.reason.textChanged.connect(self._block)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._words)
        inside.addLayout(row(self.reason, self.button, spacing=8))
        self.set_state(None)

    def set_state(self, state: ClosingState | None) -> None:
        """Show how the current row may be closed, or what hinders it; `None`: it is not at its end."""
        self.setVisible(state is not None)
        self._blocked = "" if state is None else state.blocked
        self._words.setText("" if state is None else self._blocked or state.words)
        self._block()

    def clear(self) -> None:
        """Another row, or it is done: what was written and armed was for the one before."""
        self.button.cancel()
        self.reason.clear()

    def _block(self) -> None:
        lacking = "" if self.reason.text().strip() else self.tr("先写理由")
        self.button.set_blocked(self._blocked or lacking, said=True)

    def _is_enter(self, event: QKeyEvent) -> bool:
        return self.reason.hasFocus() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindPanel(Panel):
    """`asked` carries what is typed, `looked` the row that became current, `chosen` the one of Enter,
    `closed` the one that is to be closed and the reason.

    The keyboard stays in the field: the arrow keys walk the rows from there, Tab goes on to the reason.
    """

    asked = Signal(str)
    looked = Signal(str)
    chosen = Signal(str)
    closed = Signal(str, str)

    def __init__(self, title: str, hint: str, key: str) -> None:
        super().__init__(title, "list-checks", key)
        self._setting = False
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(title)
        self.field.textChanged.connect(self.asked)
        self.field.returnPressed.connect(self._choose)
        self.field.installEventFilter(self)
        self.rows = CheckRows((4, 3, 5), 34)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setAccessibleName(title)
        self.rows.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.rows.doubleClicked.connect(lambda _index: self._choose())
        self._said = label("", "small", "text2")
        self._said.setWordWrap(True)
        self.closing = ClosingLine()
        self.closing.closed.connect(lambda reason: self.closed.emit(self.rows.current_key(), reason))
        self.rows.selectionModel().currentChanged.connect(lambda _now, _before: self.closing.clear())
        for part in (self.field, self.rows, self._said, self.closing):
            self.body.addWidget(part)
        self.set_closing(None)

    def set_rows(self, rows: tuple[CheckRow, ...], count: ChipState) -> None:
        """Show the rows that fit; the current one stays while it is among them, and is not told anew."""
        self._setting = True
        self.rows.set_rows(rows)
        if rows and not self.rows.currentIndex().isValid():
            self.rows.selectRow(0)
        self.set_chips(count)
        self._setting = False

    def say(self, words: str) -> None:
        """What is known of the current row."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def set_closing(self, state: ClosingState | None) -> None:
        """Show how the current row may be closed."""
        self.closing.set_state(state)
        self.setMinimumHeight(theme.current().px(LEAST_HEIGHT if state is None else CLOSING_HEIGHT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys of the field walk the rows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if by is not None:
                at = self.rows.currentIndex().row() + by
                self.rows.selectRow(min(max(at, 0), self.rows.model().rowCount() - 1))
                return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        if not self._setting:
            self.looked.emit(self.rows.current_key())

    def _choose(self) -> None:
        key = self.rows.current_key()
        if key:
            self.chosen.emit(key)
