"""The hand-over sheet, in place: what is there, what is missing and why, who said what, the own note.

Source: interface.md 5, step 10, and 9. Ctrl+Enter hands over; with gaps only with a reason, which the officer
reads. Who holds both posts reads it through and goes on to the ruling.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from widgets.button import DeskButton
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label, row


@dataclass(frozen=True)
class HandOverSheet:
    """there: what is complete; missing: what is not; blocked: why it cannot go even with a reason; said: what
    each party said, a line a party; own: the reader rules on it too.
    """

    there: tuple[str, ...]
    missing: tuple[str, ...]
    blocked: str = ""
    said: tuple[str, ...] = ()
    own: bool = False


class HandOverPanel(Panel):
    """Hidden until `open_sheet`. `confirmed` carries note and reason; Esc closes without acting."""

    confirmed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(self.tr("移交单"), "clipboard-check", "Ctrl+Enter")
        self._before: QWidget | None = None
        self._there = label("", "small", "text2")
        self._said = label("", "small", "text2")
        self._missing = label("", "small", "warn")
        self._blocked = label("", "small", "bad")
        for words in (self._there, self._said, self._missing, self._blocked):
            words.setWordWrap(True)
        self.reason = LineField(self.tr("缺项理由"), self.tr("为什么缺,民警会看到"))
        self.note = LineField(self.tr("移交备注"), self.tr("给定责岗的话,可不写"))
        self.button = DeskButton(self.tr("带缺项移交"), "arrow-right-left", "Ctrl+Enter")
        self.button.clicked.connect(self.press)
        leave = DeskButton(self.tr("继续取证"), "undo-2", "Esc")
        leave.clicked.connect(self.close_sheet)
        self.reason.textEdited.connect(lambda _text: self._allow())
        self.body.addWidget(self._there)
        self.body.addWidget(self._said)
        self.body.addWidget(self._missing)
        self.body.addWidget(self._blocked)
        self.body.addLayout(row(self.reason, self.note))
        self.body.addLayout(row(self.button, leave, None))
        self._sheet = HandOverSheet((), ())
        self.hide()

    def open_sheet(self, sheet: HandOverSheet) -> None:
        """Show what is there and what is not; the keyboard goes to the reason for gaps, else to the note."""
        self.set_sheet(sheet)
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self.show()
            field = self.reason if sheet.missing or sheet.blocked else self.note
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_sheet(self, sheet: HandOverSheet) -> None:
        """Show another state of the case; what is typed stays."""
        self._sheet = sheet
        self._there.setText("、".join(sheet.there))
        self._said.setText("\n".join(sheet.said))
        if sheet.missing:
            self.button.set_face(self.tr("带缺项移交"))
        else:
            self.button.set_face(self.tr("通读完毕,去定责") if sheet.own else self.tr("移交定责"))
        self._missing.setText(self.tr("还缺:") + "、".join(sheet.missing) if sheet.missing else "")
        self._blocked.setText(sheet.blocked)
        for words in (self._there, self._said, self._missing, self._blocked):
            words.setVisible(bool(words.text()))
        self._allow()

    def press(self) -> None:
        """Ctrl+Enter: hand over if nothing but what the reason excuses is missing."""
        if self.button.isEnabled():
            self.confirmed.emit(self.note.text().strip(), self.reason.text().strip())

    def close_sheet(self) -> None:
        """Close without acting; the keyboard goes back to where it was."""
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if inside and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def _allow(self) -> None:
        blocked = self.tr("见上") if self._sheet.blocked else ""
        if not blocked and self._sheet.missing and not self.reason.text().strip():
            blocked = self.tr("先写缺项理由")
        self.button.set_blocked(blocked)
