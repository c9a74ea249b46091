"""Every gallery item renders in both themes, differs from an empty ground, and names itself."""

from __future__ import annotations

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


def test_larger_text_makes_larger_parts(app: QApplication) -> None:
    small, large = gallery.shot("buttons").size(), gallery.shot("buttons", text_scale=1.5).size()
    assert large == QSize(round(small.width() * 1.5) - 8, round(small.height() * 1.5) - 8)
