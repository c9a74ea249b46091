"""A titled panel: icon, title, chips in the header; a 2 px ring while it or a child has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets import theme
from widgets.chip import Chip, ChipState
from widgets.keycap import KeyCap
from widgets.parts import IconLabel, clear, label, rule

HEADER = 32
"""Least height in pixels of a panel's header, its margins of 2 with it."""


class Panel(QFrame):
    """The frame round every group of the window.

    `body` takes the content. `set_chips` fills the header's right side. The ring is drawn inside the frame's
    2 px margin, so taking focus moves nothing. A headless panel (the video) has ring and name only.
    """

    def __init__(
        self, title: str, icon: str = "", key: str = "", margin: int = 8, headless: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._focused = False
        self._shown: list[Chip] = []
        self.title_label = label(title, "bold")
        self.note_label = label("", "caption", "text3")
        self.note_label.hide()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(10, 2, 8, 2)
        self.header.addStrut(HEADER - 4)
        self.header.setSpacing(8)
        if icon:
            self.header.addWidget(IconLabel(icon))
        self.header.addWidget(self.title_label)
        self.header.addStretch(1)
        self.header.addLayout(self._chips)
        self.header.addWidget(self.note_label)
        if key:
            self.header.addWidget(KeyCap(key))
        head = QWidget()
        head.setLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(margin, min(margin, 6), margin, min(margin, 6))
        self.body.setSpacing(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        if not headless:
            outer.addWidget(head)
            outer.addWidget(rule())
        outer.addLayout(self.body, 1)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def title(self) -> str:
        """The title as shown, for the status bar."""
        return self.title_label.text()

    def set_title(self, title: str) -> None:
        """Change the title, and with it the accessible name."""
        self.title_label.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """A caption at the right of the header ("截至 14:32:07"); "" hides it."""
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))

    def set_chips(self, *chips: ChipState) -> None:
        """Replace the header's chips; existing chip widgets are reused, so nothing flickers."""
        if len(self._shown) != len(chips):
            clear(self._chips)
            self._shown = [Chip(state) for state in chips]
            for chip in self._shown:
                self._chips.addWidget(chip)
            return
        for chip, state in zip(self._shown, chips, strict=True):
            chip.set_state(state)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and (now is self or self.isAncestorOf(now))
        if inside != self._focused:
            self._focused = inside
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, border and focus ring."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self._focused else 1
        painter.setPen(QPen(worn.color("focus" if self._focused else "line"), width))
        painter.setBrush(worn.color("panel"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2),
            4,
            4,
            Qt.SizeMode.AbsoluteSize,
        )
        painter.end()
