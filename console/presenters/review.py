"""The officer's view of the evidence: the strip and the picture that is looked at, with its digests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QLabel

from console.domain.evidence import Slot
from console.domain.ids import EvidenceId
from console.domain.incident import Incident, IncidentState
from console.domain.recognition import ReadDocument
from console.presenters.desk import Desk, clock_words, elapsed_words
from console.presenters.outbox import MARK
from console.presenters.reading import newest_documents, slot_verdict
from console.presenters.thumbnails import Thumbnails, picture
from console.presenters.words import SLOT, problem, tr
from console.store.changes import Changes
from console.store.selectors import StripSlot, strip
from widgets.chip import ChipState
from widgets.evidence_strip import EvidenceStrip, SlotRow
from widgets.panel import Panel
from widgets.picture import Picture
from widgets.press_twice import PressTwiceButton
from widgets.reasons_panel import ReasonsPanel


class ReviewPresenter:
    """Shows what is there to rule on; nothing here can be changed."""

    def __init__(
        self,
        desk: Desk,
        rows: EvidenceStrip,
        panel: Panel,
        pane: Picture,
        reasons: ReasonsPanel,
        back: PressTwiceButton,
        given: QLabel,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._say = say
        self._strip = rows
        self._panel = panel
        self._picture = pane
        reasons.picture_wanted.connect(rows.set_current)
        self._thumbnails = Thumbnails(desk, self._show)
        self._looked_at: tuple[EvidenceId, str] | None = None
        self._back = back
        self._given = given
        back.confirmed.connect(self._give_back)
        back.set_own_key(_is_back_key)
        rows.current_changed.connect(lambda _key: self._look())

    def refresh(self, changes: Changes) -> None:
        """Follow evidence and incident."""
        if changes.evidence or changes.incidents or changes.calls or changes.session:
            self._show()

    def press_back(self) -> None:
        """Ctrl+B: the first press arms, the second gives the case back for the picture that is looked at."""
        self._back.press()

    def _give_back(self) -> None:
        incident, key = self._desk.own_incident(), self._strip.current_key()
        if incident is not None and key:
            work = self._desk.does.hand_over.give_back(incident.id, (Slot(key),))
            self._desk.bridge.run(work, None, lambda error: self._say(problem(error)))

    def tick(self, now: datetime) -> None:
        """Count how long each post has had the case."""
        incident = self._desk.own_incident()
        words = "" if incident is None else given_words(incident, now)
        self._given.setText(words)
        self._given.setVisible(bool(words))

    def _slots(self, incident: Incident) -> tuple[StripSlot, ...]:
        return tuple(slot for slot in strip(self._desk.store, incident.id) if slot.items)

    def _show(self) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            self._strip.set_rows(())
            self._picture.show_image(None, "")
            self._looked_at = None
            return
        self._back.set_blocked("" if incident.state is IncidentState.RULING else tr("不在定责"))
        slots = self._slots(incident)
        documents = newest_documents(self._desk, incident)
        self._strip.set_rows(
            tuple(self._row(incident, n, slot, documents) for n, slot in enumerate(slots, 1))
        )
        missing = len(incident.missing_slots)
        words = tr("还差 {count} 张").format(count=missing) if missing else tr("必拍已齐")
        self._panel.set_chips(ChipState(words, "warn" if missing else "ok"))
        self._look()

    def _row(
        self, incident: Incident, number: int, slot: StripSlot, documents: Mapping[Slot, ReadDocument]
    ) -> SlotRow:
        item = slot.items[-1]
        image = self._thumbnails.get(incident.id, item.evidence_id, local=item.local)
        return SlotRow(
            key=slot.slot.value,
            number=number,
            name=tr(SLOT[slot.slot]),
            verdict=slot_verdict(slot.slot, documents, self._thumbnails.verdict(item.evidence_id)),
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
        if slot is None:
            return
        item = slot.items[-1]
        stored = next((e for e in incident.evidence if e.id == item.evidence_id), None)
        words = f"{tr(SLOT[slot.slot])} · {tr('北京时间')} {clock_words(item.capture.captured_at)}"
        if stored is not None:
            words += f" · SHA-256 {stored.digests.sha256[:8]}…{stored.digests.sha256[-4:]}"
            words += f" · SM3 {stored.digests.sm3[:6]}…{stored.digests.sm3[-4:]}"
        if item.capture.frame_number is not None:
            words += " · " + tr("帧 {number}").format(number=item.capture.frame_number)
        looking = (item.evidence_id, words)
        if looking == self._looked_at:
            return
        self._looked_at = looking
        self._desk.bridge.run(
            picture(self._desk, incident.id, item.evidence_id, local=item.local),
            lambda image: self._shown(looking, image),
            lambda _error: self._picture.show_image(None, tr("这张图现在取不到,稍后再看")),
        )

    def _shown(self, looking: tuple[EvidenceId, str], image: QImage) -> None:
        if looking == self._looked_at:
            self._picture.show_image(image, looking[1])


def given_words(incident: Incident, now: datetime) -> str:
    """Return who handed over with which note and gaps, and how long each post had the case."""
    given = incident.posts.hand_over
    if given is None:
        return ""
    issued = incident.document
    collecting, ruling = incident.posts.times(incident.opened_at, now if issued is None else issued.issued_at)
    words = [
        tr("移交 {at} · 接警岗 {collecting} · 定责岗 {ruling}").format(
            at=clock_words(given.at),
            collecting=elapsed_words(now - collecting, now),
            ruling=elapsed_words(now - ruling, now),
        )
    ]
    if given.note:
        words.append(tr("备注:{note}").format(note=given.note))
    if given.missing:
        slots = "、".join(tr(SLOT[slot]) for slot in given.missing)
        words.append(tr("移交时缺:{slots};理由:{reason}").format(slots=slots, reason=given.gaps_reason))
    return "\n".join(words)


def _is_back_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_B and event.modifiers() == Qt.KeyboardModifier.ControlModifier
