"""Who rules: the officer stands back or is asked to, or takes the case out of the simple procedure with a
second officer.

Sources: 公安部令第146号 Arts. 27 and 105. All take a reason and two presses.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from widgets.fields import LineField
from widgets.flow import Beside
from widgets.parts import column, label, row
from widgets.press_twice import PressTwiceButton

IN_LINE = 440
"""Width in pixels from which the number of who is asked to stand back has room beside the buttons."""


AROUND = 24
"""Pixels of a field that its text does not have."""


@dataclass(frozen=True)
class OfficerState:
    """told: what was declared already, in words; blocked: why the officer can do nothing now, "" when free;
    ask_blocked: why what a party asks cannot be taken down now;
    parties: key and name of everybody who may ask an officer to stand back; in_charge: whom they ask where no
    police number is written.
    """

    told: str = ""
    blocked: str = ""
    ask_blocked: str = ""
    parties: tuple[tuple[str, str], ...] = ()
    in_charge: str = ""


class OfficerPanel(QWidget):
    """`stood_back` carries the reason; `asked` the party's key, the number of the officer who is asked to
    stand back (empty: who has the case) and the reason; `converted` the second officer's number and the
    reason.
    """

    stood_back = Signal(str)
    asked = Signal(str, str, str)
    converted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = LineField(self.tr("回避或转办的理由"), self.tr("关系,或转办理由"))
        self.second = LineField(self.tr("第二名民警警号"), self.tr("第二名民警警号"), longest=20)
        self.back_button = PressTwiceButton(self.tr("本人回避"), "undo-2", "")
        self.party = QComboBox()
        self.party.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.party.setMinimumContentsLength(1)
        self.party.setAccessibleName(self.tr("哪一方申请回避"))
        self.whom = LineField(self.tr("被申请回避的民警警号"), "", longest=20)
        self.ask_button = PressTwiceButton(self.tr("当事人申请回避"), "hand", "")
        self.convert_button = PressTwiceButton(self.tr("转一般程序"), "users", "")
        self.back_button.confirmed.connect(lambda: self.stood_back.emit(self.reason.text().strip()))
        self.ask_button.confirmed.connect(
            lambda: self.asked.emit(
                str(self.party.currentData()), self.whom.text().strip(), self.reason.text().strip()
            )
        )
        self.convert_button.confirmed.connect(
            lambda: self.converted.emit(self.second.text().strip(), self.reason.text().strip())
        )
        self._told = label("", "caption", "warn")
        self._told.setWordWrap(True)
        self._blocked = self._ask_blocked = ""
        for field in (self.reason, self.second):
            field.textChanged.connect(self._allow)
        inside = column(
            row(label(self.tr("回避与转办"), "caption", "text3"), self.party, self.reason),
            Beside(_line(self.back_button, self.ask_button, None), self.whom, shares=(0, 1), enough=IN_LINE),
            row(self.convert_button, self.second),
            self._told,
            spacing=4,
        )
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.set_state(OfficerState())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in reading order."""
        return (
            self.party,
            self.reason,
            self.back_button,
            self.ask_button,
            self.whom,
            self.convert_button,
            self.second,
        )

    def clear(self) -> None:
        """Take away what was written; the service has it."""
        self.reason.clear()
        self.whom.clear()
        self.second.clear()

    def set_state(self, state: OfficerState) -> None:
        """Show what was declared, and whether anything can be."""
        self._told.setText(state.told)
        self._told.setVisible(bool(state.told))
        self._blocked, self._ask_blocked = state.blocked, state.ask_blocked
        meant = self.tr("不填为承办 %1").replace("%1", state.in_charge)
        self.whom.setAccessibleName(
            f"{self.tr('被申请回避的民警警号')}, {meant if state.in_charge else self.tr('不填为本人')}"
        )
        self.whom.setPlaceholderText(
            self.tr("警号,空为承办") if state.in_charge else self.tr("警号,空为本人")
        )
        needs = self.whom.fontMetrics().horizontalAdvance(self.whom.placeholderText())
        self.whom.setMinimumWidth(needs + AROUND)
        shown = tuple((self.party.itemData(at), self.party.itemText(at)) for at in range(self.party.count()))
        if shown != state.parties:
            self.party.clear()
            for key, name in state.parties:
                self.party.addItem(name, key)
        self._allow()

    def _allow(self) -> None:
        reason = "" if self.reason.text().strip() else self.tr("先写理由")
        second = "" if self.second.text().strip() else self.tr("先写第二名民警警号")
        self.back_button.set_blocked(self._blocked or reason, said=True)
        self.ask_button.set_blocked(self._ask_blocked or reason, said=True)
        self.convert_button.set_blocked(self._blocked or reason or second, said=True)


def _line(*parts: QWidget | None) -> QWidget:
    """Parts of one line in a widget of their own; None is a stretch."""
    inside = row(*parts)
    inside.setContentsMargins(0, 0, 0, 0)
    held = QWidget()
    held.setLayout(inside)
    return held
