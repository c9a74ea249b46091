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
    settings_asked = Signal()

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
        self._compact = False
        self._state = state
        self._all_well = Lamp(self._folded(state.lamps))
        self._all_well.opened.connect(self._unfold)
        self._unfolded = False
        self._lamp_row = QHBoxLayout()
        self._lamp_row.setSpacing(6)
        self._lamp_row.addWidget(self._all_well)
        keys = DeskButton("", "keyboard", kind="ghost")
        keys.set_name(self.tr("全部按键, F1"))
        keys.clicked.connect(self.keys_asked)
        settings = DeskButton("", "settings", kind="ghost")
        settings.set_name(self.tr("显示设置"))
        settings.clicked.connect(self.settings_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(10)
        layout.addWidget(IconLabel("headset", "accent", 20))
        layout.addWidget(label(self.tr("快处台"), "heading"))
        for widget in (self._mode, rule("v"), self._post, self._person):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(self._lamp_row)
        for last in (rule("v"), self._date, self._clock, keys, settings):
            layout.addWidget(last)
        self.set_state(state)

    def set_compact(self, compact: bool) -> None:
        """Fold the lamps that are well into one that names their number; a faulty one is always named."""
        self._compact = compact
        self.set_state(self._state)

    def _unfold(self, _key: str) -> None:
        self._unfolded = not self._unfolded
        self.set_state(self._state)

    def _folded(self, lamps: tuple[LampState, ...]) -> LampState:
        well = [lamp for lamp in lamps if lamp.health == "ok"]
        names = "、".join(lamp.word for lamp in well[:2])
        line = "\n".join(f"{lamp.word}: {lamp.line}" for lamp in well)
        count = self.tr("等 %1 项正常").replace("%1", str(len(well)))
        return LampState("well", names, count, "ok", "circle-check", line)

    def _mode_chip(self, state: TopBarState) -> ChipState:
        if state.training:
            return ChipState(self.tr("训练 · 非真实警情"), "train")
        return ChipState(self.tr("正式"), "unknown", "shield-check", outline=True)

    def set_state(self, state: TopBarState) -> None:
        """Show another state; called every second for the clock, so only what changed is touched."""
        self._state = state
        self._mode.set_state(self._mode_chip(state))
        self._post.set_state(ChipState(state.post, "unknown", "radio-tower", outline=True))
        self._person.setText(f"{state.person} · {state.seat}")
        self._date.setText(state.date)
        self._date.setVisible(not self._compact)
        self._clock.setText(state.clock)
        self._clock.setAccessibleName(self.tr("时刻 %1").replace("%1", state.clock))
        for lamp in state.lamps:
            if lamp.key not in self._lamps:
                made = Lamp(lamp)
                made.opened.connect(self.lamp_opened)
                self._lamps[lamp.key] = made
                self._lamp_row.addWidget(made)
            self._lamps[lamp.key].set_state(lamp)
            self._lamps[lamp.key].setVisible(self._unfolded or not self._compact or lamp.health != "ok")
        self._all_well.set_state(self._folded(state.lamps))
        self._all_well.setVisible(self._compact and any(lamp.health == "ok" for lamp in state.lamps))

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
