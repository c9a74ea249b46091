"""The screen lock: by key at any time, by itself when nobody touches the desk outside a call.

A call goes on behind it with voice, picture and recording; only what could be seen is covered.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject

from console.presenters.desk import Desk, clock_words, elapsed_words
from console.presenters.window import DeskWindow
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.store.selectors import waiting_calls
from widgets.banner import BannerState
from widgets.lock_page import LockPage, LockState

WARNING = timedelta(seconds=60)
"""How long before it locks by itself the desk counts down in place."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,  # the press of a bound key never comes here
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class LockPresenter(QObject):
    """Covers the window and brings it back. ``after`` is the idle time; nothing of it never locks."""

    def __init__(self, desk: Desk, window: DeskWindow, after: timedelta) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._after = after
        self._touched = desk.clock.now()
        self._since: datetime | None = None
        self._page: LockPage | None = None
        self._warned = False

    def watch(self) -> None:
        """Notice from now on when the desk is touched; the window stands on the screen."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key and every movement is somebody; all of them go on."""
        if event.type() in _TOUCHES:
            self._touched = self._desk.clock.now()
        return False

    def lock(self) -> None:
        """Cover the desk now."""
        if self._page is not None:
            return
        self._since = self._desk.service_now()
        self._page = LockPage(self._state(self._since))
        self._page.offered.connect(self._offered)
        self._window.cover(self._page, self._page.password)
        self._desk.bridge.run(self._desk.does.shift.lock())

    def refresh(self, _changes: Changes) -> None:
        """Nothing comes here but by the second."""

    def tick(self, now: datetime) -> None:
        """Count on, and lock when the time is over; a call holds it off and starts it anew."""
        if self._page is not None:
            self._page.set_state(self._state(now))
            return
        if self._desk.own_call() is not None or not self._after:
            self._touched = self._desk.clock.now()
        left = self._after - (self._desk.clock.now() - self._touched)
        warned = bool(self._after) and left <= WARNING
        if warned and left <= timedelta():
            self.lock()
        elif warned:
            until = f"{tr('无人操作,锁屏前')} {elapsed_words(now, now + left)}"
            self._window.say(BannerState(until, severity="info", icon="lock"))
        elif self._warned:
            self._window.say(None)
        self._warned = warned

    def _state(self, now: datetime) -> LockState:
        session, since = self._desk.session, self._since or now
        waiting = waiting_calls(self._desk.store)
        hurt = sum(call.hurt_reported for call in waiting)
        words = f"{tr('排队')} {len(waiting)}" + (f" · {tr('疑伤')} {hurt}" if hurt else "")
        in_call = self._desk.own_call() is not None
        return LockState(
            person=f"{session.user.name} · {session.seat}",
            since=f"{tr('锁屏于')} {clock_words(since)} · {elapsed_words(since, now)}",
            waiting=words,
            goes_on=tr("通话照常:语音、画面和录制都在继续,只是不显示。") if in_call else "",
        )

    def _offered(self, password: str) -> None:
        self._desk.bridge.run(self._desk.does.shift.unlock(password), self._unlocked, self._refused)

    def _unlocked(self, _done: None) -> None:
        self._page, self._since = None, None
        self._touched = self._desk.clock.now()
        self._window.uncover()

    def _refused(self, error: Exception) -> None:
        if self._page is not None:
            self._page.say(problem(error))
