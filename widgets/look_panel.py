"""Settings of the window's look, in the right column: theme, text size, language. Never a dialog."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from widgets.button import DeskButton
from widgets.panel import Panel
from widgets.parts import label, row


@dataclass(frozen=True)
class Choice:
    """One setting: its name, what it is called, (value, words) of each choice, and the value chosen.

    blocked: reason in words why it cannot be changed now, "" when it can.
    """

    name: str
    title: str
    values: tuple[tuple[str, str], ...]
    chosen: str
    blocked: str = ""


class LookPanel(Panel):
    """`picked` carries the setting's name and the value wanted."""

    picked = Signal(str, str)

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        super().__init__(self.tr("显示设置"), "settings")
        self._buttons: dict[tuple[str, str], DeskButton] = {}
        self._blocked = {choice.name: label("", "caption", "text3") for choice in choices}
        for choice in choices:
            line = row(label(choice.title, "small", "text2"), None)
            for value, words in choice.values:
                button = DeskButton(words)
                button.clicked.connect(
                    lambda _checked=False, name=choice.name, wanted=value: self.picked.emit(name, wanted)
                )
                self._buttons[choice.name, value] = button
                line.addWidget(button)
            self.body.addLayout(line)
            self.body.addWidget(self._blocked[choice.name])
        self.set_choices(choices)

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show what is chosen; the same settings as at the start."""
        for choice in choices:
            self._blocked[choice.name].setText(choice.blocked)
            self._blocked[choice.name].setVisible(bool(choice.blocked))
            for value, words in choice.values:
                button = self._buttons[choice.name, value]
                button.set_face(words, kind="on" if value == choice.chosen else "plain")
                button.setEnabled(not choice.blocked or value == choice.chosen)

    @property
    def first(self) -> DeskButton:
        """What takes the keyboard."""
        return next(iter(self._buttons.values()))

    def button(self, name: str, value: str) -> DeskButton:
        """The button of a choice; KeyError when there is none."""
        return self._buttons[name, value]
