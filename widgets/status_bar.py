"""Status bar: which panel has focus, its keys, save state. 28 px high: keys are learned by seeing them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets import theme
from widgets.keycap import KeyCap
from widgets.parts import IconLabel, clear, label
from widgets.theme import SEVERITY_ICON, Severity


@dataclass(frozen=True)
class SaveState:
    """One literally true word on what is stored where ("本机已存 14:32:07")."""

    text: str
    severity: Severity = "ok"
    icon: str = ""


@dataclass(frozen=True)
class StatusBarState:
    """keys: (key name, what it does) of the focused panel."""

    panel: str
    keys: tuple[tuple[str, str], ...]
    saves: tuple[SaveState, ...] = ()


class StatusBar(QWidget):
    """The window's last row."""

    def __init__(self, state: StatusBarState) -> None:
        super().__init__()
        self.setFixedHeight(theme.current().px(28))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._panel = label("", "caption", "text3")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(6)
        self._saves = QHBoxLayout()
        self._saves.setSpacing(6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(self._panel)
        layout.addLayout(self._keys)
        layout.addStretch(1)
        layout.addLayout(self._saves)
        self._shown: StatusBarState | None = None
        self.set_state(state)

    def set_state(self, state: StatusBarState) -> None:
        """Show another panel's keys or another save state."""
        before, self._shown = self._shown, state
        self._panel.setText(self.tr("焦点:") + state.panel)
        if before is None or before.keys != state.keys:
            clear(self._keys)
            for key, act in state.keys:
                self._keys.addWidget(KeyCap(key))
                self._keys.addWidget(label(act, "caption", "text2"))
                self._keys.addSpacing(6)
        if before is None or before.saves != state.saves:
            clear(self._saves)
            for save in state.saves:
                quiet = save.severity in {"none", "unknown"}
                token = "text2" if quiet else save.severity
                self._saves.addWidget(IconLabel(save.icon or SEVERITY_ICON[save.severity], token, 14))
                self._saves.addWidget(label(save.text, "caption", save.severity))
                self._saves.addSpacing(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panel ground with its upper line."""
        worn = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), worn.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, worn.color("line"))
        painter.end()
