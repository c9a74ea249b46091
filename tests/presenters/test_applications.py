"""What parties applied for: counted in the status bar, sent on and decided from one list, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import typst
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.contract.application_api import (
    Application,
    ApplicationStep,
    DecideRecusal,
    DecideReview,
    RecordRecusalRequest,
)
from console.contract.desk_api import Role
from console.domain import events as ev
from console.domain.clock import local_date
from console.domain.ids import RequestId, UserId
from console.domain.posts import RecusalDecided, RecusalRequested
from console.domain.review import ReviewApplied, ReviewDecided, ReviewForwarded, ReviewOutcome
from console.presenters.applications import DECISION, STEP
from tests.fakes import NOW
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import in_ruling, placed
from tests.unit.domain.builders import PARTY_A, determination, ruling
from widgets.act_list import ActList
from widgets.officer_panel import OfficerPanel
from widgets.ruling_form import RulingForm
from widgets.status_bar import StatusBar

PAPER = typst.compile(b"= T")
DUE = local_date(NOW) + timedelta(days=2)
APPLIED = ReviewApplied(party_id=PARTY_A, claims="改", reasons="变道", evidence="录像", forward_until=DUE)
REVIEW = Application(
    step=ApplicationStep.FORWARD_REVIEW,
    incident_id=INCIDENT,
    incident_number="训练 T-2026-1126-0001",
    party="甲",
    asked_at=NOW,
    due_on=DUE,
    overdue=False,
    words="请求:改 理由:变道 证据:录像",
)
RECUSAL = replace(
    REVIEW,
    step=ApplicationStep.DECIDE_RECUSAL,
    request_id=RequestId("asked"),
    officer="钱演示",
    words="亲属",
    overdue=True,
)
REQUESTED = RecusalRequested(
    request_id=RequestId("asked"),
    party_id=PARTY_A,
    officer=UserId("officer"),
    officer_name="示例安",
    reason="亲属",
    decide_until=DUE,
)


def bar(rig: Rig) -> str:
    """Return the words of the status bar a second later."""
    rig.main.tick()
    rig.idle()
    return rig.words(rig.one(StatusBar))


def opened(rig: Rig, *items: Application) -> ActList:
    """Open the list with these rows."""
    rig.applications.waiting = items
    rig.press(Qt.Key.Key_O, CTRL)
    shown = rig.one(ActList)
    rig.settle(lambda: shown.rows.model().rowCount() == len(items), "the list")
    return shown


def spoken(shown: ActList, at: int) -> str:
    """Return what a row says."""
    return str(shown.rows.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.fixture
def taker(app: QApplication) -> Iterator[Rig]:
    """The desk of somebody who decides nothing."""
    made = Rig(app, roles=(Role.CALL_TAKER,))
    made.open()
    try:
        yield made
    finally:
        made.close()


def test_everything_has_words() -> None:
    assert set(STEP) == set(ApplicationStep)
    assert set(DECISION) == set(ReviewOutcome)


def test_the_status_bar_counts_until_it_is_decided(rig: Rig) -> None:
    rig.happens(*placed())
    assert "复核与回避" not in bar(rig)
    rig.happens(APPLIED)
    assert "复核与回避 1 件" in bar(rig)
    rig.happens(ReviewForwarded(decide_until=DUE))
    assert "复核与回避 1 件" in bar(rig)
    rig.happens(ReviewDecided(outcome=ReviewOutcome.UPHELD, note="第1号"))
    assert "复核与回避" not in bar(rig)


def test_a_file_is_sent_on_and_each_decision_goes_to_its_own(rig: Rig) -> None:
    shown = opened(rig, REVIEW, RECUSAL)
    assert spoken(shown, 0).startswith("甲 · 复核 · 待移送, 截止")
    assert "已超期" in spoken(shown, 1)
    assert "对 钱演示" in spoken(shown, 1)
    assert "变道" in rig.words(shown), "what the party wrote is read here"
    shown.rows.setFocus()
    QTest.keyClick(shown.rows, Qt.Key.Key_Return)
    rig.settle(lambda: rig.applications.done == [INCIDENT], "sent on")
    shown.choice.setCurrentIndex(shown.choice.findData("granted"))
    shown.ended.click()
    rig.settle(lambda: "不是给这一件的" in rig.main.window.notice.accessibleName(), "the wrong decision")
    shown.choice.setCurrentIndex(shown.choice.findData("upheld"))
    assert not shown.ended.isEnabled(), "which decision?"
    QTest.keyClicks(shown.reason, "No 1")
    QTest.keyClick(shown.reason, Qt.Key.Key_Return)
    decided = (INCIDENT, DecideReview(outcome=ReviewOutcome.UPHELD, note="No 1", decided_on=local_date(NOW)))
    rig.settle(lambda: rig.applications.done[1:] == [decided], "the review")
    shown.rows.selectRow(1)
    assert "亲属" in rig.words(shown)
    shown.again.click()
    rig.settle(lambda: "不用移送" in rig.main.window.notice.accessibleName(), "nothing to send on")
    shown.choice.setCurrentIndex(shown.choice.findData("granted"))
    shown.ended.click()
    granted = (INCIDENT, "asked", DecideRecusal(granted=True))
    rig.settle(lambda: rig.applications.done[2:] == [granted], "the recusal")


def test_a_refusal_of_the_service_is_said_and_the_list_follows(rig: Rig) -> None:
    rig.happens(*placed())
    shown = opened(rig, REVIEW)
    rig.applications.refusal = "review-forwarded"
    shown.again.click()
    rig.settle(lambda: "已经移送" in rig.main.window.notice.accessibleName(), "the refusal")
    rig.applications.waiting = ()
    rig.happens(APPLIED)
    rig.settle(lambda: shown.rows.model().rowCount() == 0, "the list")
    assert not shown.again.isEnabled()


def test_who_decides_nothing_is_told_whose_it_is(taker: Rig) -> None:
    taker.press(Qt.Key.Key_O, CTRL)
    assert "由民警和主管处理" in taker.main.window.notice.accessibleName()
    assert not taker.main.window.sheet


def test_what_a_party_asks_at_the_desk_is_taken_down_and_holds_the_issue(rig: Rig) -> None:
    in_ruling(rig)
    panel = rig.one(OfficerPanel)
    assert not panel.ask_button.isEnabled()
    panel.reason.setFocus()
    rig.write("cousin")
    for _ in range(2):
        panel.ask_button.click()
    asked = (INCIDENT, RecordRecusalRequest(party_id=PARTY_A, reason="cousin"))
    rig.settle(lambda: rig.applications.done == [asked], "the request")
    rig.settle(lambda: not panel.reason.text(), "the empty field")
    assert "示例安" in panel.whom.accessibleName(), "who is meant where no number is written"
    rig.happens(ev.RulingDrafted(ruling=ruling(), officer_name="钱演示"))
    rig.settle(lambda: "承办:钱演示" in rig.words(panel), "who has the case now")
    assert "钱演示" in panel.whom.accessibleName()
    panel.reason.setFocus()
    rig.write("friend")
    panel.whom.setFocus()
    rig.write("900011")
    for _ in range(2):
        panel.ask_button.click()
    other = (INCIDENT, RecordRecusalRequest(party_id=PARTY_A, reason="friend", officer="900011"))
    rig.settle(lambda: rig.applications.done[1:] == [other], "another officer")
    rig.happens(replace(REQUESTED, officer=rig.desk.session.user.id))
    rig.settle(lambda: "待主管决定" in rig.words(panel), "the words")
    rig.happens(RecusalDecided(request_id=RequestId("asked"), granted=True, note=""))
    rig.settle(lambda: not panel.back_button.isEnabled(), "the officer is out")
    panel.reason.setFocus()
    rig.write("again")
    assert panel.ask_button.isEnabled(), "what a party asks is taken down by whoever sits there"


def test_a_case_ordered_anew_is_on_the_form_again_until_its_new_document(rig: Rig) -> None:
    rig.service.paper = PAPER
    in_ruling(rig)
    rig.happens(ev.RulingDrafted(ruling=ruling()), ev.DeterminationIssued(determination=determination()))
    form = rig.one(RulingForm)
    rig.settle(lambda: "已签发" in rig.words(form), "the issued document")
    ordered = ReviewDecided(outcome=ReviewOutcome.REINVESTIGATE, note="第1号", redo_until=DUE)
    rig.happens(APPLIED, ReviewForwarded(decide_until=DUE), ordered)
    rig.settle(lambda: "签发后撤销 训练样张第0001号" in rig.words(form), "what the new one cancels")
    assert "已签发" not in rig.words(form)
    assert "复核与回避 1 件" in bar(rig), "until the new document is made"
    shown = opened(rig, replace(REVIEW, step=ApplicationStep.REDETERMINE))
    assert "复核 · 重新认定" in spoken(shown, 0)
    shown.choice.setCurrentIndex(shown.choice.findData("upheld"))
    QTest.keyClicks(shown.reason, "No 1")
    QTest.keyClick(shown.reason, Qt.Key.Key_Return)
    rig.settle(lambda: "重新认定并签发" in rig.main.window.notice.accessibleName(), "what to do with it")
    assert rig.applications.done == []
    anew = replace(determination(), number="训练样张第0002号", replaces="训练样张第0001号")
    rig.happens(ev.DeterminationIssued(determination=anew))
    rig.settle(lambda: "撤销 训练样张第0001号" in rig.words(form), "the new document")
    assert "复核与回避" not in bar(rig)
