"""The map by keys and in pixels: grid without a server, pin where it belongs, intents out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from widgets import theme
from widgets.gallery_place import DOUBTED, TAKEN, WITHOUT_TILES
from widgets.map_view import MapView
from widgets.place_panel import PlacePanel

Show = Callable[[QWidget], QWidget]
Until = Callable[[Callable[[], bool]], None]
BARE = replace(TAKEN.map, heading=None, accuracy_m=0)


def near(image: QImage, token: str) -> list[QPoint]:
    """Where a colour of the theme is painted, not blended with another."""
    wanted = theme.current().color(token).rgb()
    return [
        QPoint(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixel(x, y) == wanted
    ]


def seen(view: MapView) -> QImage:
    QApplication.processEvents()
    return view.grab().toImage()


def shown_view(shown: Show) -> MapView:
    view = MapView()
    view.resize(360, 160)
    view.set_state(BARE)
    shown(view)
    return view


def at(view: MapView, x: int, y: int) -> bool:
    """Tell whether the pin is painted about there."""
    points = near(seen(view), "accent")
    if not points:
        return False
    middle = QPoint(
        sum(point.x() for point in points) // len(points), sum(point.y() for point in points) // len(points)
    )
    return (middle - QPoint(x, y)).manhattanLength() <= 8


def test_the_pin_stands_on_the_middle_over_a_grid(app: QApplication, shown: Show, until: Until) -> None:
    view = shown_view(shown)
    until(lambda: at(view, 180, 65))
    columns = {point.x() for point in near(seen(view), "line") if 40 < point.y() < 45}
    assert len(columns) > 3


def test_the_view_stays_until_the_pin_would_leave_it(app: QApplication, shown: Show, until: Until) -> None:
    view = shown_view(shown)
    until(lambda: at(view, 180, 65))
    pin = TAKEN.map.pin
    assert pin is not None
    moved = replace(BARE, pin=replace(pin, longitude=pin.longitude + 0.0005))
    view.set_state(moved)
    until(lambda: at(view, 203, 65))
    view.set_state(replace(moved, pin=replace(pin, longitude=pin.longitude + 0.1)))
    until(lambda: at(view, 180, 65))


def test_a_second_candidate_is_in_sight_with_words(app: QApplication, shown: Show, until: Until) -> None:
    panel = PlacePanel(DOUBTED)
    panel.resize(660, 208)
    shown(panel)
    width = panel.map.width()
    until(lambda: any(point.x() > width * 0.6 for point in near(seen(panel.map), "warn")))
    assert min(point.x() for point in near(seen(panel.map), "accent")) < width * 0.4
    assert panel.datum.isVisible()


def test_keys_nudge_and_zoom(app: QApplication, shown: Show, until: Until) -> None:
    view = shown_view(shown)
    view.setFocus()
    nudged = QSignalSpy(view.nudged)
    until(lambda: at(view, 180, 65))
    scale = seen(view)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [nudged.at(number) for number in range(nudged.count())] == [[-5.0, 0.0], [0.0, 5.0], [50.0, 0.0]]
    QTest.keyClick(view, Qt.Key.Key_Plus)
    until(lambda: seen(view) != scale)


def test_a_tap_tells_the_place(app: QApplication, shown: Show, until: Until) -> None:
    view = shown_view(shown)
    placed = QSignalSpy(view.placed)
    until(lambda: at(view, 180, 65))
    scene = view.childAt(180, 80)
    assert scene is not None
    QTest.mouseClick(scene, Qt.MouseButton.LeftButton, pos=QPoint(178, 78))
    until(lambda: placed.count() == 1)
    longitude, latitude = placed.at(0)
    pin = TAKEN.map.pin
    assert pin is not None
    assert abs(longitude - pin.longitude) < 5e-5
    assert abs(latitude - pin.latitude) < 5e-5


def test_the_map_follows_the_theme(app: QApplication, shown: Show, until: Until) -> None:
    view = shown_view(shown)
    until(lambda: QColor(seen(view).pixel(300, 140)).lightness() < 60)
    theme.apply(app, "light")
    until(lambda: QColor(seen(view).pixel(300, 140)).lightness() > 200)
    until(lambda: at(view, 180, 65))


def test_what_the_panel_says_in_every_state(app: QApplication, shown: Show) -> None:
    panel = PlacePanel(WITHOUT_TILES)
    shown(panel)
    assert not panel.adopt.isEnabled()
    assert not panel.datum.isVisible()
    panel.set_state(TAKEN)
    assert panel.adopt.isEnabled()
    adopted = QSignalSpy(panel.adopt_asked)
    panel.adopt.click()
    assert adopted.count() == 1
    assert "83.0123" in panel.map.accessibleName()
