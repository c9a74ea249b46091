"""Ctrl+F finds a case among those the desk has; one that waits for a ruling is opened from there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from console.domain import events as ev
from console.domain.incident import IncidentState
from console.domain.party import PartyDetails
from console.domain.place import PlaceDescribed
from console.presenters.find import STATE
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import in_another_call, in_call, in_ruling
from tests.unit.domain.builders import PARTY_A
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
