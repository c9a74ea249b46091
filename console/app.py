"""``python -m console desk``: settings, adapters, use cases, presenters, window; and their ordered end."""

from __future__ import annotations

import json
import logging
import signal
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from console.adapters.io_thread import IoThread
from console.contract.desk_api import Session, SignIn
from console.domain.ids import SeatId
from console.engine import Engine
from console.log import start_log
from console.presenters.bridge import Bridge
from console.presenters.desk import Desk
from console.presenters.main import MainWindow
from console.presenters.observation import ObservationLog
from console.presenters.words import problem
from console.settings import Settings, parse, take_sign_in
from console.store.changes import Changes
from console.store.desk_store import DeskStore
from console.usecases.facts import Fact
from widgets import fonts, theme
from widgets.sign_in import SignInPage

STOP_SECONDS = 10.0
SETTLE_MS = 50
"""The first paint and the first focus are through after this; then the window counts as interactive."""

logger = logging.getLogger(__name__)


class DeskApplication:
    """One desk from start to end. Facts that come before the window are kept in the store for it."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._io = IoThread()
        self._io.start()
        self._bridge = Bridge(self._io, self._report)
        self._store = DeskStore()
        self._observations = ObservationLog(settings.observe) if settings.observe else None
        self._main: MainWindow | None = None
        self._entrance: SignInPage | None = None
        self._ending = False
        self._engine = Engine(settings, self._publish, self._frame_available)
        self._bridge.run(self._engine.open(), lambda _: self._enter(), self._cannot_open)

    def end(self) -> None:
        """Close everything in order, then leave the event loop; asked twice, done once."""
        if self._ending:
            return
        self._ending = True
        if self._main is not None:
            self._main.window.hide()
        self._bridge.run(self._engine.close(), lambda _: self._leave(), self._leave_badly)

    def _publish(self, fact: Fact) -> None:
        self._bridge.post(lambda: self._take(fact))

    def _take(self, fact: Fact) -> None:
        if self._ending:
            return
        if self._main is not None:
            self._main.take(fact)
        else:
            self._store.apply(fact)

    def _frame_available(self) -> None:
        if self._main is not None:
            self._main.video.frame_available()

    def _enter(self) -> None:
        offered = take_sign_in(self._settings.sign_in) if self._settings.sign_in else None
        self._sign_in(offered)

    def _sign_in(self, offered: SignIn | None) -> None:
        self._bridge.run(self._engine.sign_in(offered), self._signed_in, self._refused)

    def _signed_in(self, session: Session | None) -> None:
        if session is None:
            self._ask("")
            return
        self._open_window()
        if self._entrance is not None:
            self._entrance.close()
            self._entrance = None
        self._bridge.run(self._engine.follow())

    def _refused(self, error: Exception) -> None:
        self._ask(problem(error))

    def _ask(self, words: str) -> None:
        if self._entrance is None:
            self._entrance = SignInPage()
            self._entrance.offered.connect(self._offered)
            self._entrance.closed.connect(self._entrance_closed)
            self._entrance.show()
        if words:
            self._entrance.say(words)

    def _offered(self, account: str, password: str, seat: str) -> None:
        self._sign_in(SignIn(username=account, password=password, seat=SeatId(seat)))

    def _entrance_closed(self) -> None:
        if self._main is None:
            self.end()

    def _open_window(self) -> None:
        desk = Desk(store=self._store, bridge=self._bridge, does=self._engine.does, clock=self._engine.clock)
        main = MainWindow(
            desk, self._engine.media.frames, self._observe, self._resync, lan=self._settings.lan
        )
        self._main = main
        main.window.closing.connect(self.end)
        screen = self._app.primaryScreen().availableGeometry()
        main.window.setGeometry(screen)
        main.prepare(screen.size())
        main.window.show()
        main.window.activateWindow()
        main.refresh(Changes(session=True, seat=True))
        QTimer.singleShot(SETTLE_MS, lambda: self._ready(main))

    def _ready(self, main: MainWindow) -> None:
        main.shown()
        _say({"ready": "desk"})

    def _observe(self, observation: object) -> None:
        if self._observations is not None:
            self._observations.write(observation)

    def _resync(self) -> None:
        self._bridge.run(self._engine.resync())

    def _report(self, error: Exception) -> None:
        logger.error("work failed", exc_info=error)
        if self._main is not None:
            self._main.say(problem(error))

    def _cannot_open(self, error: Exception) -> None:
        logger.error("the desk could not open its folder", exc_info=error)
        self._ask(problem(error))

    def _leave_badly(self, error: Exception) -> None:
        logger.error("the desk did not end in order", exc_info=error)
        self._leave()

    def _leave(self) -> None:
        if not self._io.stop(STOP_SECONDS):
            logger.error("the loop's thread did not end in time")
        if self._observations is not None:
            self._observations.close()
        self._app.quit()


def main(argv: list[str]) -> int:
    """Run the verb ``desk``."""
    settings = parse(argv)
    start_log(settings.log)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("快处台")
    app.setQuitOnLastWindowClosed(False)
    fonts.load()
    theme.apply(app)
    sys.excepthook = _log_bug
    desk = DeskApplication(app, settings)
    _end_on_signals(desk.end)
    return app.exec()


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


def _say(line: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
