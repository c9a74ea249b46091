"""Legal outcomes only, two rows of four where there is room, keys 1-8 (interface.md 10)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets import theme
from widgets.button import DeskButton
from widgets.keycap import cap_size, paint_cap


@dataclass(frozen=True)
class Outcome:
    """One legal outcome in words ("甲主要 / 乙次要"); blocked: why it is impossible here, or ""."""

    key: str
    words: str
    blocked: str = ""


WIDE, NARROW = 4, 2
"""Columns where there is room, and where there is little."""
HIGH = 42
"""Height of an outcome's two lines."""


class OutcomeButton(DeskButton):
    """An outcome in two lines: what each party bears, or below both why they cannot bear it here."""

    @property
    def lines(self) -> tuple[str, str]:
        """What stands on the button; the second line may be empty."""
        if self._reason:
            return self.text(), self.tr("停用:") + self._reason
        first, _, second = self.text().partition(" · ")
        return first, second

    def sizeHint(self) -> QSize:
        """Wide enough for both lines and the key: words are never cut."""
        worn = theme.current()
        wide = max(QFontMetricsF(font).horizontalAdvance(words) for font, words in self._written())
        return QSize(round(wide + worn.px(9) * 3 + cap_size(worn, self._cap).width()), worn.px(HIGH))

    def _written(self) -> tuple[tuple[QFont, str], tuple[QFont, str]]:
        first, second = self.lines
        font = theme.current().font("small") if self._reason else self._font()
        return (font, first), (font, second)

    def _paint_face(self, painter: QPainter, ink: QColor, solid: bool) -> None:
        worn = theme.current()
        painter.setPen(ink)
        written = [(font, words) for font, words in self._written() if words]
        high = (self.height() - worn.px(6)) / len(written)
        for at, (font, words) in enumerate(written):
            painter.setFont(font)
            box = QRectF(worn.px(9), worn.px(3) + at * high, self.width(), high)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        left = self.width() - worn.px(9) - cap_size(worn, self._cap).width()
        paint_cap(painter, worn, left, self.height() / 2, self._cap, ink if solid else None)


class OutcomeGrid(QWidget):
    """Eight buttons; 1-8 choose while the grid has the focus. `chosen` carries the outcome's key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("责任"))
        self._outcomes: tuple[Outcome, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._grid.setSpacing(6)
        self._buttons: list[OutcomeButton] = []
        self._columns = WIDE

    def set_outcomes(self, outcomes: tuple[Outcome, ...], current: str) -> None:
        """Show the legal outcomes and the one chosen now ("" for none)."""
        if [known.key for known in self._outcomes] != [new.key for new in outcomes]:
            self._build(outcomes)
        self._outcomes = outcomes
        for button, outcome in zip(self._buttons, outcomes, strict=True):
            button.set_face(outcome.words, kind="on" if outcome.key == current else "plain")
            button.set_blocked(outcome.blocked)
        words = next((outcome.words for outcome in outcomes if outcome.key == current), self.tr("未选"))
        self.setAccessibleName(self.tr("责任: ") + words)

    def _build(self, outcomes: tuple[Outcome, ...]) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, outcome in enumerate(outcomes):
            button = OutcomeButton(outcome.words, key=str(at + 1))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, number=at: self._choose(number))
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._buttons.append(button)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Two columns at least; four are a wish."""
        return QSize(self._width_of(NARROW), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as no word is cut in."""
        super().resizeEvent(event)
        self._arrange()

    def _width_of(self, columns: int) -> int:
        widest = max((button.minimumSizeHint().width() for button in self._buttons), default=0)
        edges = self._grid.contentsMargins()
        return columns * widest + (columns - 1) * self._grid.spacing() + edges.left() + edges.right()

    def _arrange(self) -> None:
        columns = WIDE if self._width_of(WIDE) <= self.width() else NARROW
        if columns != self._columns or self._grid.count() != len(self._buttons):
            self._columns = columns
            for at, button in enumerate(self._buttons):
                self._grid.addWidget(button, *divmod(at, columns))
            self.updateGeometry()

    def _choose(self, number: int) -> None:
        if number < len(self._outcomes) and not self._outcomes[number].blocked:
            self.chosen.emit(self._outcomes[number].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1-8; everything else goes on."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < 8 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(number)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The focus ring."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()
