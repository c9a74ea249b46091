"""Dispatch of the district police, in place: F12, a reason 1-6, then F12 again (interface.md 4)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QSizePolicy, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.panel import Panel
from widgets.parts import IconLabel, label, row
from widgets.press_twice import PressTwiceButton


class DispatchPanel(Panel):
    """Hidden until `press` (F12). Choosing a reason arms the button; the next press confirms with the reason.

    `confirmed` carries the reason's key. Esc closes without acting. The keyboard goes back to where it was.
    """

    confirmed = Signal(str)
    closed = Signal()

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__(self.tr("派警:选择原因"), "siren", "F12")
        self._reasons = reasons
        self._chosen = ""
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout()
        grid.setSpacing(6)
        self._buttons: dict[str, DeskButton] = {}
        for at, (key, words) in enumerate(reasons):
            button = DeskButton(words, key=str(at + 1))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, chosen=key: self.choose(chosen))
            self._buttons[key] = button
            grid.addWidget(button, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)
        self.button = PressTwiceButton(self.tr("派警"), "siren", "F12")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.set_own_key(self._own)
        self.button.set_blocked(self.tr("先选原因"))
        self.button.confirmed.connect(self._confirm)
        leave = DeskButton(self.tr("不派"), "undo-2", "Esc")
        leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        leave.clicked.connect(self.close_panel)
        self.body.addLayout(grid)
        self.body.addLayout(row(self.button, leave, None))
        self.hide()

    @property
    def chosen(self) -> str:
        """Key of the chosen reason, "" when none."""
        return self._chosen

    def press(self, reason: str = "") -> None:
        """F12: opens (with a reason already known from the facts, if any), or presses the button."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self.show()
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if reason:
                self.choose(reason)
            return
        self.button.press()

    def choose(self, reason: str) -> None:
        """Choose a reason by key and arm the button; unknown reasons are ignored."""
        if reason not in self._buttons:
            return
        self._chosen = reason
        for key, button in self._buttons.items():
            button.set_face(button.text(), kind="on" if key == reason else "plain")
        self.button.set_blocked("")
        self.button.cancel()
        self.button.press()

    def close_panel(self) -> None:
        """Close without acting."""
        self.button.cancel()
        self._chosen = ""
        for button in self._buttons.values():
            button.set_face(button.text(), kind="plain")
        self.button.set_blocked(self.tr("先选原因"))
        if self.hasFocus() and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.hide()
        self.closed.emit()

    def _own(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F12

    def _confirm(self) -> None:
        reason = self._chosen
        self.close_panel()
        self.confirmed.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1-6 choose, F12 presses, Esc closes."""
        digit = event.key() - Qt.Key.Key_1
        if 0 <= digit < len(self._reasons):
            self.choose(self._reasons[digit][0])
        elif event.key() == Qt.Key.Key_F12 and not event.isAutoRepeat():
            self.press()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


class PoliceLine(QFrame):
    """The way to the police that is always in sight; `pressed` asks for the reasons (F12)."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = DeskButton(self.tr("派警"), "siren", "F12")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.pressed)
        words = label(self.tr("任一方要求民警到场,必须派警"), "small", "text2")
        words.setWordWrap(True)
        line = row(IconLabel("hand"), words, self.button)
        line.setStretch(1, 1)
        line.setContentsMargins(12, 4, 8, 4)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_blocked(self, reason: str) -> None:
        """Say why it cannot be pressed (they are on their way), "" when it can."""
        self.button.set_blocked(reason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panel ground and border."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(worn.color("edge"), 1))
        painter.setBrush(worn.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
