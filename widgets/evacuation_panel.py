"""Evacuation notice in one line: where to drive, and what is missing or said; F9 twice (interface.md 5)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from widgets.chip import Chip, ChipState
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import IconLabel, label, row
from widgets.press_twice import PressTwiceButton

NAMED = 3
"""So many missing things are named, the next ones first; the strip shows them all."""


@dataclass(frozen=True)
class EvacuationState:
    """text: as the phone will show it; missing: in words; locked: the reason in law, or "".

    gloss: the text in the reader's language where that is not the text's, else "".
    sent: what the service and the phone said about the notice ("已推送 14:35:02, 对方未确认"), "" before.
    """

    text: str
    destination: str
    missing: tuple[str, ...] = ()
    locked: str = ""
    sent: ChipState | None = None
    gloss: str = ""


class EvacuationPanel(Panel):
    """`destination_edited` per keystroke; `confirmed` after the second press within 3 s."""

    destination_edited = Signal(str)
    confirmed = Signal()

    def __init__(self, state: EvacuationState) -> None:
        super().__init__(self.tr("撤离"), headless=True, margin=6)
        self._text = label("", "caption", "text2")
        self._text.setWordWrap(True)
        self.destination = LineField(self.tr("驶往地点"), self.tr("驶往地点"))
        self.destination.textEdited.connect(self.destination_edited)
        self._missing = label("", "caption", "warn")
        self._missing.setWordWrap(True)
        self.button = PressTwiceButton(self.tr("推送撤离"), "route", "F9", confirm_kind="go")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.set_own_key(self._own)
        self.button.confirmed.connect(self.confirmed)
        self._sent = Chip(ChipState(""))
        self.body.setSpacing(3)
        self.body.addLayout(row(IconLabel("route"), self.destination, self.button))
        self.body.addWidget(self._sent)
        self.body.addWidget(self._text)
        self.body.addWidget(self._missing)
        self.set_state(state)

    def _own(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F9

    def set_state(self, state: EvacuationState) -> None:
        """Show another state. Locked: said instead of the text. Incomplete: the strip names what is missing,
        and the text comes with the last picture; nothing goes out before.
        """
        self._text.setText(f"{state.text}\n{state.gloss}".strip())
        self.destination.show_value(state.destination)
        named = "、".join(state.missing[:NAMED])
        if len(state.missing) > NAMED:
            named += self.tr(" 等 %1 项").replace("%1", str(len(state.missing)))
        lacking = self.tr("还差:") + named if named else ""
        self._missing.setText(state.locked)
        self._missing.setVisible(bool(state.locked))
        self._text.setVisible(not state.locked and not lacking and state.sent is None)
        self.button.setToolTip(lacking)
        self.button.setAccessibleDescription(lacking)
        blocked = self.tr("已锁定") if state.locked else self.tr("证据未齐")
        self.button.set_blocked(blocked if state.locked or state.missing else "")
        self._sent.setVisible(state.sent is not None)
        if state.sent is not None:
            self._sent.set_state(state.sent)

    def press(self) -> None:
        """F9: arms, then confirms."""
        self.button.press()
