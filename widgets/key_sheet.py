"""F1: every key of the desk, in the right column, not a dialog."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.keycap import KeyCap
from widgets.panel import Panel
from widgets.parts import label


@dataclass(frozen=True)
class KeyGroup:
    """Keys that act in one place: (key name, what it does)."""

    title: str
    keys: tuple[tuple[str, str], ...]


class KeySheet(Panel):
    """A readable list of keys by place; scrolls where it must."""

    def __init__(self, groups: tuple[KeyGroup, ...]) -> None:
        super().__init__(self.tr("全部按键"), "keyboard", "F1", margin=0)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        for group in groups:
            layout.addWidget(label(group.title, "caption", "text3"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(10)
            grid.setVerticalSpacing(5)
            for at, (key, act) in enumerate(group.keys):
                grid.addWidget(KeyCap(key), at, 0, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(label(act, "small"), at, 1)
            grid.setColumnStretch(1, 1)
            layout.addLayout(grid)
        layout.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        self.area.setAccessibleName(self.tr("全部按键"))
        self.body.addWidget(self.area, 1)
