"""The entrance: there before the desk, and nothing typed into it is lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.entrance import Entrance
from console.loading import Loading
from console.presenters.wardrobe import Wardrobe
from console.usecases.look import Look

WAIT_MS = 20_000
TYPED = ("900010", "word", "07", "")


@pytest.fixture
def entrance(app: QApplication) -> Entrance:
    """An open entrance."""
    made = Entrance()
    made.open()
    return made


def type_in(entrance: Entrance) -> None:
    """Sign in by key."""
    page = entrance.page
    for field, text in zip((page.account, page.password, page.seat), TYPED[:3], strict=True):
        QTest.keyClicks(field, text)
    QTest.keyClick(entrance.page.seat, Qt.Key.Key_Return)


def until(signal: SignalInstance, begin: Callable[[], None]) -> None:
    """Begin, and run the event loop until the signal comes."""
    loop = QEventLoop()
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: loop.exit(1))
    late.start(WAIT_MS)
    signal.connect(lambda *_: loop.quit())
    begin()
    assert loop.exec() == 0, "nothing came in time"


def test_painted_is_told_once_and_the_first_field_has_the_keyboard(app: QApplication) -> None:
    entrance, told = Entrance(), []
    entrance.painted.connect(lambda: told.append(1))
    until(entrance.painted, entrance.open)
    entrance.page.repaint()
    app.processEvents()
    assert told == [1]
    assert QApplication.focusWidget() is entrance.page.account
    entrance.leave()


def test_what_is_offered_early_is_kept_and_taken_once(entrance: Entrance) -> None:
    before = entrance.used
    type_in(entrance)
    assert (before, entrance.used) == (False, True)
    taken: list[tuple[str, str, str, str]] = []
    entrance.serve(lambda *offer: taken.append(offer))
    entrance.serve(lambda *offer: taken.append(offer))
    assert taken == [TYPED]
    entrance.page.say("refused")
    QTest.keyClicks(entrance.page.password, "word")
    QTest.keyClick(entrance.page.password, Qt.Key.Key_Return)
    assert taken == [TYPED, TYPED]
    entrance.leave()


def test_whoever_has_begun_to_type_is_not_passed_over(entrance: Entrance) -> None:
    QTest.keyClicks(entrance.page.account, "9")
    assert entrance.used
    entrance.leave()


def test_closing_is_told_and_leaving_is_not(app: QApplication) -> None:
    told: list[str] = []
    for name in ("closed", "left"):
        entrance = Entrance()
        entrance.closed.connect(lambda name=name: told.append(name))
        entrance.open()
        (entrance.page.close if name == "closed" else entrance.leave)()
        assert not entrance.page.isVisible()
    assert told == ["closed"]


def test_modules_arrive_in_order_on_the_gui_thread(app: QApplication) -> None:
    arrived: list[tuple[str, int]] = []
    loading = Loading(("colorsys", "this_module_is_missing", "wave"))
    loading.arrived.connect(lambda module: arrived.append((module.__name__, threading.get_ident())))
    failed: list[Exception] = []
    loading.failed.connect(failed.append)
    until(loading.failed, loading.start)
    loading.join()
    assert arrived == [("colorsys", threading.get_ident())]
    assert isinstance(failed[0], ModuleNotFoundError)


def test_nothing_more_is_imported_once_it_is_stopped(app: QApplication) -> None:
    sys.modules.pop("wave", None)
    loading = Loading(("wave",))
    loading.stop()
    loading.start()
    loading.join()
    assert "wave" not in sys.modules


def test_the_look_worn_last_is_put_on_before_anything_else_is_read(app: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "desk" / "look.ini"
    worn = Look(theme="light", text_percent=125, language="en")
    first = Wardrobe(app, file)
    first.wear(worn)
    again = Wardrobe(app, file)
    assert again.look == worn
    file.write_text("[General]\ntheme=pink\ntext_percent=9000\nlanguage=en\n", "utf-8")
    assert Wardrobe(app, file).look == Look()
    for made in (first, again):
        made.wear(Look())
