"""Ctrl+F finds a case among those the desk has; it is opened to be ruled from there, or closed at its end."""

from __future__ import annotations

from PySide6.QtCore import Qt

from console.contract.desk_api import CloseIncident
from console.domain import events as ev
from console.domain.ending import Ending
from console.domain.evidence import Custody, Slot
from console.domain.incident import IncidentState
from console.domain.party import PartyDetails
from console.domain.place import PlaceDescribed
from console.domain.triage import SPECIAL, Answer, TriageFact
from console.presenters.find import ENDING, STATE
from console.usecases.facts import CustodyChanged
from tests.presenters.rig import CTRL, INCIDENT, Rig
from tests.presenters.story import all_facts, in_another_call, in_call, in_ruling, second_party
from tests.unit.domain.builders import PARTY_A, evidence
from widgets.find_panel import FindPanel


def numbers(rig: Rig) -> list[str]:
    model = rig.one(FindPanel).rows.model()
    return [
        str(model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(model.rowCount())
    ]


def test_every_state_has_words() -> None:
    assert set(STATE) == set(IncidentState)


def test_a_case_is_found_by_plate_place_and_number_and_never_shows_a_name(rig: Rig) -> None:
    in_call(rig)
    rig.happens(
        PlaceDescribed(road="样例大道", landmark="灯杆 Y-0417"),
        ev.PartyDetailsStated(party_id=PARTY_A, details=PartyDetails(name="示例安", plate="测A12345")),
    )
    in_another_call(rig)
    rig.press(Qt.Key.Key_F, CTRL)
    panel = rig.one(FindPanel)
    assert panel.field.hasFocus()
    assert [line.split(",")[0] for line in numbers(rig)] == ["T-2026-1123-0002", "T-2026-1123-0001"]
    for typed, found in (
        ("0001", 1),
        ("测a12345", 1),
        ("样例 取证", 1),
        ("示例安", 1),
        ("T-2026", 2),
        ("样例 0002", 0),
    ):
        panel.field.setText(typed)
        assert len(numbers(rig)) == found, typed
    panel.field.setText("示例安")
    said = rig.words(panel)
    assert "示**" in said
    assert "示例安" not in said


def test_the_arrow_keys_walk_the_rows_from_the_field_and_esc_goes_back(rig: Rig) -> None:
    in_call(rig)
    in_another_call(rig)
    rig.press(Qt.Key.Key_F, CTRL)
    panel = rig.one(FindPanel)
    first = panel.rows.current_key()
    rig.press(Qt.Key.Key_Down)
    assert panel.rows.current_key() != first
    rig.press(Qt.Key.Key_Return)
    assert "这里只看,不打开" in rig.words(rig.window)
    rig.press(Qt.Key.Key_F, CTRL)
    rig.settle(lambda: not rig.window.findChildren(FindPanel), "the field put away")


def test_a_case_that_waits_for_a_ruling_opens_with_enter(rig: Rig) -> None:
    in_ruling(rig)
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    rig.settle(lambda: rig.main.window.page == "idle", "nobody on the line")
    rig.press(Qt.Key.Key_F, CTRL)
    assert "Enter 打开" in rig.words(rig.one(FindPanel))
    rig.press(Qt.Key.Key_Return)
    rig.settle(lambda: rig.main.window.page == "ruling", "the case on the ruling page")


def armed(panel: FindPanel) -> bool:
    """Whether the next press closes the case."""
    return panel.closing.button.armed


def settled(rig: Rig, *, hung_up: bool) -> FindPanel:
    """The parties settle among themselves; the case stands in the sheet."""
    in_call(rig)
    rig.happens(second_party(), *all_facts())
    for special in SPECIAL:
        answer = Answer.YES if special is TriageFact.NO_DISPUTE else Answer.NO
        rig.happens(ev.TriageFactStated(fact=special, answer=answer))
    if hung_up:
        rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    rig.press(Qt.Key.Key_F, CTRL)
    return rig.one(FindPanel)


def test_a_case_that_settled_is_closed_by_keys_alone_with_a_reason_and_two_presses(rig: Rig) -> None:
    panel = settled(rig, hung_up=True)
    assert "第20条 自行协商" in rig.words(panel.closing)
    rig.press(Qt.Key.Key_Tab)
    assert panel.closing.reason.hasFocus()
    rig.press(Qt.Key.Key_Return)
    assert not armed(panel)
    rig.write("settled")
    rig.press(Qt.Key.Key_Return)
    assert armed(panel)
    assert rig.asked("close_incident") == []
    rig.press(Qt.Key.Key_Return)
    rig.until_asked("close_incident")
    assert rig.asked("close_incident") == [CloseIncident(disposition="settled")]
    rig.happens(ev.IncidentClosed(disposition="settled"))
    assert not panel.closing.isVisible()
    assert "已结案" in numbers(rig)[0]
    assert panel.field.hasFocus()


def test_nothing_is_closed_on_the_line_nor_before_the_evidence_is_there(rig: Rig) -> None:
    panel = settled(rig, hung_up=False)
    assert not panel.closing.button.isEnabled()
    assert "07 席还没有挂断" in panel.closing.button.accessibleName()
    assert "07 席还没有挂断" in rig.words(panel.closing)
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    rig.settle(lambda: rig.main.window.page == "idle", "nobody on the line")
    panel = rig.one(FindPanel)
    panel.closing.reason.setText("settled")
    assert panel.closing.button.isEnabled()
    item = evidence(Slot.SAFETY)
    rig.publish(
        CustodyChanged(
            evidence_id=item.id, incident_id=INCIDENT, capture=item.capture, custody=Custody.UPLOADING
        )
    )
    rig.idle()
    assert not panel.closing.button.isEnabled()
    assert "证据还没有传完" in panel.closing.button.accessibleName()


def test_another_row_takes_the_reason_and_the_first_press_away(rig: Rig) -> None:
    settled(rig, hung_up=True)
    in_another_call(rig)
    rig.idle()
    panel = rig.one(FindPanel)
    panel.field.setFocus()
    rig.press(Qt.Key.Key_Down)
    assert panel.closing.isVisible()
    panel.closing.reason.setText("settled")
    panel.closing.button.press()
    assert armed(panel)
    rig.press(Qt.Key.Key_Up)
    assert not panel.closing.isVisible()
    assert not armed(panel)
    assert panel.closing.reason.text() == ""


def test_a_case_of_every_end_says_what_comes_before_it_is_closed() -> None:
    assert set(ENDING) == set(Ending)
