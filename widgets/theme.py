"""Tokens of interface.md 15: one file fills the QPalette, the style sheet and all that is painted by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Literal, cast

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from widgets import fonts

Mode = Literal["dark", "light"]
Severity = Literal["ok", "info", "warn", "bad", "train", "unknown", "none"]
Role = Literal[
    "display", "score", "timer", "ring", "title", "outcome", "heading", "body", "small", "caption", "keycap"
]

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "theme"
TEXT_SCALES = (1.0, 1.25, 1.5)
_PROPERTY = "deskTheme"
_DRESSED = "deskDressed"

# Interface.md 15, severity table: the icon a severity wears unless the state names its own.
SEVERITY_ICON: dict[Severity, str] = {
    "ok": "circle-check",
    "info": "circle-dot",
    "warn": "triangle-alert",
    "bad": "circle-x",
    "train": "graduation-cap",
    "unknown": "circle-question-mark",
    "none": "circle",
}
_FOREGROUND: dict[Severity, str] = {"unknown": "text2", "none": "text2"}
_BACKGROUND: dict[Severity, str] = {"unknown": "raised", "none": "raised"}


@lru_cache(maxsize=1)
def tokens() -> dict[str, dict[str, str]]:
    """Both palettes by mode and token name: "#RRGGBB", or "#AARRGGBB" where translucent."""
    data = json.loads((FOLDER / "tokens.json").read_text(encoding="utf-8"))
    return {mode: cast("dict[str, str]", data[mode]) for mode in ("dark", "light")}


@lru_cache(maxsize=1)
def type_sizes() -> dict[str, int]:
    """Type sizes in px at 100 % by role."""
    data = json.loads((FOLDER / "tokens.json").read_text(encoding="utf-8"))
    return cast("dict[str, int]", data["type_px"])


@dataclass(frozen=True)
class Theme:
    """A mode and the user's text size (1.0, 1.25, 1.5), apart from the scaling of the system."""

    mode: Mode = "dark"
    text_scale: float = 1.0

    def hex(self, token: str) -> str:
        """Colour of a token as text; KeyError when there is no such token."""
        return tokens()[self.mode][token]

    def color(self, token: str) -> QColor:
        """Colour of a token."""
        return QColor(self.hex(token))

    def foreground(self, severity: Severity) -> QColor:
        """Text and icon colour of a severity."""
        return self.color(_FOREGROUND.get(severity, severity))

    def background(self, severity: Severity) -> QColor:
        """Chip and banner ground of a severity."""
        return self.color(_BACKGROUND.get(severity, f"{severity}_bg"))

    def px(self, value: float) -> int:
        """A length in px that grows with the text size."""
        return round(value * self.text_scale)

    def font(self, role: Role = "body", bold: bool = False) -> QFont:
        """The font of a type role; headings are bold by themselves."""
        font = QFont()
        font.setFamilies(list(fonts.FALLBACK_FAMILIES))
        font.setPixelSize(self.px(type_sizes()[role]))
        font.setBold(bold or role in {"heading", "title", "outcome", "timer", "ring", "display", "score"})
        return font


def current() -> Theme:
    """The theme the application wears; the default one before `apply`."""
    app = QApplication.instance()
    worn = app.property(_PROPERTY) if app is not None else None
    return worn if isinstance(worn, Theme) else Theme()


def palette(theme: Theme) -> QPalette:
    """QPalette from the tokens, so that menus, combo lists and input-method windows match."""
    colours = QPalette()
    for role, token in (
        (QPalette.ColorRole.Window, "bg"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.Base, "input"),
        (QPalette.ColorRole.AlternateBase, "raised"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.PlaceholderText, "text3"),
        (QPalette.ColorRole.Button, "raised"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.BrightText, "bad"),
        (QPalette.ColorRole.ToolTipBase, "raised"),
        (QPalette.ColorRole.ToolTipText, "text"),
        (QPalette.ColorRole.Link, "accent"),
        (QPalette.ColorRole.Highlight, "accent_bg"),
        (QPalette.ColorRole.HighlightedText, "on_solid"),
        (QPalette.ColorRole.Accent, "accent_bg"),
    ):
        colours.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text3"))
    return colours


@lru_cache(maxsize=4)
def style_sheet(theme: Theme) -> str:
    """desk.qss filled from the tokens; `$px14` is 14 px at the theme's text size."""
    values = dict(tokens()[theme.mode])
    values |= {f"px{size}": f"{theme.px(size)}px" for size in range(1, 61)}
    values["family"] = ", ".join(f'"{name}"' for name in fonts.FALLBACK_FAMILIES)
    values["mode"] = theme.mode
    values["icons"] = (FOLDER.parent / "icons").as_posix()
    return Template((FOLDER / "desk.qss").read_text(encoding="utf-8")).substitute(values)


def application(program: str) -> QApplication:
    """The application, to be dressed by `apply`.

    The style is named among its words: to set it as an object, Qt for Python first makes all that a style may
    be asked for, which takes as long as a page.
    """
    return QApplication([program, "-style", "fusion"])


def apply(app: QApplication, mode: Mode = "dark", text_scale: float = 1.0) -> Theme:
    """Have the application wear a theme; every dressed window repaints, unless it wears this already."""
    theme = Theme(mode, text_scale)
    if app.property(_PROPERTY) == theme:
        return theme
    fonts.load_once()
    app.setProperty(_PROPERTY, theme)
    app.setFont(theme.font())
    app.setPalette(palette(theme))
    for window in app.topLevelWidgets():
        if window.property(_DRESSED):
            window.setStyleSheet(style_sheet(theme))
    return theme


def dress(window: QWidget) -> None:
    """Style a window for good, once its parts stand.

    The sheet belongs to windows, not to the application: with that, Qt would style every part anew each time
    what holds it is put into something larger.
    """
    window.setProperty(_DRESSED, True)
    window.setStyleSheet(style_sheet(current()))


def set_property(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet selects on; polishes again only when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
