"""Status bar: which panel has focus, its keys, save state. 28 px high: keys are learned by seeing them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets import theme
from widgets.keycap import KeyCap
from widgets.parts import IconLabel, clear, label, row
from widgets.theme import SEVERITY_ICON, Severity

MARGIN, GAP = 12, 12
"""Pixels at the ends of the row and between its parts."""


@dataclass(frozen=True)
class SaveState:
    """One literally true word on what is stored where ("本机已存 14:32:07")."""

    text: str
    severity: Severity = "ok"
    icon: str = ""


@dataclass(frozen=True)
class StatusBarState:
    """keys: (key name, what it does) of the focused panel; scope: its name among those of keys."""

    panel: str
    keys: tuple[tuple[str, str], ...]
    saves: tuple[SaveState, ...] = ()
    scope: str = ""


class StatusBar(QWidget):
    """The window's last row. Of the keys as many are named as stand there whole; F1 lists them all."""

    def __init__(self, state: StatusBarState) -> None:
        super().__init__()
        self.setFixedHeight(theme.current().px(28))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._panel = label("", "caption", "text3")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(GAP)
        self._saves = QHBoxLayout()
        self._saves.setSpacing(6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._panel)
        layout.addLayout(self._keys)
        layout.addStretch(1)
        layout.addLayout(self._saves)
        self._hints: list[QWidget] = []
        self._shown: StatusBarState | None = None
        self.set_state(state)

    def set_state(self, state: StatusBarState) -> None:
        """Show another panel's keys or another save state."""
        before, self._shown = self._shown, state
        self._panel.setText(self.tr("焦点:") + state.panel)
        if before is None or before.keys != state.keys:
            clear(self._keys)
            self._hints = [_hint(key, act, state.scope) for key, act in state.keys]
            for hint in self._hints:
                self._keys.addWidget(hint)
        if before is None or before.saves != state.saves:
            clear(self._saves)
            for save in state.saves:
                quiet = save.severity in {"none", "unknown"}
                token = "text2" if quiet else save.severity
                icon = IconLabel(save.icon or SEVERITY_ICON[save.severity], token, 14)
                words = label(save.text, "caption", save.severity)
                for part in (icon, words):
                    self._saves.addWidget(part)
                    part.show()  # counts at once, not with the next turn of the loop
                self._saves.addSpacing(6)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as many keys as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = self._panel.sizeHint().width() + self._saves.sizeHint().width()
        room = self.width() - taken - 2 * MARGIN - 3 * GAP
        for hint in self._hints:
            room -= hint.sizeHint().width() + GAP
            hint.setVisible(room >= 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panel ground with its upper line."""
        worn = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), worn.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, worn.color("line"))
        painter.end()


def _hint(key: str, act: str, scope: str) -> QWidget:
    """One key and what it does."""
    hint = QWidget()
    inside = row(KeyCap(key, scope), label(act, "caption", "text2"), spacing=6)
    inside.setContentsMargins(0, 0, 0, 0)
    hint.setLayout(inside)
    return hint
