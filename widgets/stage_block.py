"""One block of the stage clock: state icon, name, value, target (interface.md 11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import icons, theme
from widgets.paint import text
from widgets.parts import tr

StageMark = Literal["done", "now", "over", "todo"]
_LOOK: dict[str, tuple[str, str]] = {
    "done": ("check", "ok"),
    "now": ("circle-dot", "accent"),
    "over": ("clock-alert", "warn"),
    "todo": ("circle", "text3"),
}


@dataclass(frozen=True)
class StageState:
    """mark: over = its target passed (warn border, no red, no sound); value: "0:21" or a word.

    running: this is the stage that is under way.
    """

    key: str
    name: str
    value: str
    target: str
    mark: StageMark = "todo"
    running: bool = False


class StageBlock(QWidget):
    """A stage of the clock; its bar at the left differs by width as well as by colour."""

    def __init__(self, state: StageState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_state(state)

    def set_state(self, state: StageState) -> None:
        """Show another value or mark."""
        self._state = state
        word = {"done": tr("已完成"), "now": tr("进行中"), "over": tr("超目标"), "todo": tr("未开始")}[
            state.mark
        ]
        self.setAccessibleName(f"{state.name}, {word}, {state.value}, {state.target}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longer of both lines."""
        worn = theme.current()
        head = QFontMetricsF(worn.font("body", True)).horizontalAdvance(
            f"{self._state.name} {self._state.value}"
        )
        foot = QFontMetricsF(worn.font("caption")).horizontalAdvance(self._state.target)
        return QSize(round(max(head + worn.px(18), foot) + 26), worn.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar, icon, name, value, target."""
        worn = theme.current()
        painter = QPainter(self)
        icon, token = _LOOK[self._state.mark]
        lively = self._state.mark in {"now", "over"}
        box = QRectF(self.rect())
        if self._state.mark == "now":
            painter.fillRect(box, worn.color("selected"))
        elif self._state.mark == "over":
            painter.fillRect(box, worn.color("warn_bg"))
        edge = "line" if self._state.mark == "todo" else token
        painter.fillRect(QRectF(0, 0, 4 if lively else 3, box.height()), worn.color(edge))
        middle = box.height() / 2
        x = 12.0
        size = worn.px(14)
        icons.paint(painter, icon, worn.color(token), x, middle - worn.px(10) - size / 2, size)
        upper = QRectF(x + size + 4, middle - worn.px(20), box.width(), worn.px(20))
        ink = "text3" if self._state.mark == "todo" else "text"
        used = text(painter, worn, upper, self._state.name + " ", ink, bold=self._state.mark != "todo")
        text(painter, worn, upper.adjusted(used, 0, 0, 0), self._state.value, ink)
        lower = QRectF(x, middle + 1, box.width(), worn.px(18))
        text(painter, worn, lower, self._state.target, "text3" if not lively else "text2", "caption")
        painter.end()
