"""Text fields that never lose or overwrite what a person is typing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from widgets.parts import tr


def takes_text(widget: QWidget | None) -> bool:
    """True when keys belong to this widget's text: single letters must not act then."""
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


class LineField(QLineEdit):
    """One line; `show_value` leaves it alone while it has the focus or a method is composing."""

    def __init__(self, name: str, placeholder: str = "", longest: int = 200) -> None:
        super().__init__()
        self._name = name
        self._composing = False
        self.setMaxLength(longest)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)

    @property
    def composing(self) -> bool:
        """An input method holds letters that are not text yet."""
        return self._composing

    def show_value(self, value: str) -> None:
        """Show a stored value unless the user is in the field."""
        if not self.hasFocus() and not self._composing and value != self.text():
            self.setText(value)
            self.setCursorPosition(0)

    def set_locked(self, reason: str) -> None:
        """Disable with the reason as placeholder and accessible name; "" unlocks."""
        self.setEnabled(not reason)
        self.setAccessibleName(f"{self._name}, {tr('锁定')}: {reason}" if reason else self._name)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep track of composing."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())


class TextField(QPlainTextEdit):
    """Several lines, bounded; Tab leaves the field. `show_value` as for LineField.

    `edited` carries the whole text whenever a person changed it: typed, pasted, or committed by an input
    method. What is still being composed is not text, and showing a value is no edit.
    """

    edited = Signal(str)

    def __init__(self, name: str, placeholder: str = "", longest: int = 4000, lines: int = 3) -> None:
        super().__init__()
        self._longest = longest
        self._lines = lines
        self._composing = False
        self._told = ""
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        """So many lines; a layout with room to give stretches it."""
        return QSize(240, self._lines * self.fontMetrics().lineSpacing() + 14)

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() + 14)

    @property
    def composing(self) -> bool:
        """An input method holds letters that are not text yet."""
        return self._composing

    def show_value(self, value: str) -> None:
        """Show a stored value unless the user is in the field."""
        if not self.hasFocus() and not self._composing and value != self.toPlainText():
            self._told = value
            self.setPlainText(value)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep track of composing."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())

    def _changed(self) -> None:
        self._bound()
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.edited.emit(text)

    def _bound(self) -> None:
        extra = len(self.toPlainText()) - self._longest
        if extra > 0:
            cursor = self.textCursor()
            if cursor.position() < extra:
                cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, extra)
            cursor.removeSelectedText()
