"""The pictures beside the form: what is known of the one looked at, as soon as it is known."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.evidence import Slot
from console.domain.posts import HandedOver
from tests.presenters.rig import Rig
from tests.presenters.story import in_call
from tests.presenters.test_video_and_evidence import live
from tests.unit.domain.builders import evidence
from widgets.picture import Picture


def test_digests_stand_under_a_picture_once_the_service_has_it(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: rig.store.local_items, "the item")
    (item,) = rig.store.local_items.values()
    (pane,) = rig.window.findChildren(Picture)
    rig.settle(lambda: "北京时间" in pane.accessibleName(), "the picture")
    assert "SHA-256" not in pane.accessibleName()
    stored = replace(evidence(Slot.SAFETY), id=item.evidence_id, capture=item.capture)
    rig.happens(ev.EvidenceReceived(evidence=stored), HandedOver())
    rig.settle(lambda: "SHA-256 00000000…0000 · SM3" in pane.accessibleName(), "the digests")
