"""Keyed rows change exactly; the lists' own keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from widgets.chip import ChipState
from widgets.consents import ConsentCell, ConsentRow, Consents
from widgets.evidence_strip import EvidenceStrip, SlotRow
from widgets.keyed_model import ROW_ROLE, KeyedModel
from widgets.outbox_view import OutboxRow, OutboxView
from widgets.queue_view import QueueRow, QueueView
from widgets.rows import CheckRow
from widgets.triage_rows import TriageRow, TriageRows

Show = Callable[[QWidget], QWidget]


def check(key: str, value: str = "") -> CheckRow:
    return CheckRow(key, key, value)


def test_one_changed_row_is_one_change(app: QApplication) -> None:
    model = KeyedModel(("a", "b", "c"))
    model.set_rows([check("1"), check("2"), check("3")])
    changed, reset = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    inserted, removed = QSignalSpy(model.rowsInserted), QSignalSpy(model.rowsRemoved)
    model.set_rows([check("1"), check("2", "new"), check("3")])
    assert [changed.count(), reset.count(), inserted.count(), removed.count()] == [1, 0, 0, 0]
    first, last = changed.at(0)[0], changed.at(0)[1]
    assert (first.row(), first.column(), last.row(), last.column()) == (1, 0, 1, 2)
    model.set_rows([check("1"), check("2", "new"), check("3")])
    assert changed.count() == 1


def test_insert_and_remove_touch_only_their_row(app: QApplication) -> None:
    model = KeyedModel()
    model.set_rows([check("1"), check("3")])
    inserted, removed = QSignalSpy(model.rowsInserted), QSignalSpy(model.rowsRemoved)
    changed = QSignalSpy(model.dataChanged)
    model.set_rows([check("1"), check("2"), check("3")])
    assert [inserted.count(), removed.count(), changed.count()] == [1, 0, 0]
    assert inserted.at(0)[1:] == [1, 1]
    model.set_rows([check("2"), check("3")])
    assert [inserted.count(), removed.count(), changed.count()] == [1, 1, 0]


@given(st.lists(st.lists(st.integers(0, 12), unique=True), max_size=6), st.integers(0, 12))
def test_any_walk_ends_in_the_wanted_rows(walks: list[list[int]], first: int) -> None:
    model = KeyedModel()
    model.set_rows([check(str(first))])
    for keys in walks:
        rows = [check(str(key), str(at)) for at, key in enumerate(keys)]
        model.set_rows(rows)
        assert list(model.rows()) == rows
        assert [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())] == rows


def test_shared_keys_are_refused(app: QApplication) -> None:
    with pytest.raises(ValueError, match="share"):
        KeyedModel().set_rows([check("1"), check("1")])


def queue_row(key: str, waited: str = "0:10") -> QueueRow:
    chip = ChipState("疑似有人受伤", "bad")
    return QueueRow(key, waited, "样例大道", "演示区", "12123", "2 车", "排队", chip=chip)


def test_queue_keeps_the_current_call_while_time_and_order_change(shown: Show) -> None:
    view = QueueView()
    view.set_rows((queue_row("a"), queue_row("b")))
    shown(view)
    view.selectRow(1)
    view.set_rows((queue_row("c"), queue_row("b", "0:11"), queue_row("a", "0:11")))
    assert view.current_key() == "b"
    assert view.currentIndex().row() == 1
    spoken = view.model().data(view.model().index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "已等 0:11" in spoken
    assert "疑似有人受伤" in spoken
    chosen = QSignalSpy(view.chosen)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.at(0) == ["b"]


def triage(key: str) -> TriageRow:
    return TriageRow(key, key, "第13条", ("无", "有", "未知"))


def test_triage_answers_by_1_2_3(shown: Show) -> None:
    rows = TriageRows()
    rows.set_rows((triage("injury"), triage("drink"), triage("left")))
    shown(rows)
    changed = QSignalSpy(rows.fact_changed)
    rows.table.setFocus()
    QTest.keyClick(rows.table, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Up, Qt.Key.Key_1):
        QTest.keyClick(rows.table, key)
    assert [changed.at(at) for at in range(changed.count())] == [
        ["injury", "no"],
        ["drink", "yes"],
        ["left", "unknown"],
        ["drink", "no"],
    ]


def test_triage_shows_nothing_the_state_does_not_say(shown: Show) -> None:
    rows = TriageRows()
    rows.set_rows((triage("injury"),))
    shown(rows)
    QTest.keyClick(rows.table, Qt.Key.Key_2)
    model = rows.table.model()
    assert "待问" in model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    rows.set_rows((replace(triage("injury"), answered="yes", severity="bad"),))
    assert "有" in model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)


def slots() -> tuple[SlotRow, ...]:
    return tuple(SlotRow(str(at), at + 1, f"槽 {at}") for at in range(16))


def test_strip_moves_by_brackets_and_passes_other_keys_on(shown: Show) -> None:
    strip = EvidenceStrip()
    strip.set_rows(slots())
    strip.resize(976, 250)
    shown(strip)
    moved = QSignalSpy(strip.current_changed)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert [moved.at(at)[0] for at in range(moved.count())] == ["1", "2", "1", "0"]


def test_strip_keeps_its_slot_when_slots_change(shown: Show) -> None:
    strip = EvidenceStrip()
    strip.set_rows(slots())
    strip.set_current("5")
    changed = QSignalSpy(strip.model().dataChanged)
    taken = replace(slots()[5], verdict="ok", custody="uploading", percent=62)
    strip.set_rows((*slots()[:5], taken, *slots()[6:]))
    assert changed.count() == 1
    assert strip.current_key() == "5"
    assert taken.spoken() == "图 6 槽 5, 合格, 上传中 62%"


def test_consents_gain_a_party_without_a_reset(app: QApplication) -> None:
    table = Consents(("甲",))
    table.set_rows((ConsentRow("video", "视频处理", (ConsentCell("待答", "warn"),)),))
    reset = QSignalSpy(table.model().modelReset)
    table.set_parties(("甲", "乙"))
    answers = (ConsentCell("同意 14:30:12", "ok"), ConsentCell("待答", "warn"))
    table.set_rows((ConsentRow("video", "视频处理", answers),))
    assert (table.model().columnCount(), reset.count()) == (3, 0)


def test_outbox_says_verified_only_for_verified(app: QApplication) -> None:
    view = OutboxView()
    row = OutboxRow("1", "图 4", "1.8 MB", "received")
    view.set_rows((row,))
    assert "已核" not in row.spoken()
    assert "服务器已核对摘要" in replace(row, mark="verified").spoken()
