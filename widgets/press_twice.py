"""Dangerous acts need a second press within 3 s (interface.md 3); anything else cancels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from widgets.button import DeskButton, Kind

SECONDS = 3
# A key that is a shortcut reaches no widget as a key press, only as the question who wants it.
_CANCELLING = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.InputMethod,
    QEvent.Type.Wheel,
)
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class PressTwiceButton(DeskButton):
    """Turns into 「再按一次确认 3」 and counts down; the second press emits `confirmed`.

    The window calls `press()` for the key of the act (F9, F12 ...), the mouse clicks it. Any other key, click
    or wheel in the application while it is armed cancels; so does the end of the count.
    """

    confirmed = Signal()
    armed_changed = Signal(bool)

    def __init__(self, text: str, icon: str = "", key: str = "", confirm_kind: Kind = "danger") -> None:
        super().__init__(text, icon, key)
        self._words_at_rest = text
        self._kind_at_rest: Kind = "plain"
        self._confirm_kind = confirm_kind
        self._own_key: Callable[[QKeyEvent], bool] = lambda _event: False
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count)
        self.clicked.connect(self.press)

    @property
    def armed(self) -> bool:
        """True between the first press and the confirmation, cancellation or end of the count."""
        return self._left > 0

    def set_own_key(self, matches: Callable[[QKeyEvent], bool]) -> None:
        """Tell which key press is this act's own, so that it does not count as "anything else"."""
        self._own_key = matches

    def set_rest_face(self, text: str, kind: Kind = "plain") -> None:
        """Words and kind when not armed."""
        self._words_at_rest, self._kind_at_rest = text, kind
        if not self.armed:
            self.set_face(text, kind=kind)

    def press(self) -> None:
        """First call arms, the second within 3 s confirms. Ignored while disabled."""
        if not self.isEnabled():
            return
        if self.armed:
            self._disarm()
            self.confirmed.emit()
            return
        self._left = SECONDS
        self._show_count()
        self._timer.start()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.armed_changed.emit(True)

    def cancel(self) -> None:
        """Back to rest without acting."""
        if self.armed:
            self._disarm()

    def _disarm(self) -> None:
        self._left = 0
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.set_face(self._words_at_rest, kind=self._kind_at_rest)
        self.armed_changed.emit(False)

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._disarm()
        else:
            self._show_count()

    def _show_count(self) -> None:
        self.set_face(self.tr("再按一次确认 %1").replace("%1", str(self._left)), kind=self._confirm_kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the application while armed; never swallows an event."""
        if self.armed and event.type() in _CANCELLING and isinstance(watched, QWidget):
            mine = watched is self and event.type() == QEvent.Type.MouseButtonPress
            if isinstance(event, QKeyEvent):
                pressing_me = watched is self and event.text() in {" ", "\r"}
                only_modifier = event.key() in _MODIFIERS
                mine = mine or pressing_me or only_modifier or event.isAutoRepeat() or self._own_key(event)
            if not mine:
                self.cancel()
        return super().eventFilter(watched, event)
