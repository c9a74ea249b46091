"""Top bar: mode, post, person, seat; lamps; date, clock (interface.md 2). 40 px high."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.chip import Chip, ChipState
from widgets.lamp import Lamp, LampState
from widgets.parts import IconLabel, label, rule


@dataclass(frozen=True)
class TopBarState:
    """training: says 「训练 · 非真实警情」 instead of 「正式」; person and seat as they are to be read."""

    training: bool
    post: str
    person: str
    seat: str
    date: str
    clock: str
    lamps: tuple[LampState, ...]


class TopBar(QWidget):
    """Who sits here and whether it works. `lamp_opened` carries the lamp's key."""

    lamp_opened = Signal(str)
    keys_asked = Signal()

    def __init__(self, state: TopBarState) -> None:
        super().__init__()
        self.setFixedHeight(theme.current().px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._mode = Chip(self._mode_chip(state), "small", bold=True)
        self._post = Chip(ChipState(state.post, "unknown", "radio-tower", outline=True), "small")
        self._person = label("", "small", "text2")
        self._date = label("", "small", "text2")
        self._clock = label("", "title")
        self._lamps: dict[str, Lamp] = {}
        self._lamp_row = QHBoxLayout()
        self._lamp_row.setSpacing(6)
        keys = DeskButton("", "keyboard", kind="ghost")
        keys.set_name(self.tr("全部按键, F1"))
        keys.clicked.connect(self.keys_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(10)
        layout.addWidget(IconLabel("headset", "accent", 20))
        layout.addWidget(label(self.tr("快处台"), "heading"))
        for widget in (self._mode, rule("v"), self._post, self._person):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(self._lamp_row)
        for last in (rule("v"), self._date, self._clock, keys):
            layout.addWidget(last)
        self.set_state(state)

    def _mode_chip(self, state: TopBarState) -> ChipState:
        if state.training:
            return ChipState(self.tr("训练 · 非真实警情"), "train")
        return ChipState(self.tr("正式"), "unknown", "shield-check", outline=True)

    def set_state(self, state: TopBarState) -> None:
        """Show another state; called every second for the clock, so only what changed is touched."""
        self._mode.set_state(self._mode_chip(state))
        self._post.set_state(ChipState(state.post, "unknown", "radio-tower", outline=True))
        self._person.setText(f"{state.person} · {state.seat}")
        self._date.setText(state.date)
        self._clock.setText(state.clock)
        self._clock.setAccessibleName(self.tr("时刻 %1").replace("%1", state.clock))
        for lamp in state.lamps:
            if lamp.key not in self._lamps:
                made = Lamp(lamp)
                made.opened.connect(self.lamp_opened)
                self._lamps[lamp.key] = made
                self._lamp_row.addWidget(made)
            self._lamps[lamp.key].set_state(lamp)

    def lamp(self, key: str) -> Lamp:
        """The lamp of a key; KeyError when there is none."""
        return self._lamps[key]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panel ground with its lower line."""
        worn = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), worn.color("panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, worn.color("line"))
        painter.end()
