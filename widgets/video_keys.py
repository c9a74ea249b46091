"""The video's button bar: 34 px high, every button with its key; blocked ones say why (pictures 03, 06)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from widgets.button import DeskButton, Kind


@dataclass(frozen=True)
class VideoKeyState:
    """One button. blocked: reason in words, "" when it works; on: a switch that is on.

    shown: whether there is anything to press it for; spare: it makes room in a small window, its key stays.
    """

    key: str
    text: str
    icon: str
    keycap: str
    blocked: str = ""
    on: bool = False
    primary: bool = False
    shown: bool = True
    spare: bool = False


class VideoKeys(QWidget):
    """A row of buttons that never take the focus from the video; `pressed` carries the button's key."""

    pressed = Signal(str)

    def __init__(self, keys: tuple[VideoKeyState, ...]) -> None:
        super().__init__()
        self._buttons: dict[str, DeskButton] = {}
        self._states: dict[str, VideoKeyState] = {}
        self._compact = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        for state in keys:
            button = DeskButton(state.text, state.icon, state.keycap, height=34, scope="video")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, key=state.key: self.pressed.emit(key))
            self._buttons[state.key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.set_keys(keys)

    def set_keys(self, keys: tuple[VideoKeyState, ...]) -> None:
        """Change words and states of some of the buttons there were at the start."""
        said = {state.blocked for state in self._states.values() if state.key not in {k.key for k in keys}}
        for state in keys:
            kind: Kind = "on" if state.on else ("primary" if state.primary else "plain")
            self._buttons[state.key].set_face(state.text, state.icon, kind)
            self._buttons[state.key].set_blocked(state.blocked, said=state.blocked in said)
            said.add(state.blocked)
            self._states[state.key] = state
            self._buttons[state.key].setVisible(self._has_room(state))

    def _has_room(self, state: VideoKeyState) -> bool:
        return state.shown and not (state.spare and self._compact)

    def set_compact(self, compact: bool) -> None:
        """Without key caps: six buttons fit beside a folded right column."""
        self._compact = compact
        for key, button in self._buttons.items():
            button.set_compact(compact)
            button.setVisible(self._has_room(self._states[key]))

    def button(self, key: str) -> DeskButton:
        """The button of a key; KeyError when there is none."""
        return self._buttons[key]
