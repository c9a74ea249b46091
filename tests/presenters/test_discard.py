"""Del: a picture is set aside for a reason, shown struck through, and its slot waits again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.discarding import DiscardReason, EvidenceDiscarded
from console.domain.evidence import Slot
from console.domain.ids import EvidenceId
from tests.presenters.rig import Rig
from tests.presenters.story import PICTURE, in_call, in_ruling
from tests.unit.domain.builders import at, evidence, ruling
from widgets.discard_line import DiscardLine
from widgets.evidence_strip import EvidenceStrip, SlotRow

ITEM = evidence(Slot.PLATE_A)


def with_a_picture(rig: Rig) -> None:
    """A call with one picture at the service, its slot the current one."""
    in_call(rig)
    rig.service.evidence[ITEM.id] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=ITEM))
    rig.one(EvidenceStrip).set_current(Slot.PLATE_A.value)
    rig.settle(lambda: row(rig).thumbnail, "the thumbnail")


def row(rig: Rig) -> SlotRow:
    return next(row for row in rig.one(EvidenceStrip).rows() if row.key == Slot.PLATE_A.value)


def asks(rig: Rig) -> bool:
    """Whether the reasons stand on the screen."""
    return any(line.isVisible() for line in rig.window.findChildren(DiscardLine))


def test_del_asks_why_and_a_digit_sets_aside(rig: Rig) -> None:
    with_a_picture(rig)
    rig.press(Qt.Key.Key_Delete)
    assert asks(rig)
    assert rig.asked("discard_evidence") == []
    rig.press(Qt.Key.Key_2)
    assert rig.until_asked("discard_evidence") == [(ITEM.id, DiscardReason.WRONG_SUBJECT)]
    assert not asks(rig)
    rig.happens(EvidenceDiscarded(evidence_id=ITEM.id, reason=DiscardReason.WRONG_SUBJECT))
    rig.settle(lambda: row(rig).struck, "the line through it")
    assert (row(rig).verdict, row(rig).picture, row(rig).custody) == ("todo", ITEM.id, "verified")
    assert "已弃用" in row(rig).spoken()
    said = rig.words(rig.main.window)
    assert "弃用 1" in said
    assert "已拍 0 / 14" in said


def test_esc_lets_go(rig: Rig) -> None:
    with_a_picture(rig)
    rig.press(Qt.Key.Key_Delete)
    rig.press(Qt.Key.Key_Escape)
    assert not asks(rig)
    rig.press(Qt.Key.Key_1)
    rig.idle()
    assert rig.asked("discard_evidence") == []


def test_a_newer_picture_takes_the_question_away(rig: Rig) -> None:
    """Nobody sets aside what he has not seen."""
    with_a_picture(rig)
    rig.press(Qt.Key.Key_Delete)
    later = replace(ITEM.capture, captured_at=at(30))
    newer = replace(ITEM, id=EvidenceId("newer"), capture=later)
    rig.service.evidence[newer.id] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=newer))
    rig.settle(lambda: not asks(rig), "the question gone")


def test_what_cannot_be_set_aside_is_said(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_Delete)
    assert "这个槽位没有图可弃用" in rig.words(rig.main.window)
    with_a_picture(rig)
    rig.happens(ev.RulingDrafted(ruling=ruling()))
    rig.press(Qt.Key.Key_Delete)
    assert "不能再弃用" in rig.words(rig.main.window)
    assert not asks(rig)


def test_the_ruling_post_does_not_see_what_was_set_aside(rig: Rig) -> None:
    in_ruling(rig)
    keys = {row.key for row in rig.one(EvidenceStrip).rows()}
    rig.happens(EvidenceDiscarded(evidence_id=ITEM.id, reason=DiscardReason.UNCLEAR))
    rig.settle(
        lambda: {row.key for row in rig.one(EvidenceStrip).rows()} == keys - {Slot.PLATE_A.value},
        "one picture less",
    )
    assert "还差 1 张" in rig.words(rig.main.window)
