"""Sign-in: account, password, seat; what went wrong is said below the fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from widgets.banner import Banner, BannerState
from widgets.button import DeskButton
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label


class SignInPage(QWidget):
    """`offered` carries account, password and seat. The password leaves the field as it is offered."""

    offered = Signal(str, str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("快处台 · 登录"))
        self.account = LineField(self.tr("账号"), longest=64)
        self.password = LineField(self.tr("口令"), longest=256)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.seat = LineField(self.tr("席位号"), longest=8)
        self._line = Banner(BannerState(""))
        self._line.hide()
        self._button = DeskButton(self.tr("登录"), "log-out", "Enter", kind="primary")
        self._button.clicked.connect(self._offer)
        grid = QGridLayout()
        for at, (words, field) in enumerate(
            (
                (self.tr("账号"), self.account),
                (self.tr("口令"), self.password),
                (self.tr("席位号"), self.seat),
            )
        ):
            grid.addWidget(label(words), at, 0)
            grid.addWidget(field, at, 1)
            field.returnPressed.connect(self._offer)
        panel = Panel(self.tr("登录快处台"), "headset")
        panel.body.addLayout(grid)
        panel.body.addWidget(self._line)
        panel.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.addWidget(panel)
        self.setMinimumWidth(420)

    def say(self, words: str) -> None:
        """Say why it did not work; the account stays, the password is typed again."""
        self._line.set_state(BannerState(words, severity="warn"))
        self._line.show()
        self._button.set_blocked("")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nobody signs in."""
        self.closed.emit()
        super().closeEvent(event)

    def _offer(self) -> None:
        account, password, seat = self.account.text().strip(), self.password.text(), self.seat.text().strip()
        if account and password and seat:
            self.password.clear()
            self._button.set_blocked(self.tr("正在登录"))
            self.offered.emit(account, password, seat)
        else:
            self.say(self.tr("请填账号、口令和席位号。"))
