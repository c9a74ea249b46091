"""The desk put together behind its entrance: adapters, use cases, presenters, window; their ordered end."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QSslCertificate, QSslConfiguration
from PySide6.QtWidgets import QApplication

from console.adapters.io_thread import IoThread
from console.contract.desk_api import Session, SignIn
from console.domain.errors import DomainError
from console.domain.ids import SeatId
from console.engine import Engine
from console.entrance import Entrance
from console.log import start_log
from console.offered import take_sign_in
from console.presenters.bridge import Bridge
from console.presenters.desk import Desk
from console.presenters.observation import ObservationLog
from console.presenters.wardrobe import Wardrobe
from console.presenters.words import problem
from console.settings import Settings
from console.store.desk_store import DeskStore
from console.usecases.facts import Fact
from console.usecases.look import OwnWindow
from widgets import theme
from widgets.new_password import NewPassword

if TYPE_CHECKING:
    from console.presenters.main import MainWindow

STOP_SECONDS = 10.0
SETTLE_MS = 50
"""The first paint and the first focus are through after this; then the window counts as interactive."""
SECOND_FACTOR = frozenset({"second-factor-needed", "second-factor-wrong"})

logger = logging.getLogger(__name__)


class DeskApplication:
    """One desk from the moment it is loaded to its end; ``leave`` is asked for when the person closes it.

    Facts that come before the window are kept in the store for it. Somebody may be signed in before the
    window's rooms are loaded (``furnish``); the window opens when both are there.
    """

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        entrance: Entrance,
        wardrobe: Wardrobe,
        leave: Callable[[], None],
    ) -> None:
        self._app = app
        self._settings = settings
        self._entrance = entrance
        self._wardrobe = wardrobe
        self._close = leave
        start_log(settings.log)
        if settings.ca is not None:
            _trust(settings.ca)
        self._io = IoThread()
        self._io.start()
        self._bridge = Bridge(self._io, self._report)
        self._store = DeskStore()
        self._observations = ObservationLog(settings.observe) if settings.observe else None
        self._make: type[MainWindow] | None = None
        self._admitted = False
        self._main: MainWindow | None = None
        self._new_password: NewPassword | None = None
        self._ending = False
        self._engine = Engine(settings, self._publish, self._frame_available)
        self._opening: Future[None] = self._bridge.run(self._engine.open(), self._enter, self._cannot_open)

    def furnish(self, make: type[MainWindow]) -> None:
        """Take the window that ``make`` makes; it opens at once if it was waited for."""
        self._make = make
        self._begin()

    def end(self) -> None:
        """Close everything in order, then leave the event loop; called once."""
        self._ending = True
        self._entrance.page.hide()
        if self._new_password is not None:
            self._new_password.hide()
        if self._main is not None:
            self._main.window.hide()
        self._opening.cancel()
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

    def _enter(self, _opened: None) -> None:
        """Let in whom a training run hands over, else whoever is typing, else whose sign-in was kept."""
        offered = take_sign_in(self._settings.sign_in) if self._settings.sign_in else None
        if offered is not None:
            self._sign_in(offered)
        elif self._entrance.used:
            self._ask()
        else:
            self._bridge.run(self._engine.does.shift.resume(), self._resumed, self._refused)

    def _resumed(self, kept: Session | None) -> None:
        if kept is None or self._entrance.used:
            self._ask()
        else:
            self._signed_in(kept)

    def _sign_in(self, offered: SignIn) -> None:
        self._bridge.run(self._engine.does.shift.sign_in(offered), self._signed_in, self._refused)

    def _signed_in(self, session: Session) -> None:
        if session.password_due:
            self._ask_for_new_password(session)
        else:
            self._admit(session)

    def _admit(self, session: Session) -> None:
        self._bridge.run(self._engine.does.remembered.own(session.user.id), self._welcome)

    def _welcome(self, own: OwnWindow) -> None:
        if own.look is not None and own.look != self._wardrobe.look:
            self._wardrobe.wear(own.look)
        self._wardrobe.wear_keys(own.keys.changed)
        self._wardrobe.columns = own.columns.widths
        self._admitted = True
        self._begin()

    def _begin(self) -> None:
        """Open the window once somebody is admitted and there is a window to open."""
        if not self._admitted or self._make is None or self._main is not None:
            return
        self._open_window(self._make)
        self._entrance.leave()
        self._bridge.run(self._engine.follow())

    def _ask_for_new_password(self, session: Session) -> None:
        page = NewPassword()

        def changed(_done: None) -> None:
            page.closed.disconnect(self._close)
            page.close()
            self._new_password = None
            self._admit(session)

        def offered(current: str, fresh: str) -> None:
            change = self._engine.does.shift.change_password(current, fresh)
            self._bridge.run(change, changed, lambda error: page.say(problem(error)))

        page.offered.connect(offered)
        page.closed.connect(self._close)
        page.show()
        self._entrance.page.hide()
        self._new_password = page

    def _refused(self, error: Exception) -> None:
        self._entrance.page.say(problem(error))
        if isinstance(error, DomainError) and error.code in SECOND_FACTOR:
            self._entrance.page.ask_for_code()
        self._ask()

    def _ask(self) -> None:
        self._entrance.serve(self._offered)

    def _offered(self, account: str, password: str, seat: str, code: str) -> None:
        self._sign_in(SignIn(username=account, password=password, seat=SeatId(seat), code=code))

    def _open_window(self, make: type[MainWindow]) -> None:
        desk = Desk(
            store=self._store,
            bridge=self._bridge,
            does=self._engine.does,
            clock=self._engine.clock,
            service_url=self._settings.service.rstrip("/"),
            map_cache=self._settings.map_cache,
        )
        main = make(
            desk,
            self._engine.media.frames,
            self._observe,
            self._resync,
            self._wardrobe,
            self._rebuild,
            lan=self._settings.lan,
            lock_after=timedelta(minutes=self._settings.lock_minutes),
        )
        self._main = main
        theme.dress(main.window)
        main.window.closing.connect(self._close)
        screen = self._app.primaryScreen().availableGeometry()
        main.window.setGeometry(screen)
        main.prepare(screen.size())
        main.window.show()
        main.window.activateWindow()
        main.refresh(self._store.everything())
        QTimer.singleShot(SETTLE_MS, lambda: self._ready(main))

    def _rebuild(self) -> None:
        """Text size or language changed: the same window anew, from what the store knows."""
        before = self._main
        if before is not None and self._make is not None:
            self._open_window(self._make)
            before.window.closing.disconnect(self._close)
            before.window.close()
            before.window.deleteLater()

    def _ready(self, main: MainWindow) -> None:
        main.shown()
        _say({"ready": "desk"})

    def _observe(self, observation: object) -> None:
        if self._observations is not None:
            self._observations.write(observation)

    def _resync(self) -> None:
        self._bridge.run(self._engine.resync())

    def _report(self, error: Exception) -> None:
        if self._main is not None:
            self._main.say(problem(error))

    def _cannot_open(self, error: Exception) -> None:
        logger.error("the desk could not open its folder", exc_info=error)
        self._entrance.page.say(problem(error))
        self._ask()

    def _leave_badly(self, error: Exception) -> None:
        logger.error("the desk did not end in order", exc_info=error)
        self._leave()

    def _leave(self) -> None:
        if not self._io.stop(STOP_SECONDS):
            logger.error("the loop's thread did not end in time")
        if self._observations is not None:
            self._observations.close()
        self._app.quit()


def _trust(ca: Path) -> None:
    """Let Qt's own requests, those of map tiles, trust this authority and no other, as all others do."""
    trusting = QSslConfiguration.defaultConfiguration()
    trusting.setCaCertificates(QSslCertificate.fromPath(str(ca)))
    QSslConfiguration.setDefaultConfiguration(trusting)


def _say(line: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
