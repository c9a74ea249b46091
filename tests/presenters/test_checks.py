"""Differences: shown by themselves without taking the keyboard, decided by the same digit twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain import events as ev
from console.domain.evidence import Slot
from console.domain.party import PartyDetails, ViewReason
from console.domain.triage import Answer, TriageFact
from console.domain.verification import (
    Check,
    CheckItem,
    CheckResult,
    ChecksRecorded,
    ChecksStarted,
    Comparison,
    Field,
    Seen,
    Source,
    Verdict,
)
from tests.fakes import NOW
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import in_call, second_party
from tests.presenters.test_reading import PLATE, read
from tests.unit.domain.builders import PARTY_A, PARTY_B
from widgets.case_bar import CaseBar
from widgets.difference_panel import ChoicesPanel, DifferencePanel
from widgets.difference_table import DifferenceRow
from widgets.evacuation_panel import EvacuationPanel
from widgets.keyed_model import ROW_ROLE
from widgets.notes import NotesPanel
from widgets.party_panel import PartyPanel
from widgets.script_line import ScriptLine

COLOUR = Comparison(field=Field.COLOUR, seen=Seen(text="蓝"), registered="白", verdict=Verdict.DIFFERS)
OWNER = Comparison(field=Field.OWNER, seen=Seen(text="样本二"), registered="样本二", verdict=Verdict.AGREES)
VEHICLE = Check(
    item=CheckItem.VEHICLE,
    result=CheckResult.MISMATCH,
    reason="colour-differs",
    source=Source.VEHICLES,
    at=NOW,
    comparisons=(COLOUR, OWNER),
)
SETTLED = replace(VEHICLE, result=CheckResult.VERIFIED, reason="", comparisons=(OWNER,))
EXPIRED = Check(
    item=CheckItem.INSURANCE,
    result=CheckResult.MISMATCH,
    reason="insurance-period-expired",
    source=Source.INSURANCE,
    at=NOW,
    comparisons=(
        Comparison(
            field=Field.INSURANCE_PERIOD,
            seen=Seen(),
            registered="2025-11-20T00:00+08:00/2026-11-20T00:00+08:00",
            verdict=Verdict.EXPIRED,
        ),
    ),
)


def found(rig: Rig, *checks: Check) -> None:
    """The service recorded checks of 乙."""
    rig.happens(ChecksRecorded(party_id=PARTY_B, checks=checks))


def in_doubt(rig: Rig, *checks: Check) -> None:
    """A call with two parties, one of which does not match."""
    in_call(rig)
    rig.happens(second_party())
    found(rig, *(checks or (VEHICLE,)))
    rig.settle(lambda: rig.one(DifferencePanel), "the view of differences")


def rows(rig: Rig) -> dict[str, DifferenceRow]:
    """The table's rows by key."""
    model = rig.one(DifferencePanel).table.model()
    found = [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]
    return {row.key: row for row in found}


def differences(rig: Rig) -> bool:
    """Whether the view of differences shows."""
    return any(panel.isVisible() for panel in rig.window.findChildren(DifferencePanel))


def test_a_difference_shows_itself_and_keeps_everybody_where_they_are(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party())
    keyboard = QApplication.focusWidget()
    found(rig, VEHICLE)
    assert "乙方" in rig.one(DifferencePanel).title
    assert QApplication.focusWidget() is keyboard
    assert "脚本待定 · 暂勿移动" in rig.words(rig.one(CaseBar))
    assert "暂时不要动车" in rig.one(ScriptLine).accessibleName()
    assert "已锁定" in rig.one(EvacuationPanel).button.words
    colour, owner = rows(rig)["vehicle/colour"], rows(rig)["vehicle/owner"]
    assert (colour.seen, colour.registered, colour.result) == ("蓝", "白", "不一致")
    assert owner.registered == "样**"
    found(rig, SETTLED)
    rig.settle(lambda: not differences(rig), "the right column")
    assert "第19条" in rig.words(rig.one(CaseBar))


def test_a_plate_is_shown_as_it_stands_on_its_picture_and_a_masked_name_is_not(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party())
    plate = read(rig, Slot.PLATE_B, PLATE)
    seen = Seen(text="测B67890", evidence_id=plate)
    stands = Comparison(field=Field.PLATE, seen=seen, registered="测B67890", verdict=Verdict.AGREES)
    owner = replace(OWNER, seen=Seen(text="样本二", evidence_id=plate))
    found(rig, replace(VEHICLE, comparisons=(stands, COLOUR, owner)))
    crop = rig.settle(lambda: rows(rig)["vehicle/plate"].crop, "the plate's picture")
    assert crop is not None
    assert crop.width() > crop.height()
    assert rows(rig)["vehicle/owner"].crop is None


def test_somebody_typing_is_not_disturbed_by_a_difference(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party())
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("abc")
    found(rig, VEHICLE)
    rig.write("def")
    assert rig.one(NotesPanel).note.toPlainText() == "abcdef"
    rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: differences(rig), "the view of differences")


def test_the_view_stays_under_the_hands_of_who_is_in_it(rig: Rig) -> None:
    in_doubt(rig)
    rig.press(Qt.Key.Key_2, CTRL)
    found(rig, SETTLED)
    rig.settle(lambda: rows(rig)["vehicle/owner"].result == "一致", "nothing differs")
    assert rig.one(DifferencePanel).table.hasFocus()


def test_the_view_that_was_asked_for_stays_until_it_is_put_away(rig: Rig) -> None:
    in_doubt(rig)
    for _ in range(2):
        rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: not differences(rig), "the right column")
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_F6)
    rig.press(Qt.Key.Key_Return)
    rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: differences(rig), "the checks of 乙")
    found(rig, SETTLED)
    rig.settle(lambda: rows(rig)["vehicle/owner"].result == "一致", "nothing differs")
    assert differences(rig)


def test_the_way_back_is_escape_twice_and_the_party_opens_it_again(rig: Rig) -> None:
    in_doubt(rig)
    rig.press(Qt.Key.Key_2, CTRL)
    assert rig.one(DifferencePanel).table.hasFocus()
    for _ in range(2):
        rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: not differences(rig), "the right column")
    found(rig, VEHICLE)
    assert not differences(rig)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_Return)
    rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: differences(rig), "the checks of 甲")
    assert "甲方" in rig.one(DifferencePanel).title


def test_a_difference_that_means_article_13_takes_two_presses(rig: Rig) -> None:
    in_doubt(rig)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_3)
    rig.idle()
    assert rig.asked("state_fact") == []
    rig.press(Qt.Key.Key_3)
    assert rig.until_asked("state_fact") == [(TriageFact.PLATE_MISSING_OR_FORGED, Answer.YES)]
    rig.happens(ev.TriageFactStated(fact=TriageFact.PLATE_MISSING_OR_FORGED, answer=Answer.YES))
    assert "第13条 勿动" in rig.words(rig.one(CaseBar))


def test_what_is_out_of_date_is_not_called_forged(rig: Rig) -> None:
    in_doubt(rig, EXPIRED)
    rig.press(Qt.Key.Key_2, CTRL)
    for _ in range(2):
        rig.press(Qt.Key.Key_3)
    rig.idle()
    assert rig.asked("state_fact") == []
    assert rows(rig)["insurance/insurance-period"].registered == "至 2026-11-20 00:00"
    for _ in range(2):
        rig.press(Qt.Key.Key_4)
    assert rig.until_asked("state_fact") == [(TriageFact.MARKS_MISSING, Answer.YES)]
    rig.happens(ev.TriageFactStated(fact=TriageFact.MARKS_MISSING, answer=Answer.YES))
    assert "第14条 拍后移" in rig.words(rig.one(CaseBar))


def test_a_source_that_is_away_is_never_a_tick(rig: Rig) -> None:
    in_call(rig)
    away = Check(
        item=CheckItem.LICENCE,
        result=CheckResult.SOURCE_UNAVAILABLE,
        reason="timeout",
        source=Source.DRIVERS,
        at=NOW,
        next_try_at=NOW + timedelta(minutes=2),
    )
    rig.happens(
        ChecksRecorded(party_id=PARTY_A, checks=(away,)),
        ChecksStarted(party_id=PARTY_A, items=(CheckItem.VEHICLE,)),
    )
    panel = next(p for p in rig.window.findChildren(PartyPanel) if p.isVisible())
    model = panel.checks.model()
    shown = {model.index(at, 0).data(ROW_ROLE).key: model.index(at, 0).data(ROW_ROLE) for at in range(7)}
    assert shown["licence"].value == "服务暂不可用"
    assert shown["licence"].note == "14:32 再试"
    assert shown["licence"].severity == "warn"
    assert shown["vehicle"].value == "查询中"
    assert not differences(rig)


def test_masks_are_lifted_for_a_reason_once_it_is_logged(rig: Rig) -> None:
    in_call(rig)
    details = PartyDetails(name="示例安", phone="10000001234", id_number="00000019900101001X")
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_A, details=details))
    panel = next(p for p in rig.window.findChildren(PartyPanel) if p.isVisible())
    assert "10000001234" not in rig.words(panel)
    assert panel.title == "示**"
    keyboard = QApplication.focusWidget()
    rig.press(Qt.Key.Key_M, CTRL)
    rig.press(Qt.Key.Key_2)
    assert rig.until_asked("view_party") == [(PARTY_A, ViewReason.CONTACT)]
    rig.settle(lambda: "10000001234" in rig.words(panel), "the number")
    assert QApplication.focusWidget() is keyboard
    rig.clock.advance(21)
    rig.main.tick()
    assert "10000001234" not in rig.words(panel)


def test_the_choices_are_gone_with_the_difference(rig: Rig) -> None:
    in_doubt(rig)
    assert rig.one(ChoicesPanel).isVisible()
    found(rig, replace(VEHICLE, result=CheckResult.MANUAL, note="repainted", by="officer"))
    rig.settle(lambda: not differences(rig), "the right column")
