"""A new password: asked for before anything else when it is the first, or too old."""

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


class NewPassword(QWidget):
    """`offered` carries the password so far and the new one. Both leave the fields as they are offered."""

    offered = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("快处台 · 修改口令"))
        self.current = LineField(self.tr("现在的口令"), longest=256)
        self.fresh = LineField(self.tr("新口令"), longest=256)
        self.again = LineField(self.tr("再写一次"), longest=256)
        self._line = Banner(BannerState(self.tr("首次登录或口令满 90 天,须先修改口令。"), severity="info"))
        self._button = DeskButton(self.tr("修改口令"), "key-round", "Enter", kind="primary")
        self._button.clicked.connect(self._offer)
        grid = QGridLayout()
        for at, (words, field) in enumerate(
            (
                (self.tr("现在的口令"), self.current),
                (self.tr("新口令"), self.fresh),
                (self.tr("再写一次"), self.again),
            )
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.returnPressed.connect(self._offer)
            grid.addWidget(label(words), at, 0)
            grid.addWidget(field, at, 1)
        panel = Panel(self.tr("修改口令"), "key-round")
        rule = self.tr("至少 12 位,大小写字母、数字、符号中至少三种,不含姓名和账号。")
        panel.body.addWidget(self._line)
        panel.body.addLayout(grid)
        panel.body.addWidget(label(rule, "caption"))
        panel.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.addWidget(panel)
        self.setMinimumWidth(480)
        theme.dress(self)

    def say(self, words: str) -> None:
        """Say why it did not work; all is typed again."""
        self._line.set_state(BannerState(words, severity="warn"))
        self._button.set_blocked("")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nothing was changed."""
        self.closed.emit()
        super().closeEvent(event)

    def _offer(self) -> None:
        current, fresh, again = self.current.text(), self.fresh.text(), self.again.text()
        if not (current and fresh):
            self.say(self.tr("请填现在的口令和新口令。"))
        elif fresh != again:
            self.say(self.tr("两次写的新口令不一样,请再写一次。"))
        else:
            for field in (self.current, self.fresh, self.again):
                field.clear()
            self._button.set_blocked(self.tr("正在修改"))
            self.offered.emit(current, fresh)
