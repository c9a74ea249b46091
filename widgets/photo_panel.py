"""Photos and words instead of the picture: what is asked for, what came, a line to write (interface.md 6)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from widgets.button import DeskButton
from widgets.chip import ChipState
from widgets.fields import LineField
from widgets.panel import Panel
from widgets.parts import label, row

LEAST_HEIGHT = 230


class PhotoPanel(Panel):
    """`asked` carries the line to send with the request for a photo, empty for the script's own."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("照片 + 文字"), "camera", "Ctrl+L")
        self._wanted = label("", "bold")
        self._wanted.setWordWrap(True)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setAccessibleName(self.tr("来往文字"))
        self.field = LineField(self.tr("写给对方的话"), self.tr("写给对方的话;留空发本槽位的话术"))
        self.ask_button = DeskButton(self.tr("请对方拍"), "send-horizontal", "Enter", kind="primary")
        self.field.returnPressed.connect(self.ask_button.click)
        self.ask_button.clicked.connect(self._ask)
        self.body.addWidget(self._wanted)
        self.body.addWidget(self.log, 1)
        self.body.addLayout(row(self.field, self.ask_button, spacing=6))
        self.setMinimumHeight(LEAST_HEIGHT)

    def set_state(self, wanted: str, lines: tuple[str, ...], chip: ChipState) -> None:
        """Show what the next request would be for and what was written, the newest line in sight."""
        self._wanted.setText(wanted)
        self.set_chips(chip)
        text = "\n".join(lines)
        if text != self.log.toPlainText():
            self.log.setPlainText(text)
            self.log.verticalScrollBar().setValue(self.log.verticalScrollBar().maximum())

    def sent(self) -> None:
        """The line is on its way: another one can be written."""
        self.field.clear()

    def _ask(self) -> None:
        self.asked.emit(self.field.text().strip())
