"""Columns are moved by their handles, stay where each user left them, and a double click restores."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.contract.codec import decode
from console.domain.ids import UserId
from console.usecases.look import ChosenColumns
from tests.presenters.rig import Rig
from tests.presenters.story import in_call, in_ruling
from tests.presenters.test_look import pick
from widgets.columns import Columns


def drag(rig: Rig, at: int, by: int) -> list[int]:
    """Take a handle of the page shown, move it by so many pixels, let it go."""
    handle = rig.one(Columns).handle(at)
    grip = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(handle, grip + QPoint(by, 0))
    there = handle.mapFromGlobal(handle.mapToGlobal(grip))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=there)
    rig.idle()
    return rig.one(Columns).sizes()


def kept(rig: Rig) -> dict[str, tuple[int, ...]]:
    """What lies on this machine's disk for the officer."""
    chosen: ChosenColumns = decode(ChosenColumns, rig.drafts.notes["columns officer"])
    return dict(chosen.widths)


@pytest.mark.parametrize("page", ["call", "ruling"])
def test_a_handle_stays_where_it_was_left_and_a_double_click_restores(rig: Rig, page: str) -> None:
    in_call(rig)
    if page == "ruling":
        in_ruling(rig)
    before = rig.one(Columns).sizes()
    moved = drag(rig, 2, -60)
    assert moved[1] < before[1]
    assert moved[2] > before[2]
    assert kept(rig) == {page: tuple(moved)}
    QTest.mouseDClick(rig.one(Columns).handle(1), Qt.MouseButton.LeftButton)
    rig.idle()
    assert rig.one(Columns).sizes() == before
    assert kept(rig) == {}


def test_a_click_on_a_handle_chooses_nothing(rig: Rig) -> None:
    in_call(rig)
    QTest.mouseClick(rig.one(Columns).handle(1), Qt.MouseButton.LeftButton)
    rig.idle()
    assert "columns officer" not in rig.drafts.notes


def test_each_page_and_each_width_of_the_window_has_its_own(rig: Rig) -> None:
    in_call(rig)
    moved = drag(rig, 2, -60)
    rig.window.resize(1366, 768)
    rig.idle()
    assert drag(rig, 2, 40)[2] > 0
    assert set(kept(rig)) == {"call", "call small"}
    rig.window.resize(1920, 1080)
    rig.settle(lambda: rig.one(Columns).sizes() == moved, "the wide window as it was left")


def test_the_window_made_anew_stands_as_it_was_left(rig: Rig) -> None:
    moved = drag(rig, 1, -120)
    pick(rig, "language", "en")
    rig.settle(lambda: rig.one(Columns).sizes() == moved, "the columns as they were left")


def test_what_one_user_left_is_no_other_users(rig: Rig) -> None:
    moved = drag(rig, 1, -120)
    remembered = rig.does.remembered
    mine = rig.io.submit(remembered.own(rig.desk.session.user.id)).result(10)
    others = rig.io.submit(remembered.own(UserId("another"))).result(10)
    assert dict(mine.columns.widths) == {"idle": tuple(moved)}
    assert dict(others.columns.widths) == {}


def test_widths_of_another_arrangement_are_left_alone(rig: Rig) -> None:
    columns = rig.one(Columns)
    before = columns.sizes()
    columns.take_up({"idle": (1, 2, 3)})
    assert columns.sizes() == before
