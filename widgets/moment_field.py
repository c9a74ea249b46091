"""Date and minute of something, chosen section by section; the arrow keys step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QDateTimeEdit, QSizePolicy, QWidget

from widgets.parts import label, row, set_tone


@dataclass(frozen=True)
class MomentState:
    """moment: clock time of the place, to the minute; note: where it comes from, in words."""

    moment: datetime
    note: str
    sure: bool = True


class _Box(QDateTimeEdit):
    """Gives a moment once the field is left or Enter is pressed: half a number is none yet."""

    left = Signal()
    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTimeZone(QTimeZone.utc())  # clock time as it is written: no hour of it is ever skipped
        self.setDisplayFormat("MM-dd HH:mm")
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over it scrolls what it stands in: nothing is changed in passing."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says that the moment as it stands is right, changed or not."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person went away."""
        super().focusOutEvent(event)
        self.left.emit()


class MomentField(QWidget):
    """`chosen` (datetime without zone) once a person changed or confirmed it.

    `set_state` leaves the field alone while the person is in it.
    """

    chosen = Signal(datetime)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._state: MomentState | None = None
        self.box = _Box(name)
        self.box.dateTimeChanged.connect(self._changed)
        self.box.entered.connect(lambda: self._changed(self.box.dateTime()))
        self.box.left.connect(self._show)
        self._note = label("", "caption", "text2")
        self.setLayout(row(label(name, "caption", "text2"), self.box, self._note, None, spacing=6))
        self.setFocusProxy(self.box)

    def set_state(self, state: MomentState) -> None:
        """Show a stored moment unless the person is in the field."""
        self._state = state
        self._note.setText(state.note)
        set_tone(self._note, "text2" if state.sure else "warn")
        if not self.box.hasFocus():
            self._show()

    def _show(self) -> None:
        state = self._state
        if state is not None and _minute(self.box.dateTime()) != state.moment:
            was_blocked = self.box.blockSignals(True)
            self.box.setDateTime(_clock_time(state.moment))
            self.box.blockSignals(was_blocked)

    def _changed(self, moment: QDateTime) -> None:
        self.chosen.emit(_minute(moment))


def _clock_time(moment: datetime) -> QDateTime:
    day, time = QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute)
    return QDateTime(day, time, QTimeZone.utc())


def _minute(moment: QDateTime) -> datetime:
    date, time = moment.date(), moment.time()
    return datetime(date.year(), date.month(), date.day(), time.hour(), time.minute())
