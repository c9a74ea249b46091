"""Key caps: the key's name beside the action, so that keys are learned by seeing them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from widgets.parts import tr
from widgets.theme import Theme

_PAD = 4.0
_in_force: dict[tuple[str, str], str] = {}


def name_keys(changed: Mapping[str, str]) -> None:
    """From now on name the keys that a person re-mapped by the key in force.

    ``changed`` by "SCOPE,SCOPE:KEY", no scope for keys that act everywhere. Caps made before keep their text.
    """
    _in_force.clear()
    for name, key in changed.items():
        scopes, _, default = name.partition(":")
        _in_force.update({(scope, default): key for scope in scopes.split(",")})


def cap_text(keys: str, scope: str = "") -> str:
    """Return how the keys are called, those apart by blanks one by one: as re-mapped, the blank as a word."""
    return " ".join(_called(key, scope) for key in keys.split(" "))


def written(key: str) -> str:
    """Return how this very key is called."""
    return tr("空格") if key == "Space" else key


def sentence(words: str) -> str:
    """Return words with every key that acts everywhere and was re-mapped named as it is now."""
    changed = {default: key for (scope, default), key in _in_force.items() if not scope}
    if not changed:
        return words
    known = "|".join(re.escape(key) for key in sorted(changed, key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9+])({known})(?![A-Za-z0-9+])", lambda found: changed[found[1]], words)


def _called(key: str, scope: str) -> str:
    plain = "-" if key == "−" else key
    named = _in_force.get((scope, plain), _in_force.get(("", plain), key))
    return written(named)


def cap_size(worn: Theme, text: str) -> QSizeF:
    """Size in px that `paint_cap` needs for the key name."""
    width = QFontMetricsF(worn.font("keycap")).horizontalAdvance(text)
    return QSizeF(max(width + 2 * _PAD, worn.px(16)), worn.px(17))


def paint_cap(
    painter: QPainter, worn: Theme, x: float, middle: float, text: str, colour: QColor | None = None
) -> None:
    """Draw a key cap with its left edge at x, centred on `middle`; colour: ink and edge on solid ground."""
    size = cap_size(worn, text)
    box = QRectF(x, middle - size.height() / 2, size.width(), size.height()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(colour or worn.color("edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if colour else worn.color("input"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(worn.font("keycap"))
    painter.setPen(colour or worn.color("text2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class KeyCap(QLabel):
    """A key cap as a widget, for rows and headers."""

    def __init__(self, key: str, scope: str = "") -> None:
        key = cap_text(key, scope)
        super().__init__(key)
        self.setProperty("type", "keycap")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("按键 %1").replace("%1", key))
