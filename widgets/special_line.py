"""A rare circumstance that changes what the parties are told: chosen once, confirmed by a second press.

Source: interface.md 8: the script is changed by one choice and a second press.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from widgets.parts import column, row
from widgets.press_twice import PressTwiceButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Choice(QComboBox):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the second press; all else chooses."""
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SpecialLine(QWidget):
    """Hidden until it is asked for. `confirmed` carries the key of the circumstance.

    Choosing one arms the button for its 3 s; Enter in the list or the button itself is the second press.
    Nothing happens without it.
    """

    confirmed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = _Choice()
        self.choice.setAccessibleName(self.tr("特殊情形"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(1)
        self.button = PressTwiceButton(self.tr("改脚本"), "route", "")
        self.button.set_own_key(lambda event: event.key() in _ENTER)
        self.button.set_blocked(self.tr("先选情形"), said=True)
        self.button.confirmed.connect(self._confirm)
        self.choice.activated.connect(self._chosen)
        self.choice.entered.connect(self.button.press)
        inside = column(self.choice, row(self.button, None), spacing=4)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self._before: QWidget | None = None
        self._options: tuple[tuple[str, str], ...] = ()
        self.set_options(())
        self.hide()

    def toggle(self) -> None:
        """Show the line with the keyboard in its list, or put it away."""
        if not self.isHidden():
            self.put_away()
            return
        self._before = QApplication.focusWidget()
        self.show()
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Nothing was chosen; the keyboard goes back to where it was."""
        self.button.cancel()
        self.choice.setCurrentIndex(0)
        self._allow()
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if inside and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_options(self, options: tuple[tuple[str, str], ...]) -> None:
        """Offer these circumstances by key and words; what is chosen and not confirmed stays."""
        if options == self._options and self.choice.count():
            return
        self._options = options
        chosen = self.choice.currentData()
        self.choice.clear()
        self.choice.addItem(self.tr("特殊情形(改脚本)"), "")
        for key, words in options:
            self.choice.addItem(words, key)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))
        self._allow()

    def _chosen(self) -> None:
        self.button.cancel()
        self._allow()
        if self.choice.currentData():
            QTimer.singleShot(0, self._arm)  # the press that chose is over by then

    def _arm(self) -> None:
        if self.choice.currentData() and not self.button.armed:
            self.button.press()

    def _allow(self) -> None:
        self.button.set_blocked("" if self.choice.currentData() else self.tr("先选情形"), said=True)

    def _confirm(self) -> None:
        key = str(self.choice.currentData())
        self.put_away()
        self.confirmed.emit(key)
