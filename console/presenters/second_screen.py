"""Ctrl+F11: script, video and evidence on the second monitor; the right column has their space."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QScreen

from console.presenters.pages import CallPage
from console.presenters.window import DeskWindow
from console.presenters.words import tr
from widgets.second_window import SecondWindow


class SecondScreen(QObject):
    """Lends the middle of a call's page to the second monitor, as long as there is a call and a monitor.

    The wish outlives a call and the screen lock, which covers everything in one window; a monitor that
    vanishes ends it. Nothing is ever opened where no screen is.
    """

    def __init__(self, window: DeskWindow, call: CallPage, say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._call = call
        self._say = say
        self._wanted = ""
        self._there: SecondWindow | None = None
        window.arranged.connect(self._follow)
        window.closing.connect(self._end)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._vanished)

    def toggle(self) -> None:
        """Ctrl+F11: over to the other monitor, or back."""
        if self._window.page != "call":
            return
        others = self._others()
        if not self._wanted and not others:
            self._say(tr("没有第二台显示器,画面留在这里。"))
            return
        self._wanted = "" if self._wanted else others[0].name()
        self._follow()
        self._window.go_home()

    def _others(self) -> list[QScreen]:
        """The monitors that show something else than the window's own."""
        own = self._window.screen().geometry()
        return [screen for screen in QGuiApplication.screens() if screen.geometry() != own]

    def _follow(self) -> None:
        wanted = next((screen for screen in self._others() if screen.name() == self._wanted), None)
        fits = wanted is not None and self._window.page == "call" and not self._window.locked
        if wanted is not None and fits and self._there is None:
            self._go(wanted)
        elif not fits and self._there is not None:
            self._come_back(self._there)

    def _go(self, screen: QScreen) -> None:
        there = SecondWindow(self._window, self._call.lend_centre(), training=self._window.training)
        there.left.connect(self.toggle)
        there.setScreen(screen)
        there.open_on(screen.availableGeometry())
        self._there = there

    def _come_back(self, there: SecondWindow) -> None:
        self._there = None
        self._call.take_centre_back()
        there.hide()
        there.deleteLater()
        self._window.activateWindow()

    def _end(self) -> None:
        self._wanted = ""
        self._follow()

    def _vanished(self, screen: QScreen) -> None:
        if screen.name() == self._wanted:
            self._wanted = ""
            self._follow()
            self._window.go_home()
            self._say(tr("第二台显示器不在了,画面已回到这里。"))
