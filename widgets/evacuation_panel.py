"""Evacuation notice: what will be pushed, where to drive, what is missing; F9 twice (interface.md 5)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from widgets.chip import ChipState
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label, row
from widgets.press_twice import PressTwiceButton


@dataclass(frozen=True)
class EvacuationState:
    """text: as the phone will show it; missing: in words; locked: the reason in law, or "".

    sent: what the service and the phone said about the notice ("已推送 14:35:02, 对方未确认"), "" before.
    """

    text: str
    destination: str
    missing: tuple[str, ...] = ()
    locked: str = ""
    sent: ChipState | None = None


class EvacuationPanel(Panel):
    """`destination_edited` per keystroke; `confirmed` after the second press within 3 s."""

    destination_edited = Signal(str)
    confirmed = Signal()

    def __init__(self, state: EvacuationState) -> None:
        super().__init__(self.tr("撤离"), "route", "F9")
        self._text = label()
        self._text.setWordWrap(True)
        self.destination = LineField(self.tr("驶往地点"), self.tr("驶往地点"))
        self.destination.textEdited.connect(self.destination_edited)
        self._missing = label("", "caption", "warn")
        self._missing.setWordWrap(True)
        self.button = PressTwiceButton(self.tr("推送撤离"), "route", "F9", confirm_kind="go")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.set_own_key(self._own)
        self.button.confirmed.connect(self.confirmed)
        self.body.addWidget(self._text)
        self.body.addLayout(row(label(self.tr("驶往"), "small", "text2"), self.destination, self.button))
        self.body.addWidget(self._missing)
        self.set_state(state)

    def _own(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F9

    def set_state(self, state: EvacuationState) -> None:
        """Show another state. Locked or incomplete: said instead of the text; nothing goes out."""
        self._text.setText(state.text)
        self.destination.show_value(state.destination)
        lines = ([state.locked] if state.locked else []) + [
            self.tr("还差:") + "、".join(state.missing) if state.missing else ""
        ]
        said = "\n".join(line for line in lines if line)
        self._missing.setText(said)
        self._missing.setVisible(bool(said))
        self._text.setVisible(not said)
        blocked = self.tr("已锁定") if state.locked else self.tr("证据未齐")
        self.button.set_blocked(blocked if state.locked or state.missing else "")
        self.set_chips(*((state.sent,) if state.sent else ()))

    def press(self) -> None:
        """F9: arms, then confirms."""
        self.button.press()
