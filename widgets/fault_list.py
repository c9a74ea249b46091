"""Faults of one party, each a code with its article: add from a list, remove one by one (interface.md 10)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.parts import clear, column, label, row

Option = tuple[str, str]


class FaultList(QWidget):
    """`added` and `removed` carry the fault's code; the state decides what is shown."""

    added = Signal(str)
    removed = Signal(str)
    kind_chosen = Signal(str)

    def __init__(self, party: str, words: str) -> None:
        super().__init__()
        self._party = party
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._faults: tuple[Option, ...] | None = None
        self._options: tuple[Option, ...] = ()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("%1 的过错").replace("%1", words))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self.add_button = DeskButton(self.tr("添加"), "plus", height=26)
        self.add_button.set_name(self.tr("为 %1 添加过错").replace("%1", words))
        self.add_button.clicked.connect(self._add_chosen)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("%1 的身份").replace("%1", words))
        self.kind.activated.connect(lambda _at: self.kind_chosen.emit(self.kind.currentData()))
        head = row(label(words, "bold"), self.kind, None, self.add_button)
        self.setLayout(column(head, self._lines, self.choice, spacing=4))

    def set_kind(self, kinds: tuple[Option, ...], chosen: str) -> None:
        """Show what this party can have been, and what it was."""
        if self.kind.count() != len(kinds):
            self.kind.clear()
            for key, words in kinds:
                self.kind.addItem(words, key)
        self.kind.setCurrentIndex(self.kind.findData(chosen))

    def set_state(self, faults: tuple[Option, ...], options: tuple[Option, ...]) -> None:
        """Show this party's (code, words) faults and the codes that can be added."""
        if options != self._options:
            self._options = options
            self.choice.clear()
            for code, words in options:
                self.choice.addItem(words, code)
            self.choice.setEnabled(bool(options))
            self.add_button.setEnabled(bool(options))
        if faults == self._faults:
            return
        self._faults = faults
        clear(self._lines)
        for code, words in faults:
            line = QWidget()
            remove = DeskButton("", "x", kind="ghost", height=26)
            remove.set_name(self.tr("去掉 %1").replace("%1", words))
            remove.clicked.connect(lambda _checked=False, fault=code: self.removed.emit(fault))
            text = label(words, "small")
            text.setWordWrap(True)
            inside = row(text, remove)
            inside.setStretch(0, 1)
            line.setLayout(inside)
            self._lines.addWidget(line)
        if not faults:
            self._lines.addWidget(label(self.tr("无过错"), "small", "text3"))

    def _add_chosen(self) -> None:
        code = self.choice.currentData()
        if isinstance(code, str):
            self.added.emit(code)
