"""Crash recovery: remembers the case and slot being worked on, and says honestly what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from console.domain.evidence import Slot
from console.domain.ids import IncidentId
from console.presenters.desk import Desk, clock_words
from console.presenters.words import SLOT, tr
from console.store.changes import Changes
from widgets.banner import BannerState

MARK_EVERY = timedelta(seconds=10)
"""So old the remembered moment gets at most while a case is open."""


class RecoveryPresenter:
    """Marks the place on this machine's disk while a call is held; tells once after a crash."""

    def __init__(self, desk: Desk, slot: Callable[[], Slot], tell: Callable[[BannerState], None]) -> None:
        self._desk = desk
        self._slot = slot
        self._tell = tell
        self._told = False
        self._marked: tuple[IncidentId, Slot] | None = None
        self._marked_at: datetime | None = None

    def refresh(self, changes: Changes) -> None:
        """Tell when the case that was open comes back; mark when another one is opened or closed."""
        if changes.recovery or changes.calls or changes.incidents:
            self._tell_once()
            self.mark()

    def tick(self, now: datetime) -> None:
        """Keep the mark fresh."""
        if self._marked_at is not None and now - self._marked_at >= MARK_EVERY:
            self._marked = None
            self.mark()

    def mark(self) -> None:
        """Remember case and slot as they are now."""
        incident = self._desk.own_incident()
        place = None if incident is None else (incident.id, self._slot())
        if place == self._marked:
            return
        self._marked = place
        remembered = self._desk.does.remembered
        if place is None:
            self._marked_at = None
            self._desk.bridge.run(remembered.unmark())
        else:
            self._marked_at = self._desk.service_now()
            self._desk.bridge.run(remembered.mark(*place))

    def _tell_once(self) -> None:
        bookmark, incident = self._desk.store.bookmark, self._desk.own_incident()
        if self._told or bookmark is None or incident is None or incident.id != bookmark.incident_id:
            return
        self._told = True
        time, missing = clock_words(bookmark.at), self._missing()
        if missing:
            title = tr("已恢复到 {time}, 缺 {count} 项:").format(time=time, count=len(missing))
            self._tell(BannerState(title, ";".join(missing), "warn", "history"))
            return
        own = [item for item in self._desk.store.local_items.values() if item.incident_id == incident.id]
        title = tr("已恢复到 {time}, 无缺失。").format(time=time)
        words = tr("上次意外退出,写下的和本机 {count} 张证据都在。").format(count=len(own))
        self._tell(BannerState(title, words, "ok", "history"))

    def _missing(self) -> tuple[str, ...]:
        """Return what did not come back, each in words."""
        store = self._desk.store
        found, bookmark = store.recovered, store.bookmark
        missing = []
        if found is not None and found.discarded:
            missing.append(tr("{count} 张没写完的图,请重拍").format(count=found.discarded))
        for evidence_id in found.corrupt if found is not None else ():
            item = store.local_items.get(evidence_id)
            name = tr(SLOT[item.capture.slot]) if item is not None else evidence_id
            missing.append(tr("{slot} 的图损坏,请重拍").format(slot=name))
        if bookmark is not None and bookmark.drafts_lost:
            missing.append(tr("{count} 项写下的内容读不出").format(count=bookmark.drafts_lost))
        return tuple(missing)
