"""Lost calls: the status bar counts them, the list sends a link again or closes one, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.contract.desk_api import Role
from console.contract.lost_api import CloseCall, LostCall
from console.domain import events as ev
from console.domain.call import CallState
from console.domain.determination import MessageState
from console.domain.ids import CallId
from console.domain.lost_call import BY_HAND, CallClosed, CloseReason
from console.presenters.lost_calls import LINK, REASON
from tests.fakes import NOW, SEAT
from tests.presenters.rig import CALL, CTRL, INCIDENT, Rig
from tests.presenters.story import placed
from widgets.act_list import ActList
from widgets.banner import Banner
from widgets.status_bar import StatusBar

LEFT = ev.CallAbandoned(reason="party")


def item(name: str, *, answered: str = "", phone: bool = True) -> LostCall:
    """Return a line of the service's list."""
    return LostCall(
        call_id=CallId(name),
        incident_id=INCIDENT,
        incident_number="训练 T-2026-1126-0001",
        party="甲",
        state=CallState.INTERRUPTED if answered else CallState.ABANDONED,
        lost_at=NOW - timedelta(seconds=252),
        hurt_reported=False,
        seat=SEAT if answered else None,
        answered_name=answered,
        has_phone=phone,
        link=MessageState.SENT if phone else None,
        link_at=NOW if phone else None,
    )


def spoken(shown: ActList, at: int) -> str:
    """Return what a row says."""
    return str(shown.rows.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def bar(rig: Rig) -> str:
    """Return the words of the status bar a second later."""
    rig.main.tick()
    rig.idle()
    return rig.words(rig.one(StatusBar))


@pytest.fixture
def trainer(app: QApplication) -> Iterator[Rig]:
    """The desk of somebody who takes no calls."""
    made = Rig(app, roles=(Role.TRAINER,))
    made.open()
    try:
        yield made
    finally:
        made.close()


def test_every_reason_and_state_has_words() -> None:
    assert set(REASON) == set(BY_HAND)
    assert set(LINK) == set(MessageState)


def test_the_status_bar_counts_until_the_party_is_back_or_the_call_is_closed(rig: Rig) -> None:
    rig.happens(*placed())
    assert "掉线与放弃" not in bar(rig)
    rig.happens(LEFT)
    assert "掉线与放弃 1 件" in bar(rig)
    rig.happens(CallClosed(reason=CloseReason.CAME_BACK))
    assert "掉线与放弃" not in bar(rig)


def test_a_link_is_sent_again_and_a_call_closed_with_a_reason(rig: Rig) -> None:
    rig.happens(*placed(), LEFT)
    rig.lost_calls.lost = (item("one"), item("two", answered="赵演示"), item("three", phone=False))
    typing = QApplication.focusWidget()
    rig.press(Qt.Key.Key_G, CTRL)
    shown = rig.one(ActList)
    rig.settle(lambda: shown.rows.model().rowCount() == 3, "the list")
    assert typing is not None
    assert QApplication.focusWidget() is typing, "a list that opens takes no keyboard"
    assert spoken(shown, 0).startswith("甲 · 未接通, 4:1")
    assert "链接已发" in spoken(shown, 0)
    assert spoken(shown, 1).startswith("甲 · 掉线")
    assert spoken(shown, 1).endswith(f"{SEAT} 席未挂断")
    assert spoken(shown, 2).endswith("没有电话")
    shown.rows.setFocus()
    QTest.keyClick(shown.rows, Qt.Key.Key_Return)
    rig.settle(lambda: rig.lost_calls.linked == ["one"], "the link")
    assert not shown.ended.isEnabled(), "without a reason nothing is closed"
    shown.choice.setCurrentIndex(shown.choice.findData("settled"))
    assert not shown.ended.isEnabled(), "settled how?"
    QTest.keyClicks(shown.reason, "talked")
    QTest.keyClick(shown.reason, Qt.Key.Key_Return)
    rig.settle(lambda: shown.rows.model().rowCount() == 2, "the shorter list")
    assert rig.lost_calls.closed == [("one", CloseCall(reason=CloseReason.SETTLED, note="talked"))]
    assert (shown.code, shown.reason.text()) == ("", "")
    shown.choice.setCurrentIndex(shown.choice.findData("no-answer"))
    shown.ended.click()
    rig.settle(lambda: shown.rows.model().rowCount() == 1, "the last one")
    rig.lost_calls.lost = ()
    rig.happens(CallClosed(reason=CloseReason.CAME_BACK))
    rig.settle(lambda: shown.rows.model().rowCount() == 0, "the empty list")
    assert not shown.again.isEnabled()


def test_a_refusal_is_said_and_what_was_typed_stays(rig: Rig) -> None:
    rig.happens(*placed(), LEFT)
    rig.lost_calls.lost = (item("one"),)
    rig.lost_calls.refusal = "call-not-lost"
    rig.press(Qt.Key.Key_G, CTRL)
    shown = rig.one(ActList)
    rig.settle(lambda: shown.rows.model().rowCount() == 1, "the list")
    shown.choice.setCurrentIndex(shown.choice.findData("settled"))
    QTest.keyClicks(shown.reason, "talked")
    shown.ended.click()
    banners = rig.window.findChildren(Banner)
    rig.settle(lambda: any("已经有人处理" in rig.words(one) for one in banners), "the refusal")
    assert (shown.code, shown.reason.text()) == ("settled", "talked")


def test_an_open_list_follows_the_journal(rig: Rig) -> None:
    rig.happens(*placed())
    rig.press(Qt.Key.Key_G, CTRL)
    shown = rig.one(ActList)
    rig.settle(lambda: rig.lost_calls.asked == 1, "the first question")
    rig.lost_calls.lost = (item(CALL),)
    rig.happens(LEFT)
    rig.settle(lambda: shown.rows.model().rowCount() == 1, "the news")
    before = spoken(shown, 0)
    rig.clock.advance(5)
    rig.main.tick()
    assert spoken(shown, 0) != before, "its age counts on"


def test_the_list_is_for_those_who_take_calls(trainer: Rig) -> None:
    trainer.press(Qt.Key.Key_G, CTRL)
    assert trainer.window.findChildren(ActList) == []
    assert any("由接警岗处理" in trainer.words(one) for one in trainer.window.findChildren(Banner))
