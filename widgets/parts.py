"""The smallest shared parts: labels by role and tone, icon labels, rules, rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from widgets import icons, theme


def tr(text: str) -> str:
    """Translate a fixed zh-CN text where no QObject is at hand (delegates, functions)."""
    return QCoreApplication.translate("widgets", text)


def label(text: str = "", role: str = "", tone: str = "") -> QLabel:
    """A plain-text label. role: caption, small, bold, heading, title, timer, ring; tone: a token or severity.

    Plain text always: what a party wrote must never be read as markup.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("type", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def set_tone(target: QLabel, tone: str) -> None:
    """Recolour a label; polishes only on change."""
    theme.set_property(target, "tone", tone)


class IconLabel(QLabel):
    """One Lucide icon that follows the theme; decoration only, the word beside it carries the meaning."""

    def __init__(self, name: str, colour: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._render()

    def set_icon(self, name: str, colour: str) -> None:
        """Show another icon or colour (a token name)."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        worn = theme.current()
        self.setPixmap(
            icons.pixmap(self._name, worn.color(self._colour), worn.px(self._size), self.devicePixelRatioF())
        )


def rule(direction: str = "h") -> QFrame:
    """A 1 px decorative line, "h" or "v"."""
    line = QFrame()
    line.setProperty("rule", direction)
    return line


def _fill(layout: QBoxLayout, items: Iterable[QWidget | QLayout | int | None]) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def row(*items: QWidget | QLayout | int | None, spacing: int = 8, margin: int = 0) -> QHBoxLayout:
    """Items side by side; None is a stretch, a number a gap in px."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margin, margin, margin, margin)
    _fill(layout, items)
    return layout


def column(*items: QWidget | QLayout | int | None, spacing: int = 8, margin: int = 0) -> QVBoxLayout:
    """Items below each other; None is a stretch, a number a gap in px."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margin, margin, margin, margin)
    _fill(layout, items)
    return layout


def clear(layout: QLayout) -> None:
    """Take every item out of a layout and delete its widgets, those of inner layouts too."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear(inner)
            inner.deleteLater()


def span_html(spans: tuple[tuple[str, bool], ...]) -> str:
    """Rich text of (text, bold) spans with everything escaped, for QLabel with RichText."""
    return "".join(f"<b>{_escape(text)}</b>" if bold else _escape(text) for text, bold in spans)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
