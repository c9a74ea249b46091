"""A join code for the telephone: whose it is, the number its codes go to, and the digits to read out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from widgets.button import DeskButton
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label, row


@dataclass(frozen=True)
class JoinState:
    """parties: key and name of those who may be joined, "" for a further one; code: the digits in groups;
    said: where and until when it serves; blocked: why none can be made, "" when one can.
    """

    parties: tuple[tuple[str, str], ...] = ()
    code: str = ""
    said: str = ""
    blocked: str = ""


class JoinPanel(Panel):
    """`asked` carries the party's key and the telephone number typed."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(self.tr("接入码"), "phone")
        self.party = QComboBox()
        self.party.setAccessibleName(self.tr("给哪一方"))
        self.phone = LineField(self.tr("手机号"), self.tr("手机号,收验证码用;留空用已登记的"), longest=20)
        self.make_button = DeskButton(self.tr("出接入码"), "hash", kind="primary")
        self._code = label("", "ring", "accent")
        self._said = label("", "small", "text2")
        self._said.setWordWrap(True)
        self.body.addLayout(
            row(label(self.tr("给哪一方"), "small", "text2"), self.party, self.phone, spacing=8)
        )
        self.body.addLayout(row(self._code, None, self.make_button, spacing=8))
        self.body.addWidget(self._said)
        self.make_button.clicked.connect(self._ask)
        self.phone.returnPressed.connect(self.make_button.click)

    def set_state(self, state: JoinState) -> None:
        """Show the code there is; the chosen party and what is typed stay."""
        shown = tuple((self.party.itemData(at), self.party.itemText(at)) for at in range(self.party.count()))
        if shown != state.parties:
            chosen = self.party.currentData()
            self.party.clear()
            for key, name in state.parties:
                self.party.addItem(name, key)
            self.party.setCurrentIndex(max(0, self.party.findData(chosen)))
        self._code.setText(state.code)
        self._code.setAccessibleName(self.tr("接入码: ") + state.code)
        self._said.setText(state.said)
        self.make_button.set_blocked(state.blocked)

    def _ask(self) -> None:
        self.asked.emit(str(self.party.currentData() or ""), self.phone.text().strip())
