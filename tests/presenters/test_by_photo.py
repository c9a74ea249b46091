"""Ctrl+L: photos and words over the service, while the picture stands still or never came."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from console.contract.by_photo_api import AskPhoto
from console.domain import events as ev
from console.domain.by_photo import PartyWrote, PhotoAsked
from console.domain.evidence import Slot
from console.domain.ids import EvidenceId
from tests.presenters.rig import CALL, CTRL, Rig
from tests.presenters.story import PICTURE, in_call
from tests.unit.domain.builders import evidence
from widgets.evidence_strip import EvidenceStrip
from widgets.photo_panel import PhotoPanel


def asked(rig: Rig) -> AskPhoto:
    """The newest request."""
    request = rig.asked("ask_photo")[-1]
    assert isinstance(request, AskPhoto)
    return request


def test_a_photo_is_asked_for_slot_by_slot_without_any_picture(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_L, CTRL)
    panel = rig.one(PhotoPanel)
    assert panel.field.hasFocus()
    rig.press(Qt.Key.Key_Return)
    rig.until_asked("ask_photo")
    first = asked(rig)
    assert (first.slot, first.text) == (Slot.SAFETY, "请打开双闪,把三角警告牌放到车后 50–100 米,让我看到它。")
    rig.happens(PhotoAsked(request_id=first.request_id, slot=first.slot, text=first.text))
    assert "等照片" in rig.words(panel)
    rig.service.evidence[EvidenceId(first.request_id)] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=replace(evidence(first.slot), id=first.request_id)))
    assert "照片到了:安全防护" in rig.words(rig.window)
    assert rig.one(EvidenceStrip).current_key() == Slot.LOCATION_LANDMARK.value
    assert "下一张:方位地标" in rig.words(panel)
    rig.write("sign here")
    rig.press(Qt.Key.Key_Return)
    rig.until_asked("ask_photo", 2)
    assert (asked(rig).slot, asked(rig).text) == (Slot.LOCATION_LANDMARK, "sign here")
    rig.settle(lambda: panel.field.text() == "", "the line to be sent")


def test_what_the_party_writes_is_told_and_stays_plain(rig: Rig) -> None:
    in_call(rig)
    rig.happens(PartyWrote(text="<b>车动不了</b>"))
    assert "对方写来文字" in rig.words(rig.window)
    rig.press(Qt.Key.Key_L, CTRL)
    assert "对方:<b>车动不了</b>" in rig.one(PhotoPanel).log.toPlainText()


def test_putting_it_away_ends_the_asking(rig: Rig) -> None:
    rig.press(Qt.Key.Key_L, CTRL)
    assert "通话中才能" in rig.words(rig.window)
    in_call(rig)
    rig.press(Qt.Key.Key_L, CTRL)
    rig.press(Qt.Key.Key_L, CTRL)
    assert rig.asked("end_photos") == []
    rig.happens(PhotoAsked(request_id=EvidenceId("0" * 32), slot=Slot.PLATE_A, text="拍"))
    rig.press(Qt.Key.Key_L, CTRL)
    rig.press(Qt.Key.Key_L, CTRL)
    assert rig.until_asked("end_photos") == [CALL]
    rig.happens(ev.CallHungUp(by="desk"))
    assert not rig.window.findChildren(PhotoPanel) or rig.main.window.sheet == ""
