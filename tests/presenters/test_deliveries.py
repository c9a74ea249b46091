"""What did not arrive: the status bar says so to everybody, a supervisor settles it by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.contract.desk_api import Role
from console.contract.outbox_api import DeliveryItem
from console.domain.delivery import Channel, Delivery, DeliveryRecorded, DeliveryState
from console.domain.ids import DeliveryId
from console.presenters.lamps import top_bar_state
from tests.fakes import NOW
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import placed
from widgets.act_list import ActList
from widgets.banner import Banner
from widgets.status_bar import StatusBar


def recorded(name: str, state: DeliveryState) -> DeliveryRecorded:
    """Return the journal's word on a delivery."""
    made = Delivery(id=DeliveryId(name), channel=Channel.DISPATCH, state=state, at=NOW, trouble="timeout")
    return DeliveryRecorded(delivery=made)


def item(name: str) -> DeliveryItem:
    """Return a line of the service's list."""
    return DeliveryItem(
        id=DeliveryId(name),
        channel=Channel.DISPATCH,
        state=DeliveryState.DEAD,
        incident_id=INCIDENT,
        incident_number="训练 T-2026-1126-0001",
        party="",
        what="",
        queued_at=NOW,
        due_at=NOW,
        attempts=10,
        trouble="timeout",
        reference="",
    )


@pytest.fixture
def supervisor(app: QApplication) -> Iterator[Rig]:
    """The desk of a supervisor who takes no calls."""
    made = Rig(app, roles=(Role.SUPERVISOR,))
    made.open()
    try:
        yield made
    finally:
        made.close()


def test_the_status_bar_says_it_to_everybody_and_the_list_is_the_supervisors(rig: Rig) -> None:
    rig.happens(*placed())
    rig.main.tick()
    rig.idle()
    assert "外发失败" not in rig.words(rig.one(StatusBar))
    rig.happens(recorded("one", DeliveryState.DEAD))
    rig.main.tick()
    rig.idle()
    assert "外发失败 1 件" in rig.words(rig.one(StatusBar))
    rig.press(Qt.Key.Key_D, CTRL)
    assert rig.window.findChildren(ActList) == []
    assert any("由主管处理" in rig.words(banner) for banner in rig.window.findChildren(Banner))
    rig.happens(recorded("one", DeliveryState.DONE))
    rig.main.tick()
    rig.idle()
    assert "外发失败" not in rig.words(rig.one(StatusBar))


def test_a_supervisor_sends_again_or_ends_for_a_reason(supervisor: Rig) -> None:
    rig = supervisor
    assert top_bar_state(rig.desk, NOW).post == "主管"
    rig.happens(*placed(), recorded("one", DeliveryState.DEAD), recorded("two", DeliveryState.DEAD))
    rig.deliveries.dead = (item("two"), item("one"))
    rig.press(Qt.Key.Key_D, CTRL)
    shown = rig.one(ActList)
    rig.settle(lambda: shown.rows.model().rowCount() == 2, "the list")
    spoken = shown.rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"派警指令, 没有按时回答, {item('two').incident_number}")
    shown.again.click()
    rig.settle(lambda: len(rig.deliveries.decided) == 1, "the retry")
    rig.settle(lambda: shown.rows.model().rowCount() == 1, "the shorter list")
    assert not shown.ended.isEnabled(), "without a reason nothing is ended"
    QTest.keyClicks(shown.reason, "phoned")
    shown.ended.click()
    rig.settle(lambda: shown.rows.model().rowCount() == 0, "the empty list")
    assert rig.deliveries.decided == [("retry", "two", ""), ("give-up", "one", "phoned")]
    assert shown.reason.text() == ""
    assert not shown.again.isEnabled()
    rig.press(Qt.Key.Key_D, CTRL)
    assert not any(one.isVisible() for one in rig.window.findChildren(ActList))


def test_an_open_list_follows_the_journal(supervisor: Rig) -> None:
    rig = supervisor
    rig.happens(*placed())
    rig.press(Qt.Key.Key_D, CTRL)
    shown = rig.one(ActList)
    rig.settle(lambda: rig.deliveries.asked == 1, "the first question")
    rig.deliveries.dead = (item("one"),)
    rig.happens(recorded("one", DeliveryState.DEAD))
    rig.settle(lambda: shown.rows.model().rowCount() == 1, "the news")
