"""X: the pictures of a slot below each other, blurred as the video is, those set aside with their reason."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain import events as ev
from console.domain.discarding import DiscardReason, EvidenceDiscarded
from console.domain.evidence import Slot
from console.domain.ids import EvidenceId
from tests.presenters.rig import Rig
from tests.presenters.story import PICTURE, in_call, in_ruling
from tests.unit.domain.builders import at, evidence
from widgets.compare_sheet import CompareSheet
from widgets.evidence_strip import EvidenceStrip
from widgets.picture import Picture
from widgets.video_pane import VideoPane

FIRST = evidence(Slot.PLATE_A)
SECOND = replace(FIRST, id=EvidenceId("second"), capture=replace(FIRST.capture, captured_at=at(30)))


def captions(rig: Rig) -> list[str]:
    """What stands below each picture of the sheet."""
    panes = rig.one(CompareSheet).findChildren(Picture)
    return [pane.accessibleName() for pane in panes if pane.isVisible()]


def open_sheets(rig: Rig) -> int:
    return sum(sheet.isVisible() for sheet in rig.window.findChildren(CompareSheet))


def test_x_shows_every_picture_of_the_slot_and_what_became_of_it(rig: Rig) -> None:
    in_call(rig)
    rig.service.evidence |= {FIRST.id: PICTURE, SECOND.id: PICTURE}
    rig.happens(ev.EvidenceReceived(evidence=FIRST), ev.EvidenceReceived(evidence=SECOND))
    rig.one(EvidenceStrip).set_current(Slot.PLATE_A.value)
    rig.press(Qt.Key.Key_X)
    newest, earlier = captions(rig)
    assert "现在计入" in newest
    assert "较早的一张" in earlier
    rig.happens(EvidenceDiscarded(evidence_id=SECOND.id, reason=DiscardReason.DUPLICATE))
    rig.settle(lambda: "弃用:重复" in captions(rig)[0], "the reason")
    assert "现在计入" in captions(rig)[1]
    rig.idle()
    blurred = rig.one(CompareSheet).grab().toImage()
    rig.press(Qt.Key.Key_B)
    rig.idle()
    assert rig.one(CompareSheet).grab().toImage() != blurred
    rig.press(Qt.Key.Key_X)
    assert open_sheets(rig) == 0


def test_the_sheet_follows_the_slot_and_says_when_there_is_nothing(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_X)
    assert "还没有图可比较" in rig.words(rig.main.window)
    assert open_sheets(rig) == 0
    rig.service.evidence[FIRST.id] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=FIRST))
    rig.one(EvidenceStrip).set_current(Slot.PLATE_A.value)
    rig.press(Qt.Key.Key_X)
    assert len(captions(rig)) == 1
    rig.one(EvidenceStrip).set_current(Slot.PLATE_B.value)
    rig.settle(lambda: captions(rig) == [], "nothing of the other slot")
    rig.idle()


def test_z_enlarges_the_same_part_of_every_picture_that_is_compared(rig: Rig) -> None:
    in_call(rig)
    rig.service.evidence[FIRST.id] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=FIRST))
    rig.one(EvidenceStrip).set_current(Slot.PLATE_A.value)
    rig.press(Qt.Key.Key_X)
    rig.idle()
    whole = rig.one(CompareSheet).grab().toImage()
    rig.press(Qt.Key.Key_Z)
    assert not rig.one(VideoPane).magnified
    assert all("已放大" in said for said in captions(rig))
    assert rig.one(CompareSheet).grab().toImage() != whole
    rig.press(Qt.Key.Key_Z)
    assert rig.one(CompareSheet).grab().toImage() == whole
    rig.press(Qt.Key.Key_X)
    rig.press(Qt.Key.Key_Z)
    assert rig.one(VideoPane).magnified


def test_z_enlarges_the_picture_that_the_officer_looks_at(rig: Rig) -> None:
    in_ruling(rig)
    rig.one(EvidenceStrip).setFocus()
    picture = rig.one(Picture)
    rig.settle(picture.accessibleName, "the picture")
    rig.press(Qt.Key.Key_Z)
    assert picture.magnified
    QTest.mouseMove(picture, picture.rect().center())
    rig.press(Qt.Key.Key_Right)
    rig.idle()
    assert picture.magnified
    rig.press(Qt.Key.Key_Z)
    assert not picture.magnified
