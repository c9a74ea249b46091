"""Sign-in: account, password, seat; what went wrong is said below the fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from widgets import theme
from widgets.banner import Banner, BannerState
from widgets.button import DeskButton
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label


class SignInPage(QWidget):
    """`offered` carries account, password, seat and code; the code is empty until it was asked for.

    Password and code leave their fields as they are offered.
    """

    offered = Signal(str, str, str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("快处台 · 登录"))
        self.account = LineField(self.tr("账号"), longest=64)
        self.password = LineField(self.tr("口令"), longest=256)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.seat = LineField(self.tr("席位号"), longest=8)
        self.code = LineField(self.tr("动态码"), longest=6)
        self._code_label = label(self.tr("动态码"))
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
        grid.addWidget(self._code_label, 3, 0)
        grid.addWidget(self.code, 3, 1)
        self.code.returnPressed.connect(self._offer)
        for part in (self._code_label, self.code):
            part.hide()
        panel = Panel(self.tr("登录快处台"), "headset")
        panel.body.addLayout(grid)
        panel.body.addWidget(self._line)
        panel.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.addWidget(panel)
        self.setMinimumWidth(420)
        theme.dress(self)

    def say(self, words: str) -> None:
        """Say why it did not work; the account stays, the password is typed again."""
        self._line.set_state(BannerState(words, severity="warn"))
        self._line.show()
        self._button.set_blocked("")

    def ask_for_code(self) -> None:
        """Show the field of the second factor; the password is typed again with it."""
        for part in (self._code_label, self.code):
            part.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nobody signs in."""
        self.closed.emit()
        super().closeEvent(event)

    def _offer(self) -> None:
        account, password, seat = self.account.text().strip(), self.password.text(), self.seat.text().strip()
        if account and password and seat:
            code = self.code.text().strip()
            self.password.clear()
            self.code.clear()
            self._button.set_blocked(self.tr("正在登录"))
            self.offered.emit(account, password, seat, code)
        else:
            self.say(self.tr("请填账号、口令和席位号。"))
