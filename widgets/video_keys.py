"""The video's button bar: 34 px high, every button with its key; blocked ones say why (pictures 03, 06)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from widgets.button import DeskButton, Kind


@dataclass(frozen=True)
class VideoKeyState:
    """One button. blocked: reason in words, "" when it works; on: a switch that is on."""

    key: str
    text: str
    icon: str
    keycap: str
    blocked: str = ""
    on: bool = False
    primary: bool = False


class VideoKeys(QWidget):
    """A row of buttons that never take the focus from the video; `pressed` carries the button's key."""

    pressed = Signal(str)

    def __init__(self, keys: tuple[VideoKeyState, ...]) -> None:
        super().__init__()
        self._buttons: dict[str, DeskButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        for state in keys:
            button = DeskButton(state.text, state.icon, state.keycap, height=34)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, key=state.key: self.pressed.emit(key))
            self._buttons[state.key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.set_keys(keys)

    def set_keys(self, keys: tuple[VideoKeyState, ...]) -> None:
        """Change words and states; the same keys as at the start, in the same order."""
        for state in keys:
            kind: Kind = "on" if state.on else ("primary" if state.primary else "plain")
            self._buttons[state.key].set_face(state.text, state.icon, kind)
            self._buttons[state.key].set_blocked(state.blocked)

    def button(self, key: str) -> DeskButton:
        """The button of a key; KeyError when there is none."""
        return self._buttons[key]
