"""A QR code with its link and words, for the idle screen: the party's page on a real phone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.panel import Panel
from widgets.parts import column, label, row


@dataclass(frozen=True)
class LinkCardState:
    """image: the QR code, dark on light with its quiet zone, or None; lines: plain words."""

    title: str
    link: str
    lines: tuple[str, ...]
    image: QImage | None = None


class _Code(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(164, 164)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.image is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        # Whole modules only: a smoothed QR code is harder to read for a phone.
        side = self.image.width() * max(1, self.width() // max(1, self.image.width()))
        fitted = self.image.scaled(side, side)
        painter.drawImage((self.width() - side) // 2, (self.height() - side) // 2, fitted)
        painter.end()


class LinkCard(Panel):
    """Shows the code beside the words; the link can be selected and copied."""

    def __init__(self, state: LinkCardState) -> None:
        super().__init__(state.title, "qr-code")
        self._code = _Code()
        self._link = label("", "bold", "accent")
        self._link.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._link.setWordWrap(True)
        self._lines = label("", "small", "text2")
        self._lines.setWordWrap(True)
        words = column(self._link, self._lines, None)
        inside = row(self._code, words, spacing=16)
        inside.setStretch(1, 1)
        self.body.addLayout(inside)
        self.set_state(state)

    def set_state(self, state: LinkCardState) -> None:
        """Show another link."""
        self.set_title(state.title)
        self._code.image = state.image
        self._code.setVisible(state.image is not None)
        self._code.setAccessibleName(self.tr("二维码: ") + state.link)
        self._code.update()
        self._link.setText(state.link)
        self._lines.setText("\n".join(state.lines))
