"""One QApplication for all widget tests, without a screen, in the desk's theme."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from widgets import theme

DEADLINE_S = 5.0


@pytest.fixture(scope="session")
def app() -> QApplication:
    """The application, dressed dark."""
    running = QApplication.instance()
    made = running if isinstance(running, QApplication) else theme.application("tests")
    theme.apply(made)
    return made


@pytest.fixture(autouse=True)
def tidy(app: QApplication) -> Iterator[None]:
    """Each test starts in the dark theme and leaves no window."""
    if theme.current() != theme.Theme():
        theme.apply(app)
    yield
    for window in app.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def until(app: QApplication) -> Callable[[Callable[[], bool]], None]:
    """Run the event loop until a condition holds; fail at the deadline."""

    def wait(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE_S
        while not condition():
            if time.monotonic() > end:
                pytest.fail("the condition did not come true in time")
            app.processEvents()

    return wait


@pytest.fixture
def shown(app: QApplication, until: Callable[[Callable[[], bool]], None]) -> Callable[[QWidget], QWidget]:
    """Show a widget as the active window."""

    def show(widget: QWidget) -> QWidget:
        theme.dress(widget)
        widget.show()
        widget.activateWindow()
        until(widget.isActiveWindow)
        return widget

    return show
