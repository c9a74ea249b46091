"""What to do about a difference, in the order of fairness: a digit, then the same again (picture 04)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import icons, theme
from widgets.chip import ChipState, chip_size, paint_chip
from widgets.keycap import paint_cap
from widgets.paint import text
from widgets.parts import tr
from widgets.press_twice import SECONDS
from widgets.theme import Severity, Theme

LINE = 50
"""Height of one choice, px at 100 % text."""


@dataclass(frozen=True)
class Choice:
    """One way to go on, and what it does. advised: to be tried first; blocked: why it cannot be taken."""

    key: str
    title: str
    note: str
    icon: str
    severity: Severity = "info"
    advised: bool = False
    blocked: str = ""


class Choices(QWidget):
    """1 to 9 choose, the same again within 3 s confirms; anything else lets go. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._armed, self._left = -1, 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show these choices; one that was armed and is gone or changed lets go."""
        if choices != self._choices:
            self._choices = choices
            self._release()
            self.updateGeometry()

    @property
    def armed(self) -> str:
        """Key of the choice that waits for its second press, "" when none."""
        return self._choices[self._armed].key if self._armed >= 0 else ""

    def press(self, at: int) -> None:
        """The first call arms a choice, the second within 3 s takes it."""
        if not 0 <= at < len(self._choices) or self._choices[at].blocked:
            self._release()
            return
        if at == self._armed:
            self._release()
            self.chosen.emit(self._choices[at].key)
            return
        self._armed, self._left = at, SECONDS
        self._timer.start()
        self._told()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits press; every other key lets go and goes on."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self._choices) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.press(at)
        else:
            self._release()
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click presses the choice under it."""
        self.press(int(event.position().y() // self._step()))

    def event(self, event: QEvent) -> bool:
        """Losing the keyboard lets go."""
        if event.type() == QEvent.Type.FocusOut:
            self._release()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """All choices below each other."""
        return QSize(320, round(max(1, len(self._choices)) * self._step()) - 6)

    def minimumSizeHint(self) -> QSize:
        """The same height, narrower."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All choices."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, choice in enumerate(self._choices):
            box = QRectF(0, at * self._step(), self.width(), worn.px(LINE))
            self._paint_choice(painter, worn, box.adjusted(1, 1, -1, -1), at, choice)
        painter.end()

    def _paint_choice(self, painter: QPainter, worn: Theme, box: QRectF, at: int, choice: Choice) -> None:
        armed = at == self._armed
        marked = armed or choice.advised
        style = Qt.PenStyle.DashLine if choice.blocked else Qt.PenStyle.SolidLine
        token = "focus" if armed else "accent" if choice.advised else "edge"
        painter.setPen(QPen(worn.color(token), 2 if marked else 1, style))
        painter.setBrush(worn.color("selected" if choice.advised else "raised"))
        painter.drawRoundedRect(box, 4, 4)
        middle, size = box.center().y(), worn.px(18)
        paint_cap(painter, worn, box.left() + 10, middle, str(at + 1))
        ink = worn.color("text3") if choice.blocked else worn.foreground(choice.severity)
        icons.paint(painter, choice.icon, ink, box.left() + worn.px(36), middle - size / 2, size)
        words = QRectF(box.left() + worn.px(66), box.top() + 4, box.width(), box.height() / 2 - 4)
        text(painter, worn, words, choice.title, "text3" if choice.blocked else "text", bold=True)
        below = words.translated(0, words.height())
        text(painter, worn, below, choice.blocked or choice.note, "text2", "caption")
        chip: ChipState | None = None
        if armed:
            again = tr("再按一次确认 %1").replace("%1", str(self._left))
            chip = ChipState(again, "warn", "timer")
        elif choice.advised:
            chip = ChipState(tr("建议先做"), "info", "lightbulb")
        if chip is not None:
            width = chip_size(worn, chip).width()
            paint_chip(painter, worn, box.right() - width - 10, middle, chip)

    def _step(self) -> float:
        return theme.current().px(LINE) + 6.0

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._release()
        else:
            self._told()

    def _release(self) -> None:
        self._armed, self._left = -1, 0
        self._timer.stop()
        self._told()

    def _told(self) -> None:
        lines = [f"{at} {choice.title}" for at, choice in enumerate(self._choices, 1)]
        if self._armed >= 0:
            lines.insert(0, f"{tr('再按一次确认')} {self._armed + 1}")
        self.setAccessibleName(", ".join(lines))
        self.update()
