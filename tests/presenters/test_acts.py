"""Acts that cannot be taken back: twice by key, once sent, and said when they cannot be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.contract.desk_api import DispatchPolice, HandOver, Role, SendEvacuationNotice
from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.party import Consent, ConsentItem, ConsentWay, PartyDetails
from console.domain.posts import HandedOver
from console.domain.triage import Answer, TriageFact
from tests.presenters.rig import CALL, CTRL, SHIFT, Rig
from tests.presenters.story import all_evidence, all_facts, in_another_call, in_call, second_party
from tests.unit.domain.builders import PARTY_A
from widgets.case_bar import CaseBar
from widgets.dispatch_panel import DispatchPanel
from widgets.evacuation_panel import EvacuationPanel
from widgets.hand_over_panel import HandOverPanel
from widgets.notes import NotesPanel


def complete(rig: Rig) -> None:
    """A call in which all is asked and photographed."""
    in_call(rig)
    rig.happens(second_party(), *all_facts(), *all_evidence(rig))


def dispatch_panel(rig: Rig) -> DispatchPanel:
    (found,) = rig.window.findChildren(DispatchPanel)
    return found


def test_f9_twice_pushes_the_notice_once(rig: Rig) -> None:
    complete(rig)
    rig.one(EvacuationPanel).destination.setFocus()
    rig.write("P1")
    for _ in range(2):
        rig.press(Qt.Key.Key_F9)
    (notice,) = rig.until_asked("evacuate")
    assert isinstance(notice, SendEvacuationNotice)
    assert notice.destination == "P1"
    assert "可以撤离" in notice.text
    rig.idle()
    assert len(rig.asked("evacuate")) == 1


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, CTRL),
    ],
)
def test_any_other_key_cancels_an_armed_act(rig: Rig, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    complete(rig)
    rig.press(Qt.Key.Key_F9)
    assert rig.one(EvacuationPanel).button.armed
    rig.press(key, modifiers)
    assert not rig.one(EvacuationPanel).button.armed
    rig.press(Qt.Key.Key_F9)
    rig.idle()
    assert rig.asked("evacuate") == []


def test_evacuation_waits_for_the_evidence_and_names_it(rig: Rig) -> None:
    in_call(rig)
    for _ in range(2):
        rig.press(Qt.Key.Key_F9)
    rig.idle()
    assert rig.asked("evacuate") == []
    assert "证据未齐" in rig.one(EvacuationPanel).button.words
    assert "安全防护" in rig.one(EvacuationPanel).button.accessibleDescription()


def test_f12_twice_sends_the_police_for_the_reason_that_the_facts_name(rig: Rig) -> None:
    in_call(rig)
    rig.happens(ev.TriageFactStated(fact=TriageFact.FACILITY_HIT, answer=Answer.YES))
    rig.press(Qt.Key.Key_4, CTRL)
    rig.press(Qt.Key.Key_F12)
    assert rig.one(DispatchPanel).chosen == "article-14"
    rig.press(Qt.Key.Key_F12)
    (request,) = rig.until_asked("dispatch")
    assert request == DispatchPolice(reason="article-14", note="")
    assert not dispatch_panel(rig).isVisible()
    assert QApplication.focusWidget() is rig.one(NotesPanel).note
    rig.happens(ev.PoliceDispatched(reason="article-14", note=""))
    rig.press(Qt.Key.Key_F12)
    assert not dispatch_panel(rig).isVisible()


def test_the_police_go_for_any_partys_wish(rig: Rig) -> None:
    """No fact names a reason: F12, a digit, F12."""
    in_call(rig)
    rig.press(Qt.Key.Key_F12)
    assert rig.one(DispatchPanel).chosen == ""
    rig.press(Qt.Key.Key_F12)
    rig.press(Qt.Key.Key_5)
    assert rig.one(DispatchPanel).chosen == "party-request"
    rig.press(Qt.Key.Key_F12)
    assert rig.until_asked("dispatch") == [DispatchPolice(reason="party-request", note="")]


def test_esc_leaves_the_reasons_without_sending(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_F12)
    rig.press(Qt.Key.Key_1)
    rig.press(Qt.Key.Key_Escape)
    assert not dispatch_panel(rig).isVisible()
    rig.press(Qt.Key.Key_F12)
    assert rig.one(DispatchPanel).chosen == ""
    rig.idle()
    assert rig.asked("dispatch") == []


def test_hand_over_delivers_what_was_typed_first(rig: Rig) -> None:
    complete(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("note")
    rig.press(Qt.Key.Key_Return, CTRL)
    rig.press(Qt.Key.Key_Return, CTRL)
    assert rig.until_asked("hand_over") == [HandOver(note="", gaps_reason="")]
    order = [name for name, _ in rig.service.asked if name in {"write_notes", "hand_over"}]
    assert order == ["write_notes", "hand_over"]
    rig.happens(HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")


def test_a_complete_case_is_read_through_before_it_goes(rig: Rig) -> None:
    """Who holds both posts hands over to nobody: the sheet says what is there and who said what."""
    complete(rig)
    spoken = PartyDetails(statement="我停着等红灯,\n后面的车撞上来。")
    agreed = Consent(
        item=ConsentItem.E_SERVICE, given=True, wording="2026-11", way=ConsentWay.PAGE, at=rig.clock.now()
    )
    rig.happens(
        ev.PartyDetailsStated(party_id=PARTY_A, details=spoken),
        ev.ConsentRecorded(party_id=PARTY_A, consent=agreed),
    )
    rig.press(Qt.Key.Key_Return, CTRL)
    sheet = rig.one(HandOverPanel)
    assert sheet.note.hasFocus()
    assert sheet.button.accessibleName().startswith("通读完毕,去定责")
    said = rig.words(sheet)
    assert "甲:我停着等红灯, 后面的车撞上来。;同意:电子送达" in said
    assert "乙:没有陈述" in said
    rig.idle()
    assert rig.asked("hand_over") == [], "read first"
    rig.write("rain")
    rig.press(Qt.Key.Key_Return, CTRL)
    assert rig.until_asked("hand_over") == [HandOver(note="rain", gaps_reason="")]


def test_who_only_collects_hands_over(app: QApplication) -> None:
    taker = Rig(app, (Role.CALL_TAKER,))
    taker.open()
    try:
        complete(taker)
        taker.press(Qt.Key.Key_Return, CTRL)
        assert taker.one(HandOverPanel).button.accessibleName().startswith("移交定责")
    finally:
        taker.close()


def test_a_hand_over_that_lacks_something_names_it(rig: Rig) -> None:
    complete(rig)
    refusal = DomainError("evidence-incomplete", slots="plate-a both-in-frame")
    rig.service.trouble["hand_over"].append(refusal)
    rig.press(Qt.Key.Key_Return, CTRL)
    rig.press(Qt.Key.Key_Return, CTRL)
    notice = rig.main.window.notice
    rig.settle(lambda: "号牌 甲、双方同框" in notice.accessibleName(), "the words")
    assert notice.isVisible()
    assert rig.main.window.page == "call"


def test_the_call_ends_at_the_second_press_and_the_case_stays(rig: Rig) -> None:
    complete(rig)
    rig.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert rig.one(CaseBar).end_button.armed
    rig.idle()
    assert rig.asked("hang_up") == []
    rig.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert rig.until_asked("hang_up") == [CALL]
    rig.happens(ev.CallHungUp(by="desk"))
    assert rig.main.window.page == "call"
    assert rig.one(CaseBar).isVisible()


def test_nothing_of_one_case_is_left_for_the_next(rig: Rig) -> None:
    complete(rig)
    rig.one(EvacuationPanel).destination.setFocus()
    rig.write("P1")
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    rig.settle(lambda: rig.main.window.page == "idle", "the idle page")
    in_another_call(rig)
    assert rig.one(EvacuationPanel).destination.text() == ""


def test_a_case_with_gaps_goes_with_a_reason_that_the_officer_reads(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party(), *all_facts())
    rig.press(Qt.Key.Key_Return, CTRL)
    sheet = rig.one(HandOverPanel)
    assert sheet.reason.hasFocus()
    assert "还缺:" in rig.words(sheet)
    rig.press(Qt.Key.Key_Return, CTRL)
    rig.idle()
    assert rig.asked("hand_over") == []
    rig.write("dark")
    rig.press(Qt.Key.Key_Return, CTRL)
    assert rig.until_asked("hand_over") == [HandOver(note="", gaps_reason="dark")]
    rig.idle()
    assert sheet.isHidden()
    rig.happens(HandedOver(note="快", gaps_reason="天黑"))
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    rig.main.tick()
    words = rig.words(rig.window)
    assert "移交时缺:" in words
    assert "理由:天黑" in words
    assert "接警岗" in words


def test_an_open_row_of_triage_is_not_excused(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party(), *all_evidence(rig))
    rig.press(Qt.Key.Key_Return, CTRL)
    sheet = rig.one(HandOverPanel)
    assert "适用性未确认" in rig.words(sheet)
    rig.write("why")
    rig.press(Qt.Key.Key_Return, CTRL)
    rig.idle()
    assert rig.asked("hand_over") == []
    rig.happens(*all_facts())
    rig.press(Qt.Key.Key_Escape)
    assert sheet.isHidden()
