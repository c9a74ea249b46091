"""Small pictures of evidence items and their verdicts, made from the original bytes off the GUI thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from console.adapters.picture_quality import PictureFault, fault_of
from console.domain.ids import EvidenceId, IncidentId
from console.presenters.desk import Desk
from widgets.evidence_strip import Verdict

SIZE = QSize(320, 180)
"""Pixels of a thumbnail: twice the strip's, for screens with scaling."""


VERDICT: Mapping[PictureFault | None, Verdict] = {
    None: "ok",
    PictureFault.BLURRED: "soft",
    PictureFault.DARK: "dark",
    PictureFault.GLARING: "glaring",
}


@dataclass(frozen=True)
class _Seen:
    image: QImage
    verdict: Verdict


async def picture(desk: Desk, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> QImage:
    """Return the whole picture of an item, decoded off the GUI thread."""
    content = await desk.does.capture.picture(incident_id, evidence_id, local=local)
    return await asyncio.to_thread(QImage.fromData, content)


class Thumbnails:
    """Pictures by item; ``changed`` is called on the GUI thread when one more is there."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._seen: dict[EvidenceId, _Seen] = {}
        self._asked: set[EvidenceId] = set()

    def get(self, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> QImage | None:
        """Return the picture, or ``None`` while it is being made or where its bytes are no picture."""
        if evidence_id not in self._asked:
            self._asked.add(evidence_id)
            self._desk.bridge.run(
                self._make(incident_id, evidence_id, local=local),
                lambda seen: self._made(evidence_id, seen),
                lambda _error: self._asked.discard(evidence_id),
            )
        seen = self._seen.get(evidence_id)
        return None if seen is None else seen.image

    def verdict(self, evidence_id: EvidenceId) -> Verdict:
        """Return what the picture itself says of its use; only taken, until it was looked at."""
        seen = self._seen.get(evidence_id)
        return "taken" if seen is None else seen.verdict

    async def _make(self, incident_id: IncidentId, evidence_id: EvidenceId, *, local: bool) -> _Seen:
        content = await self._desk.does.capture.picture(incident_id, evidence_id, local=local)
        return await asyncio.to_thread(_seen, content)

    def _made(self, evidence_id: EvidenceId, seen: _Seen) -> None:
        if not seen.image.isNull():
            self._seen[evidence_id] = seen
            self._changed()


def _seen(content: bytes) -> _Seen:
    image = QImage.fromData(content)
    if image.isNull():
        return _Seen(image, "taken")
    small = image.scaled(
        SIZE, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return _Seen(small, _judged(content))


def _judged(content: bytes) -> Verdict:
    try:
        return VERDICT[fault_of(content)]
    except ValueError:  # shown, though not in a form that can be measured
        return "taken"
