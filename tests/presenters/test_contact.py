"""Ctrl+K: the number of a party, shown once the service has logged why, and masked again by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.party import PartyDetails, ViewReason
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import in_call, in_ruling, second_party
from tests.unit.domain.builders import PARTY_A
from widgets.contact_panel import ContactPanel

PHONE = "10000001234"


def spoken(rig: Rig, at: int) -> str:
    return str(rig.one(ContactPanel).rows.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_number_is_logged_shown_and_masked_again(rig: Rig) -> None:
    in_call(rig)
    details = PartyDetails(name="示例安", phone=PHONE)
    rig.happens(ev.PartyDetailsStated(party_id=PARTY_A, details=details), second_party())
    rig.press(Qt.Key.Key_K, CTRL)
    assert rig.one(ContactPanel).rows.hasFocus()
    assert "100****1234" in spoken(rig, 0)
    assert "没有电话" in spoken(rig, 1)
    rig.press(Qt.Key.Key_Return)
    (viewed,) = rig.until_asked("view_party")
    assert viewed == (PARTY_A, ViewReason.CONTACT)
    rig.settle(lambda: PHONE in spoken(rig, 0), "the number")
    rig.clock.advance(21)
    rig.main.tick()
    assert PHONE not in spoken(rig, 0)
    rig.press(Qt.Key.Key_Down)
    rig.press(Qt.Key.Key_Return)
    assert "没有电话号码" in rig.words(rig.window)


def test_it_is_there_for_the_ruling_too_and_not_without_a_case(rig: Rig) -> None:
    rig.press(Qt.Key.Key_K, CTRL)
    assert "没有人可回拨" in rig.words(rig.window)
    in_ruling(rig)
    rig.press(Qt.Key.Key_K, CTRL)
    assert rig.one(ContactPanel).rows.model().rowCount() == 2
    rig.press(Qt.Key.Key_K, CTRL)
    rig.settle(lambda: not rig.window.findChildren(ContactPanel), "the list put away")
