"""Tokens by the WCAG 2 formula, the style sheet, the font and the icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QRawFont
from PySide6.QtWidgets import QApplication

from widgets import fonts, icons, theme
from widgets.theme import Mode

SURFACES = ("bg", "panel", "raised", "input", "hover", "selected")
TEXTS = ("text", "text2", "text3", "accent", "ok", "warn", "bad", "info", "train")
ON_OWN_GROUND = ("ok", "warn", "bad", "info", "train")
WORST_VIDEO_GROUND = QColor("#37393C")


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    parts = [
        channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_text_is_readable_on_every_surface(mode: Mode) -> None:
    worn = theme.Theme(mode)
    for text in TEXTS:
        for surface in SURFACES:
            assert contrast(worn.color(text), worn.color(surface)) >= 4.5, (text, surface)
    for name in ON_OWN_GROUND:
        assert contrast(worn.color(name), worn.color(f"{name}_bg")) >= 4.5, name


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_parts_and_solid_buttons(mode: Mode) -> None:
    worn = theme.Theme(mode)
    for part in ("edge", "focus", "accent"):
        for surface in SURFACES:
            assert contrast(worn.color(part), worn.color(surface)) >= 3, (part, surface)
    for solid in ("accent_bg", "bad_solid", "ok_solid"):
        assert contrast(worn.color("on_solid"), worn.color(solid)) >= 4.5, solid
        assert contrast(worn.color(solid), worn.color("panel")) >= 3, solid
    for word in ("video_text", "video_ok", "video_warn", "video_bad"):
        assert contrast(worn.color(word), WORST_VIDEO_GROUND) >= 4.5, word
    for plate in ("blue", "green", "yellow", "white", "black"):
        assert contrast(worn.color(f"plate_{plate}"), worn.color(f"plate_{plate}_text")) >= 4.5, plate


def test_both_palettes_have_the_same_tokens() -> None:
    dark, light = theme.tokens()["dark"], theme.tokens()["light"]
    assert dark.keys() == light.keys()
    assert all(QColor(value).isValid() for value in (*dark.values(), *light.values()))


@pytest.mark.parametrize("scale", theme.TEXT_SCALES)
def test_style_sheet_is_filled_and_no_text_is_below_its_smallest(scale: float) -> None:
    sheet = theme.style_sheet(theme.Theme("dark", scale))
    assert "$" not in sheet
    sizes = {int(size) for size in re.findall(r"font-size: (\d+)px", sheet)}
    assert min(sizes) == round(11 * scale)
    assert min(sizes - {round(11 * scale)}) >= round(12 * scale)


def test_embedded_font_has_the_characters_of_the_desk(app: QApplication) -> None:
    assert fonts.load_once()
    raw = QRawFont.fromFont(theme.current().font())
    assert raw.familyName() == fonts.FAMILY
    assert [letter for letter in "快处台测鼋①≤×·●△◌■→⇄" if not raw.supportsCharacter(ord(letter))] == []


def test_missing_font_files_are_told(app: QApplication, tmp_path: Path) -> None:
    assert not fonts.load(tmp_path)


def test_icons_take_the_colour_and_are_cached(app: QApplication) -> None:
    red = icons.pixmap("mic", QColor("#FF0000"), 24, 2.0)
    assert (red.width(), red.devicePixelRatio()) == (48, 2.0)
    image = red.toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#ff0000"}
    assert icons.pixmap("mic", QColor("#FF0000"), 24, 2.0).cacheKey() == red.cacheKey()


def test_every_icon_named_in_the_widgets_is_shipped() -> None:
    shipped = {path.stem for path in icons.FOLDER.glob("*.svg")}
    assert set(theme.SEVERITY_ICON.values()) <= shipped
    assert (icons.FOLDER / "LICENSE").is_file()
    assert (fonts.FOLDER / "OFL.txt").is_file()


def test_theme_switch_reaches_what_is_open(app: QApplication) -> None:
    dark = app.palette().color(app.palette().ColorRole.Window)
    theme.apply(app, "light")
    assert app.palette().color(app.palette().ColorRole.Window) != dark
