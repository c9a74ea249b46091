"""The ruling page: chosen by key, reviewed by the service, issued once by whoever may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest
import typst
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from console.contract.desk_api import (
    IssueDetermination,
    ReturnForEvidence,
    Role,
)
from console.contract.signing_api import NoteSignature, RequestSignatures, ServeByHand
from console.domain import events as ev
from console.domain.closing_events import SignatureRecorded, SignaturesRequested
from console.domain.determination import ServiceWay
from console.domain.evidence import Slot
from console.domain.ids import PartyId
from console.domain.party import PartyDetails
from console.domain.posts import HandedOver
from console.domain.ruling import Liability, MediationOutcome, Outcome, Ruling
from console.domain.signature import Signature, SignatureState, SigningRequest
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    ChecksRecorded,
    Comparison,
    Field,
    Seen,
    Verdict,
)
from console.presenters.paper import pages
from console.usecases.signing import NOT_CONNECTED
from tests.presenters.rig import CTRL, INCIDENT, SHIFT, Rig
from tests.presenters.story import in_another_call, in_call, in_ruling, incident, second_party
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0, determination, ruling
from widgets.button import DeskButton
from widgets.document_view import DocumentView
from widgets.fault_list import FaultList
from widgets.ruling_form import RulingForm

PAPER = typst.compile(b"#set page(width: 210mm, height: 297mm)\n= T\n#pagebreak()\nsecond")


@pytest.fixture
def auxiliary(app: QApplication) -> Iterator[Rig]:
    """The desk of somebody who takes calls and may not rule."""
    made = Rig(app, (Role.CALL_TAKER,))
    made.open()
    try:
        yield made
    finally:
        made.close()


def saved(rig: Rig) -> list[Ruling]:
    return [one for one in rig.asked("save_ruling") if isinstance(one, Ruling)]


def until_saved(rig: Rig) -> Ruling:
    """Save, and return the draft that the service now has."""
    count = len(saved(rig))
    rig.press(Qt.Key.Key_S, CTRL)
    rig.settle(lambda: len(saved(rig)) > count, "the saved draft")
    rig.idle()
    return saved(rig)[-1]


def choose(rig: Rig, name: str, text: str) -> None:
    """Choose an entry of a list by its code."""
    box = next(one for one in rig.one(RulingForm).findChildren(QComboBox) if one.accessibleName() == name)
    at = next(at for at in range(box.count()) if str(box.itemData(at)) == text)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def shares(draft: Ruling) -> list[Liability | None]:
    return [party.liability for party in draft.parties]


def absent(party_id: PartyId) -> Signature:
    """A party that is not there to sign."""
    return Signature(party_id=party_id, state=SignatureState.ABSENT, at=T0, reason="没有用手机接入")


def reviewed(rig: Rig) -> None:
    """A complete ruling stands on the service and in the journal."""
    in_ruling(rig)
    rig.happens(ev.RulingDrafted(ruling=ruling()))
    rig.press(Qt.Key.Key_S, CTRL)
    rig.settle(lambda: rig.store.reviews.get(INCIDENT), "the review")
    rig.happens(ev.RulingDrafted(ruling=ruling()))
    assert "等甲、乙签名" in rig.one(RulingForm).issue_button.accessibleName()
    rig.happens(*(SignatureRecorded(signature=absent(party)) for party in (PARTY_A, PARTY_B)))
    rig.settle(rig.one(RulingForm).issue_button.isEnabled, "the free button")


def test_the_page_comes_with_the_hand_over_and_fills_nothing_in(rig: Rig) -> None:
    in_ruling(rig)
    form = rig.one(RulingForm)
    assert form.outcomes.accessibleName() == "责任: 未选"
    assert (form.course.toPlainText(), form.reason.toPlainText()) == ("", "")
    assert (form.signing.mediation.currentData(), form.signing.mediation_text.text()) == ("", "")
    assert "先存草稿" in form.issue_button.accessibleName() or "上传" in form.issue_button.accessibleName()
    assert rig.asked("save_ruling") == []


@pytest.mark.parametrize(
    ("digit", "outcome", "wanted"),
    [
        (1, Outcome.RULING, [Liability.FULL, Liability.NONE]),
        (2, Outcome.RULING, [Liability.MAIN, Liability.SECONDARY]),
        (3, Outcome.RULING, [Liability.EQUAL, Liability.EQUAL]),
        (4, Outcome.RULING, [Liability.SECONDARY, Liability.MAIN]),
        (5, Outcome.RULING, [Liability.NONE, Liability.FULL]),
        (6, Outcome.NO_FAULT, [Liability.NONE, Liability.NONE]),
        (7, Outcome.CERTIFICATE, [None, None]),
        (8, Outcome.GENERAL_PROCEDURE, [None, None]),
    ],
)
def test_a_digit_chooses_an_outcome(
    rig: Rig, digit: int, outcome: Outcome, wanted: list[Liability | None]
) -> None:
    in_ruling(rig)
    rig.press(Qt.Key(Qt.Key.Key_0 + digit))
    draft = until_saved(rig)
    assert draft.outcome is outcome
    assert shares(draft) == wanted
    assert [party.party_id for party in draft.parties] == [PARTY_A, PARTY_B]


def test_everything_chosen_quickly_is_in_the_draft(rig: Rig) -> None:
    """No choice waits for the one before it to come back."""
    in_ruling(rig)
    rig.press(Qt.Key.Key_5)
    choose(rig, "路口路段类型", "21")
    choose(rig, "天气", "1")
    (_, other) = rig.one(RulingForm).findChildren(FaultList)
    other.added.emit("1094")
    form = rig.one(RulingForm)
    form.course.setFocus()
    rig.write("course")
    form.reason.setFocus()
    rig.write("reason")
    choose(rig, "调解结果或未调解原因", "agreed")
    form.signing.mediation_text.setFocus()
    rig.write("agreed")
    draft = until_saved(rig)
    assert shares(draft) == [Liability.NONE, Liability.FULL]
    assert (draft.junction, draft.weather) == ("21", "1")
    assert [fault.code for fault in draft.parties[1].faults] == ["1094"]
    assert (draft.facts, draft.reason, draft.mediation) == ("course", "reason", "agreed")
    assert draft.mediation_outcome is MediationOutcome.AGREED
    other.removed.emit("1094")
    assert until_saved(rig).parties[1].faults == ()


def stated(rig: Rig) -> list[PartyDetails]:
    return [details for _party, details in cast("list[tuple[str, PartyDetails]]", rig.asked("state_details"))]


def test_where_a_vehicle_was_hit_and_what_it_did_become_the_party_s_details(rig: Rig) -> None:
    """Chosen one after the other, without waiting; what was known of the party stays."""
    in_ruling(rig)
    known = PartyDetails(name="示例安", plate="测A12345")
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_A, details=known))
    choose(rig, "甲 部位", "08")
    choose(rig, "甲 状态", "04")
    choose(rig, "甲 车型", "小型普通客车")
    wanted = replace(known, collision_part="08", driving_state="04", vehicle_type="小型普通客车")
    rig.settle(lambda: stated(rig)[-1:] == [wanted], "the details as chosen")
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_A, details=wanted))
    choose(rig, "乙 部位", "01")
    rig.settle(lambda: stated(rig)[-1:] == [PartyDetails(collision_part="01")], "those of the other party")
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_B, details=PartyDetails(collision_part="01")))
    assert (chosen(rig, "甲 部位"), chosen(rig, "乙 部位"), chosen(rig, "乙 状态")) == ("08", "01", "")


def chosen(rig: Rig, name: str) -> str:
    (box,) = (one for one in rig.one(RulingForm).findChildren(QComboBox) if one.accessibleName() == name)
    return str(box.currentData())


def test_the_kind_of_vehicle_stands_as_it_is_registered_until_another_is_chosen(rig: Rig) -> None:
    in_ruling(rig)
    row = Comparison(
        field=Field.VEHICLE_TYPE, seen=Seen(), registered="重型特殊结构货车", verdict=Verdict.NOT_SEEN
    )
    found = Check(item=CheckItem.VEHICLE, result=CheckResult.VERIFIED, comparisons=(row,))
    rig.happens(ChecksRecorded(party_id=PARTY_B, checks=(found,)))
    assert (chosen(rig, "甲 车型"), chosen(rig, "乙 车型")) == ("", "重型特殊结构货车")


def test_the_service_says_what_is_missing(rig: Rig) -> None:
    in_ruling(rig)
    rig.press(Qt.Key.Key_5)
    rig.press(Qt.Key.Key_S, CTRL)
    rig.settle(lambda: rig.store.reviews.get(INCIDENT), "the review")
    rig.idle()
    said = rig.words(rig.one(RulingForm))
    assert "事故事实没有写" in said
    assert "乙有责任却没有过错" in said
    assert not rig.one(RulingForm).issue_button.isEnabled()


def test_issue_waits_for_the_review_and_goes_once(rig: Rig) -> None:
    rig.service.paper = PAPER
    reviewed(rig)
    version = incident(rig).version
    rig.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert rig.one(RulingForm).issue_button.armed
    rig.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert rig.until_asked("issue_determination") == [IssueDetermination(version=version)]
    rig.happens(ev.DeterminationIssued(determination=determination()))
    assert "已签发" in rig.one(RulingForm).issue_button.accessibleName()
    rig.settle(lambda: "2 页" in rig.one(DocumentView).accessibleName(), "the issued paper")
    for _ in range(2):
        rig.press(Qt.Key.Key_Return, CTRL | SHIFT)
    rig.idle()
    assert len(rig.asked("issue_determination")) == 1


def test_what_is_issued_is_what_was_read(rig: Rig) -> None:
    """The case changes between the two presses: the version of the first press is asked for."""
    rig.service.paper = PAPER
    reviewed(rig)
    version = incident(rig).version
    rig.press(Qt.Key.Key_Return, CTRL | SHIFT)
    rig.happens(ev.NotesWritten(text="changed under the officer's eyes"))
    rig.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert rig.until_asked("issue_determination") == [IssueDetermination(version=version)]
    assert incident(rig).version > version


def test_a_change_after_the_review_blocks_until_it_is_saved(rig: Rig) -> None:
    reviewed(rig)
    rig.press(Qt.Key.Key_7)
    assert "草稿还没有上传" in rig.one(RulingForm).issue_button.accessibleName()
    for _ in range(2):
        rig.press(Qt.Key.Key_Return, CTRL | SHIFT)
    rig.idle()
    assert rig.asked("issue_determination") == []


def test_who_may_not_rule_can_never_issue(auxiliary: Rig) -> None:
    in_ruling(auxiliary)
    auxiliary.happens(ev.RulingDrafted(ruling=ruling()))
    auxiliary.press(Qt.Key.Key_S, CTRL)
    auxiliary.settle(lambda: auxiliary.store.reviews.get(INCIDENT), "the review")
    auxiliary.happens(ev.RulingDrafted(ruling=ruling()))
    button = auxiliary.one(RulingForm).issue_button
    assert "只有具备资格的民警可以签发" in button.accessibleName()
    for _ in range(2):
        auxiliary.press(Qt.Key.Key_Return, CTRL | SHIFT)
        button.click()
        button.press()
    auxiliary.idle()
    assert auxiliary.asked("issue_determination") == []


def test_a_preview_shows_the_pages_of_the_paper(rig: Rig) -> None:
    rig.service.paper = PAPER
    in_ruling(rig)
    rig.press(Qt.Key.Key_P, CTRL)
    rig.settle(lambda: "2 页" in rig.one(DocumentView).accessibleName(), "the pages")
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    in_another_call(rig)
    view = rig.window.findChildren(DocumentView)[0]
    assert "尚无" in view.accessibleName()


@pytest.mark.allows_log("work failed unexpectedly")
def test_a_paper_that_is_none_is_said(rig: Rig) -> None:
    rig.service.paper = b"not a paper"
    in_ruling(rig)
    rig.press(Qt.Key.Key_P, CTRL)
    rig.settle(rig.main.window.notice.isVisible, "the words")


def test_pages_of_a_paper() -> None:
    first, second = pages(PAPER)
    assert (first.width(), second.width()) == (1000, 1000)
    assert first.height() == pytest.approx(1414, abs=2)
    assert first.pixelColor(0, 0).name() == "#ffffff"
    dark = [first.pixelColor(x, y).lightness() < 100 for x in range(0, 400, 2) for y in range(0, 300, 2)]
    assert any(dark)
    with pytest.raises(ValueError, match="PDF"):
        pages(b"nothing")


def test_a_party_that_joined_after_the_first_draft_is_in_it(rig: Rig) -> None:
    in_call(rig)
    alone = Ruling(outcome=Outcome.RULING, parties=ruling().parties[:1])
    rig.happens(ev.RulingDrafted(ruling=alone), second_party(), HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    rig.press(Qt.Key.Key_1)
    assert [party.party_id for party in until_saved(rig).parties] == [PARTY_A, PARTY_B]


def test_ctrl_b_twice_gives_the_case_back_for_the_picture_looked_at(rig: Rig) -> None:
    in_ruling(rig)
    rig.press(Qt.Key.Key_B, CTRL)
    rig.idle()
    assert rig.asked("return_for_evidence") == []
    rig.press(Qt.Key.Key_B, CTRL)
    first = next(iter(Slot))
    assert rig.until_asked("return_for_evidence") == [ReturnForEvidence(slots=(first,))]


def press_act(rig: Rig, name: str) -> None:
    """Press one of the buttons beside a party."""
    section = rig.one(RulingForm).signing
    next(one for one in section.findChildren(DeskButton) if one.accessibleName() == name).click()


def test_signatures_are_asked_for_and_what_stands_of_each_is_said(rig: Rig) -> None:
    rig.service.paper = PAPER
    in_ruling(rig)
    rig.happens(ev.RulingDrafted(ruling=ruling()))
    section = rig.one(RulingForm).signing
    section.note.setText("本席没有录像")
    section.ask_button.click()
    assert rig.until_asked("request_signatures") == [RequestSignatures(unrecorded_reason="本席没有录像")]
    rig.settle(lambda: section.note.text() == "", "the note that the service has")
    rig.happens(SignaturesRequested(request=SigningRequest(text="text", sha256="0" * 64)))
    assert "正在签" in rig.words(section)
    signed = Signature(party_id=PARTY_A, state=SignatureState.SIGNED, at=T0, recorded_s=12.0)
    rig.happens(SignatureRecorded(signature=signed))
    assert "已签 14:30:00(录像中)" in rig.words(section)
    without_phone = NoteSignature(state=SignatureState.ABSENT, reason=NOT_CONNECTED)
    assert rig.asked("note_signature") == [without_phone]
    press_act(rig, "乙 记未到场")
    rig.settle(lambda: "先在「说明」里写" in rig.main.window.notice.accessibleName(), "the words")
    assert rig.asked("note_signature") == [without_phone]
    section.note.setText("没有用手机接入")
    press_act(rig, "乙 记未到场")
    wanted = NoteSignature(state=SignatureState.ABSENT, reason="没有用手机接入")
    assert rig.until_asked("note_signature", 2) == [without_phone, wanted]
    rig.happens(SignatureRecorded(signature=absent(PARTY_B)))
    rig.happens(ev.DeterminationIssued(determination=determination()))
    section.note.setText("本人签收")
    press_act(rig, "乙 记纸质送达")
    assert rig.until_asked("serve_by_hand") == [ServeByHand(way=ServiceWay.PAPER, note="本人签收")]


def test_a_changed_draft_takes_signatures_back(rig: Rig) -> None:
    in_ruling(rig)
    rig.happens(
        ev.RulingDrafted(ruling=ruling()),
        SignaturesRequested(request=SigningRequest(text="text", sha256="0" * 64)),
        SignatureRecorded(signature=Signature(party_id=PARTY_A, state=SignatureState.SIGNED, at=T0)),
    )
    rig.happens(ev.RulingDrafted(ruling=replace(ruling(), facts="other")))
    assert "已签" not in rig.words(rig.one(RulingForm).signing)


def test_tab_goes_through_mediation_note_and_every_act(rig: Rig) -> None:
    in_ruling(rig)
    section = rig.one(RulingForm).signing
    section.mediation.setFocus()
    wanted = [section.mediation_text, section.note, section.ask_button]
    names = [
        "甲 记拒签",
        "甲 记未到场",
        "甲 口头同意电子送达",
        "乙 记拒签",
        "乙 记未到场",
        "乙 口头同意电子送达",
    ]
    for widget in wanted:
        rig.press(Qt.Key.Key_Tab)
        assert widget.hasFocus()
    for name in names:
        rig.press(Qt.Key.Key_Tab)
        holder = section.focusWidget()
        assert holder is not None
        assert holder.accessibleName() == name
