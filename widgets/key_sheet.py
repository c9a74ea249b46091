"""F1: every key of the desk, in the right column, not a dialog; a key is re-mapped where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.keycap import KeyCap
from widgets.panel import Panel
from widgets.parts import clear, label, row

CAP_COLUMN = 112
"""Pixels for the longest key there is, so that what the keys do stands in one line below each other."""
_BARE = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_unknown}


@dataclass(frozen=True)
class KeyLine:
    """A key and what it does. name: under which it is re-mapped, "" where it is not; default: the key that it
    had before, "" while it has that still.
    """

    key: str
    act: str
    name: str = ""
    default: str = ""


@dataclass(frozen=True)
class KeyGroup:
    """Keys that act in one place, named ``scope`` for their caps."""

    title: str
    keys: tuple[KeyLine, ...]
    scope: str = ""


class KeyRow(QFrame):
    """A line that can be re-mapped: Enter, then the new key; Del brings the default back."""

    wanted = Signal(str, str)

    def __init__(self, line: KeyLine, scope: str) -> None:
        super().__init__()
        self._line = line
        self._asking = False
        self.cap = KeyCap(line.key, scope)
        self._told = label(self._rest(), "caption", "text3")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.setSpacing(10)
        place = QWidget()
        place.setFixedWidth(theme.current().px(CAP_COLUMN))
        place.setLayout(row(None, self.cap, spacing=0))
        layout.addWidget(place)
        layout.addWidget(label(line.act, "small"), 1)
        layout.addWidget(self._told)
        self.setMinimumHeight(26)
        self.setAccessibleName(f"{line.act} {self.cap.text()}")
        if line.name:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def name(self) -> str:
        """Under which the key is re-mapped."""
        return self._line.name

    def event(self, event: QEvent) -> bool:
        """While a key is asked for, no key acts."""
        if self._asking and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self._asking and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._take(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for another key, Del for the one it had, the arrows walk."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask(asking=True)
        elif key is Qt.Key.Key_Delete:
            self.wanted.emit(self.name, "")
        elif key is Qt.Key.Key_Down:
            self.focusNextChild()
        elif key is Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """The pointer's way to Enter."""
        if self.name:
            self._ask(asking=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say what can be done here."""
        super().focusInEvent(event)
        self._ask(asking=False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is asked for any more."""
        super().focusOutEvent(event)
        self._ask(asking=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A 2 px ring where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self._ask(asking=False)
        elif key not in _BARE:
            self._ask(asking=False)
            self.wanted.emit(self.name, _sequence(event))

    def _ask(self, *, asking: bool) -> None:
        self._asking = asking
        self._told.setText(self.tr("按下新键,Esc 不改") if asking else self._rest())
        self.update()

    def _rest(self) -> str:
        if not self.hasFocus():
            return self.tr("原为 %1").replace("%1", self._line.default) if self._line.default else ""
        if self._line.default:
            return self.tr("Enter 换键,Del 恢复 %1").replace("%1", self._line.default)
        return self.tr("Enter 换键")


class KeySheet(Panel):
    """A readable list of keys by place; scrolls where it must.

    `wanted` carries the name of a line and the key wanted for it, empty for its default; `reset` that all
    shall have theirs.
    """

    wanted = Signal(str, str)
    reset = Signal()

    def __init__(self, groups: tuple[KeyGroup, ...]) -> None:
        super().__init__(self.tr("全部按键"), "keyboard", "F1", margin=0)
        content = QWidget()
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(2)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        self.area.setAccessibleName(self.tr("全部按键"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._said = label("", "small", "warn")
        self._said.setWordWrap(True)
        self._said.setContentsMargins(12, 2, 12, 2)
        self._said.hide()
        self.all_button = DeskButton(self.tr("全部恢复"), "undo-2")
        self.all_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.all_button.clicked.connect(self.reset)
        self.header.insertWidget(self.header.count() - 1, self.all_button)
        self.body.addWidget(self._said)
        self.body.addWidget(self.area, 1)
        self.rows: list[KeyRow] = []
        self.set_groups(groups)

    def set_groups(self, groups: tuple[KeyGroup, ...]) -> None:
        """Show these keys; the keyboard stays at its line."""
        at = next((row.name for row in self.rows if row.hasFocus()), "")
        clear(self._layout)
        self.rows = []
        for group in groups:
            self._layout.addWidget(label(group.title, "caption", "text3"))
            for line in group.keys:
                made = KeyRow(line, group.scope)
                made.wanted.connect(self.wanted)
                self.rows.append(made)
                self._layout.addWidget(made)
        self._layout.addStretch(1)
        self.all_button.setVisible(any(line.default for group in groups for line in group.keys))
        for made in self.rows:
            if at and made.name == at:
                made.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def first(self) -> QWidget:
        """What takes the keyboard."""
        return next((made for made in self.rows if made.name), self.area)

    def line(self, name: str) -> KeyRow:
        """The line of a name; StopIteration where there is none."""
        return next(made for made in self.rows if made.name == name)

    def say(self, words: str) -> None:
        """Why a key was refused, or "" once there is nothing to say."""
        self._said.setText(words)
        self._said.setVisible(bool(words))


def _sequence(event: QKeyEvent) -> str:
    """Return what was pressed as keys are written here: without the key pad, Shift only where it counts."""
    key = Qt.Key(event.key())
    pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.text().strip() and event.text().isprintable() and not event.text().isalnum():
        pressed &= ~Qt.KeyboardModifier.ShiftModifier
    written = QKeySequence(QKeyCombination(pressed, key)).toString(QKeySequence.SequenceFormat.PortableText)
    return written.replace("Return", "Enter")
