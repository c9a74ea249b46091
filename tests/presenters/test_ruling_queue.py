"""The ruling post: a case handed over at another seat is opened without a call, worked on and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import typst
from PySide6.QtCore import Qt

from console.contract.desk_api import Role
from console.domain import events as ev
from console.domain.evidence import Slot
from console.domain.ids import SeatId
from console.domain.posts import HandedOver, ReturnedForEvidence
from console.domain.review import ReviewApplied, ReviewDecided, ReviewForwarded, ReviewOutcome
from console.usecases.facts import SessionOpened
from tests.fake_service import session
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import (
    NUMBER,
    all_evidence,
    all_facts,
    answered_by,
    in_another_call,
    placed,
    second_party,
)
from tests.unit.domain.builders import PARTY_A, determination
from widgets.case_bar import CaseBar
from widgets.keyed_model import ROW_ROLE
from widgets.rows import CheckRow, CheckRows


def handed_over_elsewhere(rig: Rig) -> None:
    """Another seat took the call, collected everything, handed over and hung up."""
    rig.happens(*placed(), answered_by(SeatId("06")), second_party(), *all_facts())
    rig.happens(*all_evidence(rig), ev.CallHungUp(by="desk"), ev.CallEnded(), HandedOver())


def rows(rig: Rig) -> list[CheckRow]:
    (shown,) = (
        table
        for table in rig.window.findChildren(CheckRows)
        if table.accessibleName() == "我的未结" and table.isVisible()
    )
    model = shown.model()
    return [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]


def open_first(rig: Rig) -> None:
    rig.press(Qt.Key.Key_3, CTRL)
    rig.press(Qt.Key.Key_Down)
    rig.press(Qt.Key.Key_Return)
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")


def test_a_handed_over_case_is_opened_without_a_call_and_put_back(rig: Rig) -> None:
    handed_over_elsewhere(rig)
    assert [(row.name, row.value) for row in rows(rig)] == [(NUMBER, "待定责 · Enter 打开")]
    open_first(rig)
    assert NUMBER in rig.words(rig.one(CaseBar))
    rig.press(Qt.Key.Key_Return, CTRL)
    rig.settle(lambda: rig.main.window.page == "idle", "the idle page")


def test_a_second_officer_rules_while_the_call_still_runs_elsewhere(rig: Rig) -> None:
    rig.happens(*placed(), answered_by(SeatId("06")), second_party(), *all_facts())
    rig.happens(*all_evidence(rig), HandedOver())
    rig.idle()
    assert rig.main.window.page == "idle"
    assert [row.value for row in rows(rig)] == ["待定责,06 席通话中 · Enter 打开"]
    open_first(rig)
    rig.press(Qt.Key.Key_5)
    rig.settle(lambda: rig.asked("save_ruling"), "the draft")
    rig.happens(ev.CallHungUp(by="party"), ev.CallEnded())
    rig.idle()
    assert rig.main.window.page == "ruling", "the end of the call elsewhere takes nothing away"


def test_a_case_to_be_ruled_anew_says_until_when(rig: Rig) -> None:
    rig.service.paper = typst.compile(b"= T")
    handed_over_elsewhere(rig)
    applied = ReviewApplied(
        party_id=PARTY_A, claims="改", reasons="变道", evidence="录像", forward_until=None
    )
    ordered = ReviewDecided(outcome=ReviewOutcome.REINVESTIGATE, note="第1号", redo_until=date(2026, 12, 10))
    rig.happens(ev.DeterminationIssued(determination=determination()))
    rig.idle()
    assert rows(rig) == []
    rig.happens(applied, ReviewForwarded(decide_until=None), ordered)
    rig.idle()
    (row,) = rows(rig)
    assert row.value.startswith("重新认定,截止 2026-12-10")
    open_first(rig)
    assert NUMBER in rig.words(rig.one(CaseBar))


def test_a_call_goes_before_the_opened_case_and_the_case_waits(rig: Rig) -> None:
    handed_over_elsewhere(rig)
    open_first(rig)
    in_another_call(rig)
    assert NUMBER not in rig.words(rig.one(CaseBar))


def test_a_case_given_back_leaves_the_ruling_post(rig: Rig) -> None:
    handed_over_elsewhere(rig)
    open_first(rig)
    rig.happens(ReturnedForEvidence(slots=(Slot.PLATE_A,)))
    rig.settle(lambda: rig.main.window.page == "idle", "the idle page")
    assert rows(rig) == []


def test_who_may_not_rule_has_no_list(rig: Rig) -> None:
    plain = session()
    user = replace(plain.user, roles=(Role.CALL_TAKER,))
    rig.publish(SessionOpened(session=replace(plain, user=user)))
    handed_over_elsewhere(rig)
    assert rows(rig) == []
