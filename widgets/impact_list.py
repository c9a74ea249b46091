"""Who struck whom, one line an impact, where three and more parties met (interface.md 10)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from widgets.button import DeskButton
from widgets.fault_list import Option
from widgets.parts import clear, label, row


class ImpactList(QWidget):
    """`added` carries who struck and who was struck, `removed` the number of an impact, from 0."""

    added = Signal(str, str)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._parties: tuple[Option, ...] | None = None
        self._impacts: tuple[str, ...] | None = None
        self.striking, self.struck = self._box(self.tr("谁碰撞")), self._box(self.tr("碰撞了谁"))
        self.add_button = DeskButton(self.tr("添加碰撞"), "plus", height=26)
        self.add_button.clicked.connect(self._add)
        self._lines = QHBoxLayout()
        self._lines.setSpacing(4)
        self.setLayout(
            row(
                label(self.tr("碰撞次序"), "small", "text2"),
                self.striking,
                label("→", "small", "text2"),
                self.struck,
                self.add_button,
                self._lines,
                None,
            )
        )

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in reading order."""
        return (self.striking, self.struck, self.add_button)

    def set_state(self, parties: tuple[Option, ...], impacts: tuple[str, ...]) -> None:
        """Show who can have struck whom, and the impacts in their order, in words."""
        if parties != self._parties:
            self._parties = parties
            for box in (self.striking, self.struck):
                box.clear()
                for key, words in parties:
                    box.addItem(words, key)
        if impacts == self._impacts:
            return
        self._impacts = impacts
        clear(self._lines)
        for at, words in enumerate(impacts):
            remove = DeskButton(f"{at + 1} {words}", "x", kind="ghost", height=26)
            remove.set_name(self.tr("去掉 %1").replace("%1", words))
            remove.clicked.connect(lambda _checked=False, number=at: self.removed.emit(number))
            self._lines.addWidget(remove)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        return box

    def _add(self) -> None:
        first, second = self.striking.currentData(), self.struck.currentData()
        if isinstance(first, str) and isinstance(second, str) and first != second:
            self.added.emit(first, second)
