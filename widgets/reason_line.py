"""A short list of reasons, in place: a digit chooses, and nothing happens without one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from widgets.button import DeskButton
from widgets.parts import column, label, row


class ReasonLine(QWidget):
    """`chosen` carries the reason's key. A digit chooses; then the keyboard goes back to where it was."""

    chosen = Signal(str)

    def __init__(self, title: str, question: str, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._keys = tuple(key for key, _words in reasons)
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        listed = ", ".join(f"{digit} {words}" for digit, (_key, words) in enumerate(reasons, 1))
        self.setAccessibleName(f"{title}: {listed}")
        buttons = []
        for digit, (key, words) in enumerate(reasons, 1):
            button = DeskButton(words, key=str(digit), role="small", height=26)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            buttons.append(button)
        self.question = label(question, "caption", "text2")
        self.setLayout(column(self.question, row(*buttons, None, spacing=4), spacing=4))

    def ask(self) -> None:
        """Open with the keyboard in it, or close when it is open."""
        if self.isVisible():
            self.put_away()
            return
        self._before = QApplication.focusWidget()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Close without a reason; a keyboard that was in it goes back."""
        inside = self.hasFocus()
        self.hide()
        if inside and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses; everything else goes on."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self._keys) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(self._keys[at])
        else:
            super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        self.put_away()
        self.chosen.emit(key)
