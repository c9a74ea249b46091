"""Every gallery item renders in both themes, differs from an empty ground, and names itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from widgets import gallery
from widgets.theme import Mode


def colours(image: QImage) -> int:
    """Number of different colours on a coarse grid."""
    seen = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    return len(seen)


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.parametrize("name", sorted(gallery.ITEMS))
def test_item_renders(app: QApplication, name: str, mode: Mode) -> None:
    fewest = 2 if name == "document_view" else 4
    assert colours(gallery.shot(name, mode).toImage()) >= fewest


@pytest.mark.parametrize("name", sorted(gallery.ITEMS))
def test_every_button_is_named_and_large_enough(app: QApplication, name: str) -> None:
    widget: QWidget = gallery.ITEMS[name][0]()
    for button in widget.findChildren(QAbstractButton):
        if type(button).__module__.startswith("widgets.") and not button.isHidden():
            assert button.accessibleName(), button
            assert button.sizeHint().height() >= 26, button.accessibleName()
    widget.deleteLater()


def test_every_item_is_written_in_both_themes_and_three_sizes(app: QApplication, tmp_path: Path) -> None:
    chosen = dict(list(gallery.ITEMS.items())[:3])
    written = {path.stem for path in gallery.shots(tmp_path, chosen)}
    sizes = ("100", "150", "200")
    assert written == {f"{n}-{m}-{s}" for n in chosen for m in ("dark", "light") for s in sizes}
    small, large = (QImage(str(tmp_path / f"chips-dark-{size}.png")) for size in ("100", "200"))
    assert large.size() == small.size() * 2


@pytest.mark.parametrize("name", sorted(gallery.ITEMS))
def test_item_renders_sharp_at_200_percent(app: QApplication, name: str) -> None:
    taken = gallery.shot(name, ratio=2.0)
    assert taken.devicePixelRatio() == 2.0
    assert colours(taken.toImage()) >= (2 if name == "document_view" else 4)


def test_larger_text_makes_larger_parts(app: QApplication) -> None:
    small, large = gallery.shot("buttons").size(), gallery.shot("buttons", text_scale=1.5).size()
    assert large == QSize(round(small.width() * 1.5) - 8, round(small.height() * 1.5) - 8)
