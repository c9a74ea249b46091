"""My state: ready or break, and my own counts; nobody is ranked (interface.md 11, picture 01)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from widgets.banner import Banner, BannerState
from widgets.button import DeskButton
from widgets.chip import Chip, ChipState
from widgets.panel import Panel
from widgets.parts import clear, column, label, row


@dataclass(frozen=True)
class MyStateState:
    """state: word and time ("就绪 3:12"); toggle: words of the F3 button; counts: (figure, what)."""

    state: ChipState
    toggle: str
    toggle_icon: str
    counts: tuple[tuple[str, str], ...]
    note: str = ""


class MyState(Panel):
    """`toggle` asks for 就绪 ⇄ 小休 (F3)."""

    toggle = Signal()

    def __init__(self, state: MyStateState) -> None:
        super().__init__(self.tr("我的状态"), "user-round")
        self._state = Chip(state.state, "body", bold=True)
        self._toggle = DeskButton(state.toggle, state.toggle_icon, "F3")
        self._toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._toggle.clicked.connect(self.toggle)
        self._counts = QHBoxLayout()
        self._note = Banner(BannerState("", severity="none", icon="heart-handshake"))
        self._shown_counts: tuple[tuple[str, str], ...] = ()
        self.body.addLayout(row(self._state, None, self._toggle))
        self.body.addLayout(self._counts)
        self.body.addWidget(self._note)
        self.set_state(state)

    def set_state(self, state: MyStateState) -> None:
        """Show another state or other counts."""
        self._state.set_state(state.state)
        self._toggle.set_face(state.toggle, state.toggle_icon)
        self._note.setVisible(bool(state.note))
        self._note.set_state(BannerState("", state.note, "none", "heart-handshake"))
        if state.counts == self._shown_counts:
            return
        self._shown_counts = state.counts
        clear(self._counts)
        for figure, what in state.counts:
            cell = column(label(figure, "title"), label(what, "caption", "text3"), spacing=0)
            self._counts.addLayout(cell, 1)
