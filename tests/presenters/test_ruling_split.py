"""Parties of any kind, several impacts, and who rules: chosen on the form, as the service gets it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from console.contract.posts_api import DeclareRecusal, OpenGeneralProcedure
from console.contract.tables import Tables
from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.ids import PartyId
from console.domain.posts import GeneralProcedureOpened, HandedOver, RecusalDeclared
from console.domain.ruling import Liability, Outcome, PartyKind, Ruling
from console.presenters.ruling_draft import (
    chosen_outcome,
    for_parties,
    outcome_rows,
    share_rows,
    with_fault,
    with_outcome,
)
from console.presenters.ruling_draft import fault as fault_of
from console.presenters.ruling_split import (
    blows_of_draft,
    fault_options,
    settled,
    split_rows,
    with_impact,
    with_kind,
    with_split_share,
    without_impact,
)
from console.service.rules import load_rules
from tests.presenters.rig import RULES, Rig
from tests.presenters.story import all_evidence, all_facts, in_call, in_ruling, second_party
from tests.unit.domain.builders import PARTY_A, PARTY_B, incident, party
from widgets.fault_list import FaultList
from widgets.officer_panel import OfficerPanel
from widgets.ruling_form import RulingForm

PARTY_C = PartyId("party-c")
CASE = replace(incident(), parties=(party(PARTY_A, "甲"), party(PARTY_B, "乙"), party(PARTY_C, "丙")))
PAIR = replace(CASE, parties=CASE.parties[:2])
EMPTY = Ruling(outcome=Outcome.RULING, parties=())


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The service's own."""
    return load_rules(RULES).tables


def with_rear_end(tables: Tables, draft: Ruling, *parties: PartyId) -> Ruling:
    """Return ``draft`` in which these ran into somebody."""
    rear_end = fault_of(tables, "1094")
    assert rear_end is not None
    for party_id in parties:
        draft = with_fault(draft, party_id, rear_end)
    return draft


def test_two_blows_have_a_row_for_each_party_of_each(tables: Tables) -> None:
    draft = with_rear_end(tables, for_parties(EMPTY, CASE), PARTY_B, PARTY_C)
    draft = with_impact(with_impact(draft, PARTY_B, PARTY_A), PARTY_C, PARTY_B)
    separate = blows_of_draft(CASE, draft, tables)
    rows = {row.name: row for row in split_rows(CASE, separate)}
    assert list(rows) == ["第 1 次 甲", "第 1 次 乙", "第 2 次 乙", "第 2 次 丙"]
    blocked = {share.key: share.blocked for share in rows["第 2 次 乙"].shares}
    assert blocked["full"] == "有责任却没有过错"
    chosen = with_split_share(draft, rows["第 2 次 丙"].key, "full")
    again = {row.name: row.chosen for row in split_rows(CASE, blows_of_draft(CASE, chosen, tables))}
    assert again["第 2 次 丙"] == "full"
    assert chosen_outcome(chosen) == ""
    taken_back = with_split_share(chosen, rows["第 2 次 丙"].key, "")
    assert taken_back.blow_shares == ()
    fewer = without_impact(chosen, 1)
    assert fewer.blow_shares == ()
    assert blows_of_draft(CASE, fewer, tables) == ()
    assert settled(replace(chosen, impacts=()), ()).blow_shares == ()


def test_property_has_no_fault_and_no_share(tables: Tables) -> None:
    draft = with_rear_end(tables, for_parties(EMPTY, PAIR), PARTY_B)
    draft = with_kind(draft, tables, PARTY_B, PartyKind.PROPERTY)
    assert draft.parties[1].faults == ()
    assert fault_options(draft.parties[1], tables) == ()
    reasons = {row.key: row.blocked for row in outcome_rows(PAIR, draft)}
    assert reasons["full-none"] == ""
    assert reasons["none-full"] == reasons["equal-equal"] == "财物不承担责任"
    full = with_outcome(draft, "full-none")
    assert [one.liability for one in full.parties] == [Liability.FULL, None]
    assert chosen_outcome(full) == "full-none"
    three = with_kind(for_parties(EMPTY, CASE), tables, PARTY_C, PartyKind.PROPERTY)
    assert [row.name for row in share_rows(CASE, three)] == ["甲", "乙"]


def test_a_passenger_has_a_passengers_faults(tables: Tables) -> None:
    draft = with_kind(for_parties(EMPTY, PAIR), tables, PARTY_B, PartyKind.PASSENGER)
    codes = {code for code, _ in fault_options(draft.parties[1], tables)}
    assert "3026" in codes
    assert "1094" not in codes


def test_an_outcome_that_does_not_follow_the_faults_says_why(tables: Tables) -> None:
    draft = with_rear_end(tables, for_parties(EMPTY, PAIR), PARTY_B)
    reasons = {row.key: row.blocked for row in outcome_rows(PAIR, draft)}
    assert reasons["none-full"] == ""
    assert reasons["full-none"] == reasons["equal-equal"] == "有责任却没有过错"
    assert reasons["no-fault"] == "有过错却无责任"
    assert reasons["certificate"] == reasons["general-procedure"] == ""


def saved(rig: Rig) -> Ruling:
    found = [one for one in rig.asked("save_ruling") if isinstance(one, Ruling)]
    return found[-1]


def choose(box: QComboBox, key: str) -> None:
    at = box.findData(key)
    assert at >= 0
    box.setCurrentIndex(at)
    box.activated.emit(at)


def test_kinds_and_impacts_are_chosen_on_the_form(rig: Rig) -> None:
    in_call(rig)
    third = ev.PartyJoined(party=party(PARTY_C, "丙"))
    rig.happens(second_party(), third, *all_facts(), *all_evidence(rig), HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    form = rig.one(RulingForm)
    lists = form.findChildren(FaultList)
    choose(lists[2].kind, "property")
    assert not lists[2].choice.isEnabled()
    for striking, struck in ((PARTY_B, PARTY_A), (PARTY_C, PARTY_B)):
        choose(form.impacts.striking, striking)
        choose(form.impacts.struck, struck)
        form.impacts.add_button.click()
    rig.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rig.until_asked("save_ruling")
    rig.idle()
    draft = saved(rig)
    assert [one.kind for one in draft.parties][2] is PartyKind.PROPERTY
    assert [(one.striking, one.struck) for one in draft.impacts] == [(PARTY_B, PARTY_A), (PARTY_C, PARTY_B)]
    assert "1 乙→甲" in form.impacts.findChildren(type(form.impacts.add_button))[1].text()


def test_an_officer_stands_back_and_cannot_issue(rig: Rig) -> None:
    in_ruling(rig)
    panel = rig.one(OfficerPanel)
    assert "先写理由" in panel.back_button.accessibleName()
    panel.reason.setFocus()
    rig.write("cousin")
    for _ in range(2):
        panel.back_button.click()
    assert rig.until_asked("stand_back") == [DeclareRecusal(reason="cousin")]
    rig.happens(RecusalDeclared(reason="cousin"))
    rig.settle(lambda: "有民警回避" in rig.words(panel), "what was declared")
    assert rig.one(RulingForm).issue_button.isEnabled() is False


def test_a_case_is_converted_with_a_second_officer(rig: Rig) -> None:
    in_ruling(rig)
    panel = rig.one(OfficerPanel)
    panel.reason.setFocus()
    rig.write("injury")
    assert "先写第二名民警警号" in panel.convert_button.accessibleName()
    panel.second.setFocus()
    rig.write("900099")
    rig.service.trouble["open_general_procedure"].append(DomainError("second-officer"))
    for _ in range(2):
        panel.convert_button.click()
    rig.settle(lambda: "第二名民警" in rig.main.window.notice.accessibleName(), "the words")
    assert panel.second.text() == "900099"
    for _ in range(2):
        panel.convert_button.click()
    wanted = OpenGeneralProcedure(second_officer="900099", reason="injury")
    rig.settle(lambda: wanted in rig.asked("open_general_procedure"), "the conversion")
    opened = GeneralProcedureOpened(
        second_officer=rig.desk.session.user.id, names=("钱", "孙"), reason="injury"
    )
    rig.happens(opened)
    rig.settle(lambda: rig.main.window.page != "ruling", "the case leaves the ruling page")
