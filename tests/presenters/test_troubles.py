"""When things go wrong: the picture stops, uploads wait, the desk died; each is told and nothing is lost."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from console.contract.control import PhoneStatus
from console.contract.observation import SentenceShown
from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.evidence import Custody, Slot
from console.domain.ids import CallId, EvidenceId
from console.usecases.facts import (
    ConnectionChanged,
    ConnectionStage,
    DeskRecovered,
    EvidenceRecovered,
    PhoneReported,
)
from console.usecases.remembered import BOOKMARK
from tests.fakes import NOW, SEAT
from tests.presenters.rig import CALL, CTRL, INCIDENT, SHIFT, Rig
from tests.presenters.story import in_call, second_call
from tests.presenters.test_video_and_evidence import live
from tests.unit.domain.builders import PARTY_A
from widgets.evidence_strip import EvidenceStrip
from widgets.notes import NotesPanel
from widgets.outbox_view import OutboxView
from widgets.reconnect_panel import ReconnectPanel
from widgets.top_bar import TopBar
from widgets.video_keys import VideoKeys
from widgets.video_pane import VideoPane


def stopped(rig: Rig, age_s: float = 7.4) -> ReconnectPanel:
    """The newest picture is that old; the panel tells of it."""
    rig.media.picture = b"jpeg"
    rig.paint(3, age_s=age_s)
    rig.settle(lambda: rig.one(VideoPane).age.freshness == "stale", "the picture to be old")
    rig.main.tick()
    return rig.one(ReconnectPanel)


def test_a_call_starts_blurred_and_b_clears_it_for_this_call_only(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    pane = rig.one(VideoPane)
    assert pane.blurred
    assert "已模糊" in pane.accessibleName()
    walk = []
    for _ in range(3):
        rig.press(Qt.Key.Key_B)
        walk.append(pane.blurred)
    assert walk == [False, True, False]
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    other = CallId("other")
    answered = ev.CallAnswered(seat=SEAT, user_id=rig.desk.session.user.id, user_name="示例安")
    rig.happens(second_call(other), answered, call_id=other)
    rig.settle(lambda: pane.blurred, "the next call to start blurred")


def test_b_is_a_letter_where_somebody_writes(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("b")
    assert rig.one(NotesPanel).note.toPlainText() == "b"
    assert rig.one(VideoPane).blurred


def test_while_the_picture_is_old_only_f8_takes_one(rig: Rig) -> None:
    in_call(rig)
    stopped(rig)
    keys = rig.one(VideoKeys)
    assert not keys.button("snapshot").isEnabled()
    assert "画面陈旧" in keys.button("snapshot").words
    rig.press(Qt.Key.Key_F7)
    rig.idle()
    assert rig.vault.stored == {}
    rig.press(Qt.Key.Key_4, CTRL)
    rig.press(Qt.Key.Key_F8)
    rig.settle(lambda: rig.vault.stored, "the picture from before the break")
    rig.idle()
    assert rig.media.recalled == 1


def test_the_panel_says_how_long_why_and_what_is_tried(rig: Rig) -> None:
    in_call(rig)
    status = PhoneStatus(battery=5, network="4g", facing="environment", visible=True)
    rig.publish(PhoneReported(call_id=CALL, status=status))
    stage = ConnectionStage.REOFFERED
    rig.publish(
        ConnectionChanged(call_id=CALL, attempt=1, stage=stage, since=NOW, reason="connection-failed")
    )
    rig.idle()
    panel = stopped(rig)
    said = rig.words(panel)
    for words in ("画面已停 7 秒", "与手机的连接断了", "电量 5%", "网络 4g", "第 2 次 · 进行中"):
        assert words in said
    assert rig.one(VideoPane).hasFocus()
    assert rig.one(VideoPane).rect().contains(panel.geometry())
    rig.press(Qt.Key.Key_Escape)
    assert "与手机的连接断了" not in rig.words(panel)
    assert "画面已停" in rig.words(panel)
    rig.paint(4)
    rig.settle(panel.isHidden, "the panel to go with the first new picture")


def test_the_lamp_opens_the_outbox_and_it_follows_every_item(rig: Rig) -> None:
    in_call(rig)
    live(rig)
    rig.press(Qt.Key.Key_Space)
    rig.settle(lambda: rig.store.local_items, "the item")
    rig.idle()
    rig.one(TopBar).lamp_opened.emit("outbox")
    view = rig.one(OutboxView)
    assert view.model().rowCount() == 1
    (item,) = rig.store.local_items.values()
    assert item.custody is Custody.CAPTURED
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("安全防护")
    assert "本机已存" in spoken
    rig.one(TopBar).lamp_opened.emit("outbox")
    assert not any(view.isVisible() for view in rig.window.findChildren(OutboxView))


def test_where_work_stands_is_on_disk_and_gone_after_the_call(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_BracketRight)
    rig.idle()
    mark = json.loads(rig.drafts.notes[BOOKMARK])
    assert (mark["incident_id"], mark["slot"]) == (INCIDENT, Slot.LOCATION_LANDMARK)
    rig.clock.advance(11)
    rig.main.tick()
    rig.idle()
    assert json.loads(rig.drafts.notes[BOOKMARK])["at"] > mark["at"]
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    assert rig.drafts.notes[BOOKMARK] == ""


@pytest.mark.parametrize(
    ("found", "lost", "words"),
    [
        (EvidenceRecovered(waiting=0, discarded=0), 0, "已恢复到 14:32:07, 无缺失。"),
        (EvidenceRecovered(waiting=0, discarded=1), 0, "缺 1 项: 1 张没写完的图,请重拍"),
        (EvidenceRecovered(waiting=0, discarded=0, corrupt=(EvidenceId("x"),)), 2, "2 项写下的内容读不出"),
    ],
)
def test_a_desk_that_died_comes_back_to_case_and_slot_and_says_what_is_missing(
    rig: Rig, found: EvidenceRecovered, lost: int, words: str
) -> None:
    at = NOW.replace(minute=32, second=7)
    rig.publish(found)
    rig.publish(DeskRecovered(incident_id=INCIDENT, slot=Slot.PLATE_B, at=at, drafts_lost=lost))
    rig.idle()
    assert not any("已恢复" in said.text for said in rig.of(SentenceShown))
    in_call(rig)
    assert rig.one(EvidenceStrip).current_key() == Slot.PLATE_B
    assert any(words in " ".join(said.text.split()) for said in rig.of(SentenceShown))


def test_an_input_method_that_composes_is_left_alone(rig: Rig) -> None:
    """A ring, a drop, a result and a refusal come while somebody composes; text and focus stay."""
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    note = rig.one(NotesPanel).note
    rig.write("abc")
    QApplication.sendEvent(note, QInputMethodEvent("kuai chu", []))
    other = CallId("other")
    rig.happens(second_call(other), ev.CallRang(seat=SEAT), call_id=other)
    rig.publish(ConnectionChanged(call_id=CALL, attempt=1, stage=ConnectionStage.STALE, since=NOW))
    rig.happens(ev.NotesWritten(text="abc"), ev.OfficerRequested(party_id=PARTY_A))
    rig.main.say("said")
    stopped(rig)
    rig.press(Qt.Key.Key_L, CTRL | SHIFT)
    rig.idle()
    assert QApplication.focusWidget() is note
    assert note.textCursor().block().layout().preeditAreaText() == "kuai chu"
    assert note.toPlainText() == "abc"
    done = QInputMethodEvent()
    done.setCommitString("快处")
    QApplication.sendEvent(note, done)
    assert note.toPlainText() == "abc快处"
    assert rig.asked("dispatch") == rig.asked("evacuate") == []


def test_ctrl_r_sends_the_way_back_and_says_so(rig: Rig) -> None:
    rig.press(Qt.Key.Key_R, CTRL)
    assert "没有通话" in rig.words(rig.main.window)
    in_call(rig)
    rig.press(Qt.Key.Key_R, CTRL)
    assert rig.until_asked("tell_to_resume") == [CALL]
    rig.settle(lambda: "续接短信已交发" in rig.words(rig.main.window), "the word that it went out")
    rig.service.trouble["tell_to_resume"].append(DomainError("told-just-now", seconds=12))
    rig.press(Qt.Key.Key_R, CTRL)
    rig.settle(lambda: "请等 12 秒再发" in rig.words(rig.main.window), "the refusal")
