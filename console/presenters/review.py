"""The officer's view of the evidence: the strip and the picture that is looked at, with its digests."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QImage

from console.domain.evidence import Slot
from console.domain.ids import EvidenceId
from console.domain.incident import Incident
from console.presenters.desk import Desk, clock_words
from console.presenters.evidence import MARK
from console.presenters.thumbnails import Thumbnails
from console.presenters.words import SLOT, tr
from console.store.changes import Changes
from console.store.selectors import StripSlot, strip
from widgets.chip import ChipState
from widgets.evidence_strip import EvidenceStrip, SlotRow
from widgets.panel import Panel
from widgets.picture import Picture


class ReviewPresenter:
    """Shows what is there to rule on; nothing here can be changed."""

    def __init__(self, desk: Desk, rows: EvidenceStrip, panel: Panel, picture: Picture) -> None:
        self._desk = desk
        self._strip = rows
        self._panel = panel
        self._picture = picture
        self._thumbnails = Thumbnails(desk, self._show)
        self._looked_at: EvidenceId | None = None
        rows.current_changed.connect(lambda _key: self._look())

    def refresh(self, changes: Changes) -> None:
        """Follow evidence and incident."""
        if changes.evidence or changes.incidents or changes.calls or changes.session:
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _slots(self, incident: Incident) -> tuple[StripSlot, ...]:
        return tuple(slot for slot in strip(self._desk.store, incident.id) if slot.items)

    def _show(self) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            self._strip.set_rows(())
            self._picture.show_image(None, "")
            self._looked_at = None
            return
        slots = self._slots(incident)
        self._strip.set_rows(tuple(self._row(incident, n, slot) for n, slot in enumerate(slots, 1)))
        missing = len(incident.missing_slots)
        words = f"{tr('还差')} {missing} {tr('张')}" if missing else tr("必拍已齐")
        self._panel.set_chips(ChipState(words, "warn" if missing else "ok"))
        self._look()

    def _row(self, incident: Incident, number: int, slot: StripSlot) -> SlotRow:
        item = slot.items[-1]
        image = self._thumbnails.get(incident.id, item.evidence_id, local=item.local)
        return SlotRow(
            key=slot.slot.value,
            number=number,
            name=tr(SLOT[slot.slot]),
            verdict="taken",
            custody=MARK[item.custody],
            picture="" if image is None else item.evidence_id,
            thumbnail=image,
        )

    def _look(self) -> None:
        incident = self._desk.own_incident()
        key = self._strip.current_key()
        if incident is None or not key:
            return
        slot = next((s for s in self._slots(incident) if s.slot is Slot(key)), None)
        if slot is None or slot.items[-1].evidence_id == self._looked_at:
            return
        item = slot.items[-1]
        self._looked_at = item.evidence_id
        stored = next((e for e in incident.evidence if e.id == item.evidence_id), None)
        words = f"{tr(SLOT[slot.slot])} · {clock_words(item.capture.captured_at)} {tr('北京时间')}"
        if stored is not None:
            words += f" · SHA-256 {stored.digests.sha256[:8]}…{stored.digests.sha256[-4:]}"
            words += f" · SM3 {stored.digests.sm3[:6]}…{stored.digests.sm3[-4:]}"
        if item.capture.frame_number is not None:
            words += f" · {tr('帧')} {item.capture.frame_number}"
        self._desk.bridge.run(
            self._thumbnails.full(incident.id, item.evidence_id, local=item.local),
            lambda image: self._shown(item.evidence_id, image, words),
            lambda _error: self._picture.show_image(None, tr("这张图现在取不到,稍后再看")),
        )

    def _shown(self, evidence_id: EvidenceId, image: QImage, words: str) -> None:
        if evidence_id == self._looked_at:
            self._picture.show_image(image, words)
