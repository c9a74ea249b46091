"""Finds what a window cuts: words wider than their place, controls over each other or too low."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

from widgets import paint
from widgets.button import DeskButton
from widgets.chip import Chip
from widgets.theme import Role, Theme

LEAST_TARGET = 26
"""Height in pixels of what can be pressed (interface.md 3)."""
SLACK = 1.5
"""Pixels that the rounding of fonts may take."""
CONTROLS = (QLabel, QAbstractButton, Chip, QLineEdit, QComboBox)
Drawn = Callable[..., float]


class Cells:
    """Words that delegates drew wider than their box, since the last ``take``."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._cut: list[str] = []
        drawn = paint.text

        def text(
            painter: QPainter,
            worn: Theme,
            box: QRectF,
            words: str,
            colour: QColor | str = "text",
            role: Role = "body",
            bold: bool = False,
            right: bool = False,
        ) -> float:
            used = drawn(painter, worn, box, words, colour, role, bold, right)
            if used > box.width() + SLACK:
                self._cut.append(f"cell {words}: {used:.0f} px in {box.width():.0f}")
            return used

        for module in list(sys.modules.values()):
            if getattr(module, "text", None) is drawn:
                patch.setattr(module, "text", text)

    def take(self) -> list[str]:
        """Return them and forget them."""
        cut, self._cut = self._cut, []
        return cut


def faults(window: QWidget, cells: Cells) -> list[str]:
    """Draw the window and return everything of it that is cut, covered or too low."""
    cells.take()
    window.grab()
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    found = [*cells.take(), *(f"{_name(w)}: {why}" for w in shown for why in _cut(w))]
    found += [f"{_name(w)}: {w.height()} px high" for w in shown if _low(w)]
    return [*found, *(pair for widget in shown for pair in _covered(widget))]


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + SLACK:
                yield "its lines have no room"
        elif widget.sizeHint().width() > widget.width() + SLACK:
            yield f"{widget.sizeHint().width()} px in {widget.width()}"
    elif isinstance(widget, (DeskButton, Chip)):
        if widget.sizeHint().width() > widget.width() + SLACK:
            yield f"{widget.sizeHint().width()} px in {widget.width()}"
    elif isinstance(widget, QComboBox):
        needed, room = widget.fontMetrics().horizontalAdvance(widget.currentText()), _field(widget)
        if needed > room + SLACK:
            yield f"{widget.currentText()}: {needed} px in {room}"
    elif isinstance(widget, QLineEdit) and not widget.text():
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if needed > widget.contentsRect().width():
            yield f"{widget.placeholderText()}: {needed} px in {widget.contentsRect().width()}"
    around = widget.parentWidget()
    if isinstance(widget, CONTROLS) and around is not None and not widget.isWindow():
        place = widget.geometry()
        if place.left() < 0 or place.right() > around.width():
            yield "sticks out at the side"


def _field(box: QComboBox) -> int:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(control, option, part, box).width()


def _low(widget: QWidget) -> bool:
    if isinstance(widget, QTableView):
        pressed = widget.focusPolicy().value != 0
        return pressed and widget.verticalHeader().defaultSectionSize() < LEAST_TARGET
    inner = isinstance(widget.parentWidget(), QAbstractSpinBox)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QTabBar)
    return isinstance(widget, kinds) and not inner and widget.height() < LEAST_TARGET


def _covered(around: QWidget) -> Iterator[str]:
    beside = [
        child
        for child in around.children()
        if isinstance(child, CONTROLS) and child.isVisible() and not child.isWindow()
    ]
    for one, other in combinations(beside, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > SLACK and both.height() > SLACK:
            yield f"{_name(one)} and {_name(other)} lie over each other"


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or words}"
