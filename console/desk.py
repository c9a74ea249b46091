"""``python -m console desk``: the entrance at once, the desk behind it while somebody types.

Imported with this module is what the first page needs and nothing else. All the rest comes by ``Loading``
once the page is painted and settled: first ``console.app``, which opens keys and vault and starts the media
process, then the window's rooms.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from console.entrance import Entrance
from console.loading import Loading
from console.presenters.wardrobe import Wardrobe
from console.settings import Settings, parse
from widgets.room import make_room
from widgets.theme import application

if TYPE_CHECKING:
    from console.app import DeskApplication

APP = "console.app"
WINDOW = "console.presenters.main"

SETTLE_MS = 100
"""So long the first page has the processor to itself: focus and first letters come before the rest."""

TURN_S = 0.001
"""So long another thread may keep the interpreter when the GUI thread wants it."""

logger = logging.getLogger(__name__)


class DeskProcess:
    """The desk from its first page to its end, whenever that comes."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._wardrobe = Wardrobe(app, settings.look)
        self._entrance = Entrance()
        self._entrance.closed.connect(self.end)
        self._desk: DeskApplication | None = None
        self._ending = False
        self._whole = True
        self._loading = Loading((APP, WINDOW))
        self._loading.arrived.connect(self._arrived)
        self._loading.failed.connect(self._broken)
        self._entrance.painted.connect(lambda: QTimer.singleShot(SETTLE_MS, self._loading.start))
        self._entrance.open()

    def end(self) -> None:
        """Close everything in order, then leave the event loop; asked twice, done once."""
        if self._ending:
            return
        self._ending = True
        self._loading.stop()
        if self._desk is not None:
            self._desk.end()
        else:
            self._entrance.leave()
            self._app.quit()

    def run(self) -> int:
        """Run the event loop to its end, and wait for what is still being imported; return the exit code."""
        self._app.exec()
        self._loading.join()
        return 0 if self._whole else 1

    def _arrived(self, module: ModuleType) -> None:
        if self._ending:
            return
        if self._desk is None:
            self._desk = module.DeskApplication(
                self._app, self._settings, self._entrance, self._wardrobe, self.end
            )
        else:
            self._desk.furnish(module.MainWindow)

    def _broken(self, error: Exception) -> None:
        logger.critical("the program is not whole", exc_info=error)
        self._whole = False
        self.end()


def main(argv: list[str]) -> int:
    """Run the verb ``desk``."""
    settings = parse(argv)
    sys.setswitchinterval(TURN_S)
    app = application("desk")
    make_room(app.primaryScreen())
    app.setApplicationName("快处台")
    app.setQuitOnLastWindowClosed(False)
    sys.excepthook = _log_bug
    process = DeskProcess(app, settings)
    _end_on_signals(process.end)
    return process.run()


def _log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug in a slot belongs in the log; evidence is safe already and the window goes on."""
    logger.critical("a slot failed", exc_info=(kind, error, trace))


def _end_on_signals(end: Callable[[], None]) -> None:
    """SIGINT and SIGTERM close the window in order; a timer lets Python look at signals now and then."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: end())
    look = QTimer(QApplication.instance())
    look.setInterval(200)
    look.timeout.connect(lambda: None)
    look.start()
