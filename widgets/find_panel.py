"""Rows to choose from in the right column, narrowed by what is typed; what is known of one stands below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from widgets.chip import ChipState
from widgets.panel import Panel
from widgets.parts import label
from widgets.rows import CheckRow, CheckRows

LONGEST = 60
LEAST_HEIGHT = 230


class FindPanel(Panel):
    """`asked` carries what is typed, `looked` the row that became current, `chosen` the one of Enter.

    The keyboard stays in the field: the arrow keys walk the rows from there.
    """

    asked = Signal(str)
    looked = Signal(str)
    chosen = Signal(str)

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
        for part in (self.field, self.rows, self._said):
            self.body.addWidget(part)
        self.setMinimumHeight(LEAST_HEIGHT)

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
