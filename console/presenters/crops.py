"""Parts cut out of evidence pictures: a plate, a line of a document."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from console.domain.ids import EvidenceId, IncidentId
from console.domain.recognition import Box
from console.presenters.desk import Desk
from console.presenters.thumbnails import picture

KEPT = 8
"""Whole pictures held in memory at most (a decoded 1280 × 720 picture takes 3.7 MB)."""

MARGIN = 0.15
"""Of the part's height, shown around it."""


class Crops:
    """Cuts parts out; ``changed`` is called on the GUI thread when one more picture is there."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._images: OrderedDict[EvidenceId, QImage] = OrderedDict()
        self._asked: set[EvidenceId] = set()

    def cut(self, incident_id: IncidentId, evidence_id: EvidenceId, box: Box) -> QImage | None:
        """Return the part, or ``None`` while the picture is being fetched or where there is none."""
        image = self.whole(incident_id, evidence_id)
        if image is None:
            return None
        margin = round((box.bottom - box.top) * MARGIN)
        part = QRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
        part = part.adjusted(-margin, -margin, margin, margin).intersected(image.rect())
        return image.copy(part) if part.isValid() else None

    def whole(self, incident_id: IncidentId, evidence_id: EvidenceId) -> QImage | None:
        """Return the whole picture, or ``None`` while it is being fetched or where there is none."""
        image = self._images.get(evidence_id)
        if image is None:
            self._fetch(incident_id, evidence_id)
            return None
        self._images.move_to_end(evidence_id)
        return image

    def _fetch(self, incident_id: IncidentId, evidence_id: EvidenceId) -> None:
        if evidence_id in self._asked:
            return
        self._asked.add(evidence_id)
        local = evidence_id in self._desk.store.local_items
        self._desk.bridge.run(
            picture(self._desk, incident_id, evidence_id, local=local),
            lambda image: self._made(evidence_id, image),
            lambda _error: self._asked.discard(evidence_id),
        )

    def _made(self, evidence_id: EvidenceId, image: QImage) -> None:
        self._asked.discard(evidence_id)
        if not image.isNull():
            self._images[evidence_id] = image
            while len(self._images) > KEPT:
                self._images.popitem(last=False)
            self._changed()
