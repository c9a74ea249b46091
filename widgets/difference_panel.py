"""The view of differences (picture 04): the table, what to do, the two scripts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.choices import Choice, Choices
from widgets.difference_table import DifferenceRow, DifferenceTable
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import IconLabel, column, label, row
from widgets.theme import Severity


@dataclass(frozen=True)
class DifferenceState:
    """title names the party; rows as in the table; chips count what is wrong."""

    title: str
    rows: tuple[DifferenceRow, ...]
    chips: tuple[ChipState, ...]


class DifferencePanel(Panel):
    """`back`: show the right column again. The table is where the keyboard goes."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("核验差异"), "git-compare-arrows")
        self.table = DifferenceTable()
        self._back = DeskButton(self.tr("返回"), "undo-2", height=26)
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._back.clicked.connect(self.back)
        self.header.addWidget(self._back)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table)
        self.setFocusProxy(self.table)

    def set_state(self, state: DifferenceState) -> None:
        """Show what is known of the party."""
        self.set_title(state.title)
        self.set_chips(*state.chips)
        self.table.set_rows(state.rows)


class ChoicesPanel(Panel):
    """怎么处理. `chosen` (choice key, words): a choice that needs words takes them in its field first."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(self.tr("怎么处理"), "route")
        self.set_note(self.tr("按数字选,再按一次确认"))
        self.choices = Choices()
        self.words = LineField(self.tr("说明"), self.tr("当事人怎么说,出示了什么"))
        self._words_for = ""
        self._line = QWidget()
        self._line.setLayout(row(label(self.tr("说明"), "caption", "text2"), self.words))
        self._line.hide()
        self.body.addWidget(self.choices)
        self.body.addWidget(self._line)
        self.setFocusProxy(self.choices)
        self._needs: frozenset[str] = frozenset()
        self.choices.chosen.connect(self._chosen)
        self.words.returnPressed.connect(self._written)

    def set_choices(self, choices: tuple[Choice, ...], needing_words: frozenset[str]) -> None:
        """Show these choices; those of `needing_words` ask for a sentence after the second press."""
        self._needs = needing_words
        self.choices.set_choices(choices)

    def _chosen(self, key: str) -> None:
        if key not in self._needs:
            self.chosen.emit(key, "")
            return
        self._words_for = key
        self.words.clear()
        self._line.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self) -> None:
        words = self.words.text().strip()
        if words and self._words_for:
            key, self._words_for = self._words_for, ""
            self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
            self._line.hide()
            self.chosen.emit(key, words)


@dataclass(frozen=True)
class Script:
    """One script: what it is called, what is said, what it locks."""

    title: str
    line: str
    locks: str
    severity: Severity


class ScriptsPanel(Panel):
    """两套脚本的区别: both side by side, so that nobody picks the wrong one."""

    def __init__(self, scripts: tuple[Script, ...]) -> None:
        super().__init__(self.tr("两套脚本的区别"), "book-open")
        sides = QHBoxLayout()
        sides.setSpacing(16)
        icons = {"bad": "circle-x", "warn": "triangle-alert"}
        for script in scripts:
            title = label(script.title, "bold", script.severity)
            said, locks = label(f"“{script.line}”"), label(script.locks, "small", "text2")
            for words in (said, locks):
                words.setWordWrap(True)
            icon = IconLabel(icons.get(script.severity, "circle-dot"), script.severity)
            sides.addLayout(column(row(icon, title, None, spacing=6), said, locks, None, spacing=3), 1)
        self.body.addLayout(sides)
