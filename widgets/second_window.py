"""What stands on the second monitor: one part of the window, whole, with the training frame round it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.hatch_frame import HatchFrame


class SecondWindow(QWidget):
    """Belongs to the window it was opened from: its keys act here too, and it ends with it.

    ``left`` when somebody closes it; whoever opened it takes the content back and deletes it.
    """

    left = Signal()

    def __init__(self, owner: QWidget, content: QWidget, *, training: bool) -> None:
        super().__init__(owner, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(owner.windowTitle())
        around = QWidget()
        inside = QVBoxLayout(around)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(HatchFrame(training, around))
        content.show()

    def open_on(self, room: QRect) -> None:
        """Fill this room of the screen."""
        self.setGeometry(room)
        self.show()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The content goes home first."""
        event.ignore()
        self.left.emit()
