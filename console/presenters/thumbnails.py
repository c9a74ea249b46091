"""Small pictures of evidence items, made from the original bytes off the GUI thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from console.domain.ids import EvidenceId, IncidentId
from console.presenters.desk import Desk

SIZE = QSize(320, 180)
"""Pixels of a thumbnail: twice the strip's, for screens with scaling."""


class Thumbnails:
    """Pictures by item; ``changed`` is called on the GUI thread when one more is there."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._images: dict[EvidenceId, QImage] = {}
        self._asked: set[EvidenceId] = set()

    def get(self, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> QImage | None:
        """Return the picture, or ``None`` while it is being made or where its bytes are no picture."""
        if evidence_id not in self._asked:
            self._asked.add(evidence_id)
            self._desk.bridge.run(
                self._make(incident_id, evidence_id, local=local),
                lambda image: self._made(evidence_id, image),
                lambda _error: self._asked.discard(evidence_id),
            )
        return self._images.get(evidence_id)

    async def full(self, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> QImage:
        """Return the whole picture, decoded off the GUI thread."""
        content = await self._desk.does.capture.picture(incident_id, evidence_id, local=local)
        return await asyncio.to_thread(QImage.fromData, content)

    async def _make(self, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> QImage:
        image = await self.full(incident_id, evidence_id, local=local)
        return await asyncio.to_thread(_scaled, image)

    def _made(self, evidence_id: EvidenceId, image: QImage) -> None:
        if not image.isNull():
            self._images[evidence_id] = image
            self._changed()


def _scaled(image: QImage) -> QImage:
    return image.scaled(
        SIZE, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
