"""A join code is made beside a case, read out from the panel, and goes when it serves no more."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.contract.join_api import CreateJoinCode
from console.domain import events as ev
from console.domain.errors import DomainError
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import in_call, second_party
from tests.unit.domain.builders import PARTY_B
from widgets.join_panel import JoinPanel


def test_without_a_case_there_is_nothing_to_join(rig: Rig) -> None:
    rig.press(Qt.Key.Key_N, CTRL)
    assert "先接听或打开一个案件" in rig.main.window.notice.accessibleName()
    assert not rig.main.window.sheet


def test_a_code_is_made_shown_and_taken_away(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_N, CTRL)
    panel = rig.one(JoinPanel)
    assert [panel.party.itemData(at) for at in range(panel.party.count())] == [""]
    rig.happens(second_party())
    rig.settle(lambda: panel.party.count() == 2, "the second party")
    panel.party.setCurrentIndex(panel.party.findData(PARTY_B))
    panel.phone.setFocus()
    rig.write("10087654321")
    QTest.keyClick(panel.phone, Qt.Key.Key_Return)
    asked = (INCIDENT, CreateJoinCode(party_id=PARTY_B, phone="10087654321"))
    assert rig.until_asked("create_join_code") == [asked]
    rig.settle(lambda: "4821 7730" in rig.words(panel), "the code")
    assert "https://127.0.0.1/j" in rig.words(panel)
    rig.happens(ev.NotesWritten(text="said"))
    assert "4821 7730" in rig.words(panel)
    rig.clock.time += timedelta(minutes=10)
    rig.main.tick()
    rig.settle(lambda: "4821" not in rig.words(panel), "no code")


def test_a_refusal_is_said(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_N, CTRL)
    rig.service.trouble["create_join_code"].append(DomainError("incident-locked"))
    rig.one(JoinPanel).make_button.click()
    rig.settle(rig.main.window.notice.isVisible, "the refusal")
