"""Legal outcomes only, two rows of four, keys 1-8 (interface.md 10)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets import theme
from widgets.button import DeskButton


@dataclass(frozen=True)
class Outcome:
    """One legal outcome in words ("甲主要 / 乙次要"); blocked: why it is impossible here, or ""."""

    key: str
    words: str
    blocked: str = ""


class OutcomeGrid(QWidget):
    """Eight buttons; 1-8 choose while the grid has the focus. `chosen` carries the outcome's key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("责任"))
        self._outcomes: tuple[Outcome, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._grid.setSpacing(6)
        self._buttons: list[DeskButton] = []

    def set_outcomes(self, outcomes: tuple[Outcome, ...], current: str) -> None:
        """Show the legal outcomes and the one chosen now ("" for none)."""
        if [known.key for known in self._outcomes] != [new.key for new in outcomes]:
            self._build(outcomes)
        self._outcomes = outcomes
        for button, outcome in zip(self._buttons, outcomes, strict=True):
            button.set_face(outcome.words, kind="on" if outcome.key == current else "plain")
            button.set_blocked(outcome.blocked)
        words = next((outcome.words for outcome in outcomes if outcome.key == current), self.tr("未选"))
        self.setAccessibleName(self.tr("责任: ") + words)

    def _build(self, outcomes: tuple[Outcome, ...]) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, outcome in enumerate(outcomes):
            button = DeskButton(outcome.words, key=str(at + 1), height=34)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, number=at: self._choose(number))
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._buttons.append(button)
            self._grid.addWidget(button, at // 4, at % 4)

    def _choose(self, number: int) -> None:
        if number < len(self._outcomes) and not self._outcomes[number].blocked:
            self.chosen.emit(self._outcomes[number].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1-8; everything else goes on."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < 8 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(number)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The focus ring."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()
