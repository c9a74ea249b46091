"""Ctrl+L: photos and words instead of the picture, over the service; what comes is in the strip and here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from console.domain.call import IN_CALL, Call
from console.domain.held import held
from console.domain.ids import CallId, EvidenceId
from console.presenters.desk import Desk, clock_words
from console.presenters.evidence import EvidencePresenter
from console.presenters.window import DeskWindow
from console.presenters.words import SLOT, problem, tr
from console.store.changes import Changes
from widgets.chip import ChipState
from widgets.evidence_strip import EvidenceStrip
from widgets.panel import Panel
from widgets.photo_panel import PhotoPanel

SHEET = "by-photo"


class ByPhotoPresenter:
    """Asks slot by slot; a photo that came moves the strip on. Putting the panel away ends the asking."""

    def __init__(
        self,
        desk: Desk,
        window: DeskWindow,
        evidence: EvidencePresenter,
        rows: EvidenceStrip,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._window = window
        self._evidence = evidence
        self._say = say
        self._panel: PhotoPanel | None = None
        self._awaited: EvidenceId | None = None
        self._heard: tuple[CallId, int] | None = None
        rows.current_changed.connect(lambda _key: self._show())

    def toggle(self) -> None:
        """Open the panel and go there; or put it away, and then the party is asked for nothing more."""
        call = self._call()
        if call is None:
            self._say(tr("通话中才能请对方发照片和文字。"))
            return
        if self._window.sheet == SHEET and call.by_photo.asked is not None:
            self._desk.bridge.run(self._desk.does.by_photo.end(call.id), None, self._fail)
        self._window.toggle_sheet(SHEET, tr("照片 + 文字"), self._make)
        self._window.go_to(SHEET)
        self._show()

    def refresh(self, changes: Changes) -> None:
        """Follow what the party sends."""
        if changes.calls or changes.incidents or changes.session:
            call = self._call()
            if call is None and self._window.sheet == SHEET:
                self._window.close_sheet()
            self._hear(call)
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _call(self) -> Call | None:
        call = self._desk.own_call()
        return call if call is not None and call.state in IN_CALL else None

    def _hear(self, call: Call | None) -> None:
        """Say what came: a photo that was awaited, words while the panel is away."""
        incident = self._desk.own_incident()
        if call is None or incident is None:
            self._awaited = self._heard = None
            return
        if self._awaited is not None and any(item.id == self._awaited for item in held(incident)):
            self._awaited = None
            slot = call.by_photo.asked.slot if call.by_photo.asked is not None else self._evidence.slot
            self._say(tr("照片到了:{slot}").format(slot=tr(SLOT[slot])))
            self._evidence.filled(call, slot)
        asked = call.by_photo.asked
        if asked is not None and not any(item.id == asked.request_id for item in held(incident)):
            self._awaited = asked.request_id
        count = sum(line.by_party for line in call.by_photo.lines)
        known = self._heard is not None and self._heard[0] == call.id
        if known and self._heard is not None and count > self._heard[1] and self._window.sheet != SHEET:
            self._say(tr("对方写来文字,Ctrl+L 看"))
        self._heard = (call.id, count)

    def _make(self) -> tuple[Panel, QWidget]:
        self._panel = PhotoPanel()
        self._panel.asked.connect(self._ask)
        return self._panel, self._panel.field

    def _show(self) -> None:
        call = self._call()
        if self._panel is None or call is None or self._window.sheet != SHEET:
            return
        slot = tr(SLOT[self._evidence.slot])
        lines = tuple(
            f"{clock_words(line.at)} {tr('对方') if line.by_party else tr('本席')}:{line.text}"
            for line in call.by_photo.lines
        )
        waiting = ChipState(tr("等照片"), "info", "hourglass")
        chip = waiting if self._awaited is not None else ChipState(tr("没有在等照片"), "none")
        self._panel.set_state(tr("下一张:{slot}").format(slot=slot), lines, chip)

    def _ask(self, text: str) -> None:
        call = self._call()
        if call is None:
            return
        slot = self._evidence.slot
        work = self._desk.does.by_photo.ask(call.id, slot, text or self._evidence.line)
        self._desk.bridge.run(work, lambda _: self._asked(), self._fail)

    def _asked(self) -> None:
        if self._panel is not None and self._window.sheet == SHEET:
            self._panel.sent()

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
