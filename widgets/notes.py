"""Statements of the parties and the call-taker's note; every keystroke goes out to be stored."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from widgets.chip import Chip, ChipState
from widgets.fields import TextField
from widgets.flow import Beside
from widgets.panel import Panel
from widgets.parts import clear, label, row


@dataclass(frozen=True)
class Statement:
    """What a party said, in words; letter 甲, 乙 ..."""

    letter: str
    text: str


@dataclass(frozen=True)
class NotesState:
    """saved: the literally true word on storing ("每次按键已存本机")."""

    statements: tuple[Statement, ...]
    note: str
    saved: ChipState


WIDE = 540
"""Pixels from which statements and note stand side by side."""


class NotesPanel(Panel):
    """`edited` carries the whole note after each change made by the user."""

    edited = Signal(str)

    def __init__(self, state: NotesState) -> None:
        super().__init__(self.tr("陈述与备注"), "file-pen-line", "Ctrl+4")
        self._statements = QVBoxLayout()
        self._statements.setContentsMargins(0, 0, 0, 0)
        self._statements.setSpacing(4)
        self.note = TextField(self.tr("备注"), self.tr("备注"), lines=1)
        self._shown_statements: tuple[Statement, ...] = ()
        self.note.edited.connect(self.edited)
        self._said = QWidget()
        self._said.setLayout(self._statements)
        self._said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._said.hide()
        self.body.addWidget(Beside(self._said, self.note, shares=(3, 2), enough=WIDE), 1)
        self.set_state(state)

    def set_state(self, state: NotesState) -> None:
        """Show what is stored; the note stays alone while it has the focus."""
        self.note.show_value(state.note)
        self.set_chips(state.saved)
        if state.statements == self._shown_statements:
            return
        self._shown_statements = state.statements
        clear(self._statements)
        self._said.setVisible(bool(state.statements))
        for statement in state.statements:
            words = label(statement.text)
            words.setWordWrap(True)
            letter = Chip(ChipState(statement.letter, "info", "user-round"))
            line = row(letter, words, spacing=8)
            line.setStretch(1, 1)
            self._statements.addLayout(line)
        self._statements.addStretch(1)
