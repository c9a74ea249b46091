"""Triage, parties, notes: one key an answer, nothing typed is lost or overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from console.contract.desk_api import JoinParty
from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.local_finding import LocalFinding, LocalRuleApplied
from console.domain.local_rule import Unmet
from console.domain.party import PartyDetails
from console.domain.place import PlaceDescribed
from console.domain.triage import Answer, TriageFact, asked
from console.usecases.edits import NOTES
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import in_call, incident, second_party
from tests.unit.domain.builders import PARTY_A, PARTY_B, party
from widgets.case_bar import CaseBar
from widgets.evacuation_panel import EvacuationPanel
from widgets.keyed_model import ROW_ROLE
from widgets.notes import NotesPanel
from widgets.party_panel import PartyPanel
from widgets.place_panel import PlacePanel
from widgets.special_line import SpecialLine
from widgets.triage_rows import TriageRow, TriageRows


def triage_rows(rig: Rig) -> list[TriageRow]:
    model = rig.one(TriageRows).table.model()
    return [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]


def field(rig: Rig, letter: str, name: str) -> QLineEdit:
    fields = rig.window.findChildren(QLineEdit)
    return next(one for one in fields if one.accessibleName() == f"{letter} {name}")


def enter(rig: Rig, letter: str, name: str) -> QLineEdit:
    """Go to a party's field: the keyboard in the party's panel makes it a form."""
    target = field(rig, letter, name)
    if not target.isVisible():
        panels = [panel for panel in rig.window.findChildren(PartyPanel) if panel.isAncestorOf(target)]
        panels[0].setFocus()
        rig.app.processEvents()
    target.setFocus()
    rig.app.processEvents()
    assert QApplication.focusWidget() is target
    return target


def stated(rig: Rig) -> list[tuple[str, PartyDetails]]:
    return [pair for pair in rig.asked("state_details") if isinstance(pair, tuple)]


def test_one_press_a_row_answers_every_row(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_3, CTRL)
    for _ in asked({}):
        rig.press(Qt.Key.Key_1)
    rig.until_asked("state_fact", len(asked({})))
    assert rig.asked("state_fact") == [(fact, Answer.NO) for fact in asked({})]
    rig.idle()
    assert [row.answered for row in triage_rows(rig)] == ["no"] * len(asked({}))


def special(rig: Rig, fact: TriageFact) -> SpecialLine:
    """Choose a special circumstance as the arrow keys or the mouse do."""
    (line,) = rig.window.findChildren(SpecialLine)
    if not line.isVisible():
        rig.one(TriageRows).more.click()
    assert line.choice.hasFocus()
    at = line.choice.findData(fact.value)
    line.choice.setCurrentIndex(at)
    line.choice.activated.emit(at)
    rig.settle(lambda: line.button.armed, "the button asks for the second press")
    return line


@pytest.mark.parametrize(
    ("fact", "chip"),
    [
        (TriageFact.OVERLOADED_TRANSPORT, "第13条"),
        (TriageFact.INTENT, "第13条"),
        (TriageFact.BOTH_LEFT, "第18条"),
        (TriageFact.NO_DISPUTE, "自行协商"),
    ],
)
def test_one_choice_and_a_second_press_change_the_script_and_back(
    rig: Rig, fact: TriageFact, chip: str
) -> None:
    in_call(rig)
    line = special(rig, fact)
    rig.idle()
    assert rig.asked("state_fact") == [], "a choice alone changes nothing"
    rig.press(Qt.Key.Key_Return)
    assert rig.until_asked("state_fact") == [(fact, Answer.YES)]
    rig.happens(ev.TriageFactStated(fact=fact, answer=Answer.YES))
    rig.settle(lambda: chip in rig.words(rig.one(CaseBar)), "the chip")
    assert line.choice.findData(fact.value) == -1, "it stands among the rows now"
    assert triage_rows(rig)[-1].key == fact.value
    rig.press(Qt.Key.Key_3, CTRL)
    rig.one(TriageRows).table.selectRow(len(triage_rows(rig)) - 1)
    rig.press(Qt.Key.Key_1)
    assert rig.until_asked("state_fact", 2)[-1] == (fact, Answer.NO)
    rig.happens(ev.TriageFactStated(fact=fact, answer=Answer.NO))
    rig.settle(lambda: "第19条" in rig.words(rig.one(CaseBar)), "the chip as before")
    assert line.choice.findData(fact.value) > 0


def test_any_other_key_takes_the_choice_back(rig: Rig) -> None:
    in_call(rig)
    line = special(rig, TriageFact.INTENT)
    rig.press(Qt.Key.Key_Escape)
    assert not line.button.armed
    assert not line.isVisible()
    rig.idle()
    assert rig.asked("state_fact") == []


def test_a_yes_under_article_13_locks_the_scene(rig: Rig) -> None:
    in_call(rig)
    assert "第19条" in rig.words(rig.one(CaseBar))
    rig.press(Qt.Key.Key_3, CTRL)
    rig.press(Qt.Key.Key_2)
    assert rig.until_asked("state_fact") == [(TriageFact.INJURY, Answer.YES)]
    rig.happens(ev.TriageFactStated(fact=TriageFact.INJURY, answer=Answer.YES))
    assert "第13条 勿动" in rig.words(rig.one(CaseBar))
    for _ in range(2):
        rig.press(Qt.Key.Key_F9)
    rig.idle()
    assert rig.asked("evacuate") == []
    assert "已锁定" in rig.one(EvacuationPanel).button.words
    assert "勿动" in rig.words(rig.one(EvacuationPanel))


def test_an_answer_shows_at_once_and_stays_when_the_service_is_late(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_3, CTRL)
    rig.press(Qt.Key.Key_2)
    rig.settle(lambda: triage_rows(rig)[0].answered == "yes", "the answer")
    assert incident(rig).facts == {}


def test_typing_into_the_second_party_joins_once(rig: Rig) -> None:
    in_call(rig)
    enter(rig, "乙", "姓名")
    rig.write("abc")
    enter(rig, "乙", "号牌")
    rig.write("C9")
    rig.idle()
    (joined,) = rig.until_asked("join_party")
    assert isinstance(joined, JoinParty)
    assert joined.details == PartyDetails(name="a")
    assert stated(rig) == []
    rig.happens(second_party())
    rig.settle(lambda: stated(rig), "the details")
    assert stated(rig)[-1] == (PARTY_B, PartyDetails(name="abc", plate="C9"))
    assert len(rig.asked("join_party")) == 1
    rig.write("8")
    rig.settle(lambda: stated(rig)[-1] == (PARTY_B, PartyDetails(name="abc", plate="C98")), "the last key")
    assert field(rig, "乙", "姓名").text() == "a**"


def test_a_party_that_came_by_itself_keeps_what_it_said(rig: Rig) -> None:
    """Somebody types of the other party while that party joins from its own phone."""
    in_call(rig)
    enter(rig, "乙", "号牌")
    rig.write("C9")
    rig.until_asked("join_party")
    own = replace(party(PARTY_B, "乙"), details=PartyDetails(name="own", plate="X"))
    rig.happens(ev.PartyJoined(party=own))
    rig.settle(lambda: stated(rig), "the details")
    assert stated(rig)[-1] == (PARTY_B, PartyDetails(name="own", plate="C9"))


def test_a_join_that_failed_keeps_what_was_typed_and_is_tried_again(rig: Rig) -> None:
    in_call(rig)
    rig.service.trouble["join_party"].append(DomainError("too-many-requests", retry_after=3))
    enter(rig, "乙", "姓名")
    rig.write("a")
    rig.settle(rig.main.window.notice.isVisible, "the words")
    assert "3 秒" in rig.main.window.notice.accessibleName()
    enter(rig, "乙", "号牌")
    assert field(rig, "乙", "姓名").text() == "a"
    rig.write("C")
    joined = rig.until_asked("join_party", 2)[-1]
    assert isinstance(joined, JoinParty)
    assert joined.details == PartyDetails(name="a", plate="C")


def test_what_was_typed_while_a_join_failed_is_tried_at_once(rig: Rig) -> None:
    """Half a telephone number is refused; the other half has been typed by then."""
    in_call(rig)
    rig.service.trouble["join_party"].append(DomainError("fictional-data-only", field="phone"))
    phone = field(rig, "乙", "电话")
    for text in ("1", "10012345678"):
        phone.setText(text)
        phone.textEdited.emit(text)
    first, second = rig.until_asked("join_party", 2)
    assert isinstance(first, JoinParty)
    assert isinstance(second, JoinParty)
    assert (first.details.phone, second.details.phone) == ("1", "10012345678")


def test_no_key_is_lost_between_two_fields_of_a_party(rig: Rig) -> None:
    """The second field is typed before the first key stroke has come back from the store."""
    in_call(rig)
    first, second = field(rig, "甲", "姓名"), field(rig, "甲", "号牌")
    for letter in "abcd":
        first.setText(first.text() + letter)
        first.textEdited.emit(first.text())
        second.setText(second.text() + letter)
        second.textEdited.emit(second.text())
    rig.settle(lambda: stated(rig), "the details")
    assert stated(rig)[-1] == (PARTY_A, PartyDetails(name="abcd", plate="abcd"))


def test_a_sensitive_field_shows_its_mask_unless_somebody_is_in_it(rig: Rig) -> None:
    in_call(rig)
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_A, details=PartyDetails(phone="10000001234")))
    phone = field(rig, "甲", "电话")
    assert phone.text() == "100****1234"
    enter(rig, "甲", "电话")
    assert phone.text() == "10000001234"
    rig.write("5")
    rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: stated(rig), "the details")
    assert stated(rig)[-1] == (PARTY_A, PartyDetails(phone="100000012345"))
    assert phone.text() == "100****2345"


def test_what_comes_from_elsewhere_never_overwrites_the_field_in_use(rig: Rig) -> None:
    in_call(rig)
    name = enter(rig, "甲", "姓名")
    rig.write("mine")
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_A, details=PartyDetails(name="theirs", plate="P")))
    assert name.text() == "mine"
    rig.press(Qt.Key.Key_5, CTRL)
    rig.press(Qt.Key.Key_Tab)
    rig.write("road")
    rig.happens(PlaceDescribed(road="elsewhere", landmark="pole"))
    assert rig.one(PlacePanel).road.text() == "road"


def test_every_key_of_a_note_is_kept(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("abc")
    rig.settle(lambda: rig.drafts.kept.get((INCIDENT, NOTES)), "the draft on disk")
    rig.settle(lambda: "已存本机" in rig.words(rig.one(NotesPanel)), "the word for it")
    request = rig.until_asked("write_notes")[-1]
    assert getattr(request, "text", "") == "abc"
    rig.happens(ev.NotesWritten(text="abc"))
    rig.settle(lambda: "服务器已收" in rig.words(rig.one(NotesPanel)), "the word for it")
    rig.happens(ev.NotesWritten(text="from another desk"))
    assert rig.one(NotesPanel).note.toPlainText() == "abc"
    rig.press(Qt.Key.Key_Escape)
    rig.happens(ev.NotesWritten(text="from another desk still"))
    assert rig.one(NotesPanel).note.toPlainText() == "from another desk still"


def test_leaving_a_field_sends_it_at_once(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("x")
    rig.press(Qt.Key.Key_Escape)
    rig.idle()
    assert len(rig.asked("write_notes")) == 1


def test_the_local_row_is_answered_by_rule_and_says_why(rig: Rig) -> None:
    in_call(rig)
    finding = LocalFinding(rule="city", name="样例市", version="2026-01-01", unmet=(Unmet.HOURS,))
    rig.happens(LocalRuleApplied(finding=finding))
    row = next(one for one in triage_rows(rig) if one.key == TriageFact.OUTSIDE_LOCAL_RULE)
    assert row.answered == "yes"
    assert "样例市 2026-01-01 不符:受理时段" in rig.words(rig.one(TriageRows))
    assert "第19条 取证后撤离" in rig.words(rig.one(CaseBar))
    rig.press(Qt.Key.Key_3, CTRL)
    rig.press(Qt.Key.Key_End, CTRL)
    rig.press(Qt.Key.Key_1)
    assert "本地时段与区域由本市规则判定" in rig.words(rig.window)
    assert not rig.asked("state_fact")
