"""X: every picture of the current slot, those set aside too, below each other in the right column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from console.domain.ids import EvidenceId
from console.domain.incident import Incident
from console.presenters.desk import Desk, clock_words
from console.presenters.discard import REASONS
from console.presenters.thumbnails import picture
from console.presenters.window import DeskWindow
from console.presenters.words import SLOT, tr
from console.store.changes import Changes
from console.store.selectors import StripItem, StripSlot, strip
from widgets.compare_sheet import ComparedPicture, CompareSheet
from widgets.evidence_strip import EvidenceStrip
from widgets.panel import Panel
from widgets.video_pane import VideoPane

SHEET = "compare"
MOST = 6
"""So many pictures of a slot are compared, the newest ones."""


class ComparePresenter:
    """Follows the current slot while the sheet is open; whole pictures are kept only so long."""

    def __init__(
        self,
        desk: Desk,
        window: DeskWindow,
        rows: EvidenceStrip,
        pane: VideoPane,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._window = window
        self._strip = rows
        self._pane = pane
        self._say = say
        self._sheet: CompareSheet | None = None
        self._asked: set[EvidenceId] = set()
        self._images: dict[EvidenceId, QImage] = {}
        rows.current_changed.connect(lambda _key: self._show())
        pane.blur_changed.connect(lambda _blur: self._show())

    def toggle(self) -> None:
        """X: show the pictures of the current slot, or put them away."""
        if self._window.sheet != SHEET and not self._items():
            self._say(tr("这个槽位还没有图可比较。"))
            return
        self._window.toggle_sheet(SHEET, tr("同槽位比较"), self._make)

    def magnify(self) -> None:
        """Z: enlarge the pictures that are compared, else what the video shows."""
        if self._sheet is not None and self._window.sheet == SHEET:
            self._sheet.toggle_loupe()
        else:
            self._pane.toggle_loupe()

    def refresh(self, changes: Changes) -> None:
        """Follow pictures and what was set aside; there is nothing to compare without a case."""
        if changes.evidence or changes.incidents or changes.calls or changes.session:
            if self._window.sheet == SHEET and self._desk.own_incident() is None:
                self._window.close_sheet()
            self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _make(self) -> tuple[Panel, QWidget]:
        sheet = CompareSheet()
        self._sheet = sheet
        self._fill(sheet)
        return sheet, sheet.area

    def _slot(self) -> StripSlot | None:
        incident, key = self._desk.own_incident(), self._strip.current_key()
        slots = () if incident is None else strip(self._desk.store, incident.id)
        return next((slot for slot in slots if slot.slot.value == key), None)

    def _items(self) -> tuple[StripItem, ...]:
        slot = self._slot()
        found = () if slot is None else (*slot.items, *slot.discarded)
        return tuple(sorted(found, key=lambda item: item.capture.captured_at, reverse=True))[:MOST]

    def _show(self) -> None:
        """Fill the sheet while it stands there; what was fetched for it goes with it."""
        if self._sheet is not None and self._window.sheet == SHEET:
            self._fill(self._sheet)
        else:
            self._sheet, self._asked, self._images = None, set(), {}

    def _fill(self, sheet: CompareSheet) -> None:
        incident, slot = self._desk.own_incident(), self._slot()
        if incident is None or slot is None:
            return
        items = self._items()
        here = {item.evidence_id for item in items}
        self._asked &= here
        self._images = {one: image for one, image in self._images.items() if one in here}
        for item in items:
            self._fetch(incident, item)
        sheet.set_pictures(
            tr(SLOT[slot.slot]),
            tuple(
                ComparedPicture(
                    item.evidence_id, _caption(incident, slot, item), self._images.get(item.evidence_id)
                )
                for item in items
            ),
            blur=self._pane.blurred,
        )

    def _fetch(self, incident: Incident, item: StripItem) -> None:
        if item.evidence_id in self._asked:
            return
        self._asked.add(item.evidence_id)
        self._desk.bridge.run(
            picture(self._desk, incident.id, item.evidence_id, local=item.local),
            lambda image: self._fetched(item.evidence_id, image),
            lambda _error: self._asked.discard(item.evidence_id),
        )

    def _fetched(self, evidence_id: EvidenceId, image: QImage) -> None:
        if evidence_id in self._asked:
            self._images[evidence_id] = image
            self._show()


def _caption(incident: Incident, slot: StripSlot, item: StripItem) -> str:
    """When it was taken, and whether it is the one that counts."""
    taken = f"{tr('北京时间')} {clock_words(item.capture.captured_at)}"
    gone = next((one for one in incident.discarded if one.evidence.id == item.evidence_id), None)
    if gone is not None:
        words = tr("{at} 弃用:{reason}")
        return f"{taken} · {words.format(at=clock_words(gone.at), reason=tr(REASONS[gone.reason]))}"
    return f"{taken} · {tr('现在计入') if item == slot.items[-1] else tr('较早的一张')}"
