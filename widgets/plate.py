"""Number plate label; the plate's colour is also written beside it (interface.md 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme
from widgets.parts import tr

PlateColour = Literal["blue", "green", "yellow", "yellow_green", "white", "black"]
_TOKENS: dict[str, tuple[str, str]] = {
    "blue": ("plate_blue", "plate_blue_text"),
    "green": ("plate_green", "plate_green_text"),
    "yellow": ("plate_yellow", "plate_yellow_text"),
    "yellow_green": ("plate_yellow", "plate_yellow_text"),
    "white": ("plate_white", "plate_white_text"),
    "black": ("plate_black", "plate_black_text"),
}


@dataclass(frozen=True)
class PlateState:
    """text as on the plate, with its dot or without, "" when not known; colour of the plate."""

    text: str
    colour: PlateColour = "blue"


def colour_word(colour: PlateColour) -> str:
    """The word for a plate colour, always written beside the plate."""
    return {
        "blue": tr("蓝"),
        "green": tr("绿"),
        "yellow": tr("黄"),
        "yellow_green": tr("黄绿"),
        "white": tr("白"),
        "black": tr("黑"),
    }[colour]


class PlateLabel(QWidget):
    """A drawn plate followed by the colour word; never shortened."""

    def __init__(self, state: PlateState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def set_state(self, state: PlateState) -> None:
        """Show another plate."""
        self._state = state
        self.setAccessibleName(
            tr("号牌 %1, %2色").replace("%1", state.text).replace("%2", colour_word(state.colour))
            if state.text
            else tr("号牌未知")
        )
        self.updateGeometry()
        self.update()

    @property
    def written(self) -> str:
        """The plate with its separating dot, or the word for an unknown one."""
        text = self._state.text.replace("·", "")
        return f"{text[:2]}·{text[2:]}" if len(text) > 3 else (text or tr("未取得"))

    def _box_width(self) -> float:
        return QFontMetricsF(theme.current().font("heading")).horizontalAdvance(self.written) + 16

    def sizeHint(self) -> QSize:
        """Plate and colour word."""
        worn = theme.current()
        word = QFontMetricsF(worn.font("small")).horizontalAdvance(colour_word(self._state.colour)) + 8
        return QSize(round(self._box_width() + (word if self._state.text else 0)) + 2, worn.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, self._box_width(), self.height())
        known = bool(self._state.text)
        ground, ink = _TOKENS[self._state.colour]
        if known:
            painter.setPen(QPen(worn.color("edge"), 1))
            painter.setBrush(worn.color(ground))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(QPen(worn.color(ink), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 2, 2)
        else:
            painter.setPen(QPen(worn.color("edge"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(worn.color("text3"))
        painter.setFont(worn.font("heading"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.written)
        if known:
            painter.setFont(worn.font("small"))
            painter.setPen(worn.color("text2"))
            painter.drawText(
                QRectF(box.right() + 7, 0, 60, self.height()),
                Qt.AlignmentFlag.AlignVCenter,
                colour_word(self._state.colour),
            )
        painter.end()
