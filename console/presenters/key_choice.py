"""Re-mapping in the key sheet: who sits there chooses keys, kept on this machine's disk for that user."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer

from console.presenters.desk import Desk
from console.presenters.keys import KeyRefused
from console.presenters.wardrobe import Wardrobe
from console.presenters.window import KEYS, DeskWindow
from console.presenters.words import tr
from console.store.changes import Changes
from console.usecases.look import ChosenKeys
from widgets.key_sheet import KeySheet


class KeyChoicePresenter:
    """A key acts from the moment it was chosen; once the sheet is put away the window is made anew, so that
    every cap and sentence names it. While a call is held nothing is re-mapped.
    """

    def __init__(
        self, desk: Desk, window: DeskWindow, wardrobe: Wardrobe, rebuild: Callable[[], None]
    ) -> None:
        self._desk = desk
        self._window = window
        self._wardrobe = wardrobe
        self._rebuild = rebuild
        self._sheet: KeySheet | None = None
        self._stale = False
        window.keys_shown.connect(self._shown)
        window.sheet_closed.connect(lambda: QTimer.singleShot(0, window, self._closed))

    def refresh(self, changes: Changes) -> None:
        """A call that comes finds the keys named as they are."""
        if self._stale and changes.calls and self._desk.own_call() is not None:
            self._window.close_sheet()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _shown(self, sheet: KeySheet) -> None:
        self._sheet = sheet
        sheet.wanted.connect(self._change)
        sheet.reset.connect(self._reset)

    def _closed(self) -> None:
        if self._stale and self._window.sheet != KEYS:
            self._stale = False
            self._rebuild()

    def _change(self, name: str, sequence: str) -> None:
        if self._held():
            return
        try:
            self._window.keys.change(name, sequence)
        except KeyRefused as refused:
            self._say(str(refused))
        else:
            self._keep()

    def _reset(self) -> None:
        if not self._held():
            self._window.keys.take_up({})
            self._keep()

    def _held(self) -> bool:
        held = self._desk.own_call() is not None
        if held:
            self._say(tr("通话中不改,结束后可改。"))
        return held

    def _keep(self) -> None:
        self._stale = True
        changed = self._window.keys.changed
        self._wardrobe.wear_keys(changed)
        keep = self._desk.does.remembered.keep_keys(self._desk.session.user.id, ChosenKeys(changed=changed))
        self._desk.bridge.run(keep)
        if self._sheet is not None:
            self._sheet.set_groups(self._window.key_groups())
        self._say("")

    def _say(self, words: str) -> None:
        if self._sheet is not None:
            self._sheet.say(words)
