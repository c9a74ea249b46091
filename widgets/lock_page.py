"""A locked desk: what was there is covered, and the password of whoever works here brings it back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from widgets import theme
from widgets.banner import Banner, BannerState
from widgets.button import DeskButton
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label


@dataclass(frozen=True)
class LockState:
    """Who locked it, since when, what waits, and what goes on meanwhile (empty outside a call)."""

    person: str
    since: str
    waiting: str
    goes_on: str = ""


class LockPage(QWidget):
    """`offered` carries the password, which leaves the field as it is offered."""

    offered = Signal(str)

    def __init__(self, state: LockState) -> None:
        super().__init__()
        self.password = LineField(self.tr("口令"), longest=256)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._offer)
        self._person, self._since = label("", "title"), label("", "small", "text2")
        self._waiting = label("", "body")
        self._goes_on = Banner(BannerState("", severity="info", icon="phone"))
        self._line = Banner(BannerState(""))
        self._line.hide()
        self._button = DeskButton(self.tr("解锁"), "lock-open", "Enter", kind="primary")
        self._button.clicked.connect(self._offer)
        grid = QGridLayout()
        grid.addWidget(label(self.tr("口令")), 0, 0)
        grid.addWidget(self.password, 0, 1)
        panel = Panel(self.tr("已锁屏"), "lock")
        panel.setFixedWidth(theme.current().px(520))
        for part in (self._person, self._since, self._waiting, self._goes_on):
            panel.body.addWidget(part)
        panel.body.addLayout(grid)
        panel.body.addWidget(self._line)
        panel.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.set_state(state)

    def set_state(self, state: LockState) -> None:
        """Count on; what is typed stays."""
        self._person.setText(state.person)
        self._since.setText(state.since)
        self._waiting.setText(state.waiting)
        self._goes_on.set_state(BannerState(state.goes_on, severity="info", icon="phone"))
        self._goes_on.setVisible(bool(state.goes_on))

    def say(self, words: str) -> None:
        """Say why it stays locked; the password is typed again."""
        self._line.set_state(BannerState(words, severity="warn"))
        self._line.show()
        self._button.set_blocked("")

    def _offer(self) -> None:
        password = self.password.text()
        if password:
            self.password.clear()
            self._button.set_blocked(self.tr("正在核对"))
            self.offered.emit(password)
