"""The picture and what is taken from it: painted as written, taken once, and honest about where it lies."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.contract.codec import decode, encode
from console.contract.control import Acknowledge, FromPhone, Guide, RequestStill, ToPhone
from console.contract.media import ControlReceived
from console.contract.observation import BadgeShown, CustodyShown, FramePainted
from console.domain import events as ev
from console.domain.evidence import CaptureSource, Custody, Slot
from console.domain.ids import EvidenceId
from console.usecases.facts import CustodyChanged
from tests.presenters.rig import CALL, CTRL, INCIDENT, Rig, jpeg
from tests.presenters.story import PICTURE, all_evidence, in_call
from tests.unit.domain.builders import PARTY_A, evidence
from widgets.button import DeskButton
from widgets.evidence_strip import EvidenceStrip, SlotRow
from widgets.keyed_model import ROW_ROLE
from widgets.notes import NotesPanel
from widgets.script_line import ScriptLine
from widgets.video_keys import VideoKeys
from widgets.video_pane import VideoPane


def snapshot_button(rig: Rig) -> DeskButton:
    return rig.one(VideoKeys).button("snapshot")


def slot_row(rig: Rig, slot: Slot) -> SlotRow:
    model = rig.one(EvidenceStrip).model()
    rows: list[SlotRow] = [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]
    return next(row for row in rows if row.key == slot.value)


def is_painted(rig: Rig, mark: int) -> bool:
    return mark in {shown.mark for shown in rig.of(FramePainted)}


def live(rig: Rig, mark: int = 7) -> None:
    """Have a fresh picture on the screen and its bytes ready to be taken."""
    rig.media.picture = jpeg()
    rig.paint(mark)
    rig.settle(lambda: rig.one(VideoPane).age.snapshot, "a fresh picture")


def test_what_is_written_is_painted_and_its_mark_is_read(rig: Rig) -> None:
    in_call(rig)
    for mark in (1, 2, 4_000_000_001):
        rig.paint(mark)
        rig.settle(partial(is_painted, rig, mark), "the mark on the screen")
    assert (rig.of(FramePainted)[-1].width, rig.of(FramePainted)[-1].height) == (1280, 720)


def test_a_slow_window_has_one_wake_up_waiting(rig: Rig) -> None:
    """The writer wakes the window once; it then paints the newest picture, not all of them."""
    in_call(rig)
    woken = sum(rig.paint(mark) for mark in range(1, 51))
    assert woken == 1
    rig.settle(lambda: [shown.mark for shown in rig.of(FramePainted)] == [50], "the newest picture")
    assert rig.paint(51)


def test_no_picture_of_a_call_that_is_over(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.happens(ev.CallHungUp(by="desk"))
    assert rig.one(VideoPane).frame is None
    rig.paint(8)
    rig.idle()
    assert rig.one(VideoPane).frame is None


def test_space_takes_one_picture_into_the_current_slot(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    assert rig.one(EvidenceStrip).current_key() == Slot.SAFETY.value
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: rig.store.local_items, "the item")
    rig.idle()
    (item,) = rig.store.local_items.values()
    assert (item.capture.slot, item.capture.call_id, item.capture.party_id) == (Slot.SAFETY, CALL, None)
    assert list(rig.vault.stored.values()) == [rig.media.picture]


def test_a_slot_of_one_party_names_the_party(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.one(EvidenceStrip).set_current(Slot.PLATE_A.value)
    rig.press(Qt.Key.Key_F7)
    rig.settle(lambda: rig.store.local_items, "the item")
    (item,) = rig.store.local_items.values()
    assert (item.capture.slot, item.capture.party_id) == (Slot.PLATE_A, PARTY_A)
    rig.idle()


def test_f7_takes_a_picture_while_somebody_writes(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("writing ")
    rig.press(Qt.Key.Key_F7)
    rig.settle(lambda: rig.store.local_items, "the item")
    rig.write("on")
    assert rig.one(NotesPanel).note.toPlainText() == "writing on"
    rig.idle()


@pytest.mark.parametrize(("age_s", "words"), [(None, "还没有画面"), (2.0, "画面陈旧")])
def test_no_picture_is_taken_from_what_is_not_live(rig: Rig, age_s: float | None, words: str) -> None:
    in_call(rig)
    rig.media.picture = jpeg()
    if age_s is not None:
        rig.paint(3, age_s=age_s)
        rig.settle(lambda: rig.of(BadgeShown)[-1:] and rig.of(BadgeShown)[-1].state == "stale", "stale")
    assert words in snapshot_button(rig).words
    assert not snapshot_button(rig).isEnabled()
    rig.press(Qt.Key.Key_Space)
    rig.press(Qt.Key.Key_F7)
    rig.idle()
    assert rig.vault.stored == {}


def test_a_picture_that_grows_old_blocks_by_itself(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    assert snapshot_button(rig).isEnabled()
    began = time.monotonic()
    rig.settle(lambda: not snapshot_button(rig).isEnabled(), "the block")
    assert 1.2 < time.monotonic() - began < 3.0


def test_a_failed_picture_is_said_and_the_next_works(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.media.picture = None
    rig.press(Qt.Key.Key_Space)
    rig.settle(rig.main.window.notice.isVisible, "the words")
    assert "不能抓拍" in rig.main.window.notice.accessibleName()
    live(rig, 9)
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: rig.store.local_items, "the item")
    rig.idle()


def test_the_strip_goes_on_to_the_next_missing_slot(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    strip = rig.one(EvidenceStrip)
    rig.press(Qt.Key.Key_BracketRight)
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: strip.current_key() == Slot.FRONT_PANORAMA.value, "the next slot, not the first")


def test_the_strip_stays_while_somebody_is_in_it(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.press(Qt.Key.Key_F6)
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: rig.store.local_items, "the item")
    rig.idle()
    assert rig.one(EvidenceStrip).current_key() == Slot.SAFETY.value


def test_the_strip_tells_where_each_picture_lies(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: rig.store.local_items, "the item")
    rig.idle()
    (item,) = rig.store.local_items.values()
    told = []
    for custody in (Custody.QUEUED, Custody.UPLOADING, Custody.RECEIVED, Custody.VERIFIED):
        told.append(slot_row(rig, Slot.SAFETY).custody_text)
        rig.publish(
            CustodyChanged(
                evidence_id=item.evidence_id,
                incident_id=INCIDENT,
                capture=item.capture,
                custody=custody,
            )
        )
        rig.idle()
    told.append(slot_row(rig, Slot.SAFETY).custody_text)
    assert told == ["本机", "待上传", "上传中", "已收", "已核"]
    assert [shown.custody for shown in rig.of(CustodyShown)] == [
        "captured",
        "queued",
        "uploading",
        "received",
        "verified",
    ]
    rig.settle(lambda: slot_row(rig, Slot.SAFETY).thumbnail is not None, "the thumbnail")


@pytest.mark.parametrize(
    ("custody", "word", "lamp"),
    [
        (Custody.RETRY_LATER, "重试", "1 待发"),
        (Custody.REJECTED, "被退回", "1 项要看"),
        (Custody.CORRUPT, "摘要不符", "1 项要看"),
    ],
)
def test_a_picture_in_trouble_is_named(rig: Rig, custody: Custody, word: str, lamp: str) -> None:
    in_call(rig)
    rig.vault.stored[EvidenceId("one")] = jpeg()
    rig.publish(
        CustodyChanged(
            evidence_id=EvidenceId("one"),
            incident_id=INCIDENT,
            capture=evidence(Slot.PLATE_A).capture,
            custody=custody,
        )
    )
    rig.idle()
    assert slot_row(rig, Slot.PLATE_A).custody_text == word
    assert lamp in [shown.text for shown in rig.lamps("outbox")]
    rig.settle(lambda: slot_row(rig, Slot.PLATE_A).thumbnail is not None, "the thumbnail")


def test_enter_pushes_the_line_of_the_current_slot(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_BracketRight)
    rig.press(Qt.Key.Key_Return)
    rig.settle(lambda: not rig.media.controls.empty(), "the message to the phone")
    message: Guide = decode(Guide, rig.media.controls.get_nowait())
    assert message.slot is Slot.LOCATION_LANDMARK
    assert "路牌" in message.text
    assert (message.done, message.required) == (0, 14)
    line = " ".join(label.text() for label in rig.one(ScriptLine).findChildren(QLabel))
    assert "路牌" in line
    assert "已发往手机" in line


def acknowledged(message_id: str) -> str:
    return encode(Acknowledge(id=message_id, ok=True), FromPhone).decode()


def test_one_still_at_a_time_is_asked_for(rig: Rig) -> None:
    in_call(rig)
    for _ in range(3):
        rig.press(Qt.Key.Key_F7, CTRL)
    rig.settle(lambda: not rig.media.controls.empty(), "the message to the phone")
    button = rig.one(VideoKeys).button("still")
    rig.settle(lambda: not button.isEnabled(), "the button waits")
    assert "正在取" in button.words
    asked: RequestStill = decode(RequestStill, rig.media.controls.get_nowait())
    rig.says(ControlReceived(call_id=CALL, attempt=1, text=acknowledged(asked.id)))
    item = evidence(Slot.SAFETY)
    still = replace(
        item, id=EvidenceId(asked.id), capture=replace(item.capture, source=CaptureSource.PHONE_STILL)
    )
    rig.service.evidence[still.id] = jpeg()
    rig.happens(ev.EvidenceReceived(evidence=still))
    rig.settle(button.isEnabled, "the next still may be asked for")
    more = [decode(ToPhone, rig.media.controls.get_nowait()) for _ in range(rig.media.controls.qsize())]
    assert not [message for message in more if isinstance(message, RequestStill)]


def test_f4_mutes(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_F4)
    rig.settle(lambda: rig.store.muted, "silence")
    rig.settle(lambda: "已开" in rig.one(VideoKeys).button("mute").accessibleName(), "the word on the button")
    rig.press(Qt.Key.Key_F4)
    rig.settle(lambda: not rig.store.muted, "the microphone")


def test_thumbnails_start_blurred_and_clear_with_the_picture(rig: Rig) -> None:
    in_call(rig)
    rig.happens(*all_evidence(rig))
    strip = rig.one(EvidenceStrip)
    rig.settle(lambda: any(row.thumbnail for row in strip.rows()), "a thumbnail")
    assert is_blurred(strip)
    rig.press(Qt.Key.Key_B)
    assert not is_blurred(strip)
    rig.press(Qt.Key.Key_B)
    assert is_blurred(strip)


def is_blurred(strip: EvidenceStrip) -> bool:
    """Whether the first thumbnail is shown otherwise than it is."""
    row = next(row for row in strip.rows() if row.thumbnail is not None)
    assert row.thumbnail is not None
    return strip.shown(row.picture, row.thumbnail) != row.thumbnail


def test_a_picture_is_called_good_only_after_it_was_looked_at_and_a_bad_one_is_named(rig: Rig) -> None:
    in_call(rig)
    good, bad = evidence(Slot.REAR_PANORAMA), evidence(Slot.FRONT_PANORAMA)
    rig.service.evidence |= {good.id: PICTURE, bad.id: even(40)}
    rig.happens(ev.EvidenceReceived(evidence=good), ev.EvidenceReceived(evidence=bad))
    strip = rig.one(EvidenceStrip)

    def verdicts() -> dict[str, str]:
        return {row.key: row.verdict for row in strip.rows() if row.picture}

    wanted = {Slot.REAR_PANORAMA.value: "ok", Slot.FRONT_PANORAMA.value: "dark"}
    rig.settle(lambda: verdicts() == wanted, "both pictures judged")

    def said(words: str) -> bool:
        return words in rig.words(rig.main.window)

    rig.settle(lambda: said("合格 1") and said("过暗 1"), "the strip's header counts them")
    assert said("建议重拍:前方全景")


def even(luma: int) -> bytes:
    """A JPEG of one grey."""
    content = BytesIO()
    Image.new("L", (640, 360), luma).save(content, "JPEG")
    return content.getvalue()
