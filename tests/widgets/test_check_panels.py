"""Documents and differences at the keyboard: one key to accept, letters to correct, twice to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from widgets.character_cells import Character, CharacterCells
from widgets.choices import Choices
from widgets.difference_panel import ChoicesPanel, DifferencePanel
from widgets.flow import Views
from widgets.gallery_check import (
    CHOICES,
    PARTY,
    REASONS,
    cells,
    choices_panel,
    difference_panel,
    reading_panel,
)
from widgets.party_panel import PartyPanel
from widgets.reading_panel import ReadingPanel

Show = Callable[[QWidget], QWidget]
Until = Callable[[Callable[[], bool]], None]


def values(spy: QSignalSpy) -> list[list[str]]:
    """What a signal carried, each time."""
    return [list(spy.at(at)) for at in range(spy.count())]


def together(*parts: QWidget) -> QWidget:
    """Parts below each other in one window."""
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    return window


def test_letters_go_into_the_doubtful_cells_and_nothing_else_changes(shown: Show) -> None:
    line = CharacterCells("号牌")
    shown(line)
    line.set_cells(cells("测B67890", 4, 5))
    QTest.keyClicks(line, "x")
    assert line.text == "测B670"
    edited = QSignalSpy(line.edited)
    line.edit()
    QTest.keyClicks(line, "89")
    assert line.text == "测B67890"
    assert [cell.confidence for cell in line.cells] == [0.97, 0.97, 0.97, 0.97, None, None, 0.97]
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text == "测B6780"
    assert values(edited)[-1] == ["测B6780"]
    commit = QInputMethodEvent()
    commit.setCommitString("样")
    QApplication.sendEvent(line, commit)
    assert line.text == "测B678样0"


def test_cells_are_taken_and_given_where_the_machine_miscounted(shown: Show) -> None:
    line = CharacterCells("姓名")
    shown(line)
    line.set_cells(cells("样本二"))
    line.edit()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert line.text == "本二"
    QTest.keyClick(line, Qt.Key.Key_Insert)
    QTest.keyClicks(line, "Y")
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, "Z")
    assert line.text == "Y本二Z"
    line.set_cells(())
    line.edit()
    QTest.keyClicks(line, "AB")
    assert line.cells == (Character("A"), Character("B"))


def test_a_reading_is_taken_on_by_one_key_and_corrected_by_letters(shown: Show) -> None:
    panel = reading_panel()
    assert isinstance(panel, ReadingPanel)
    shown(panel)
    panel.setFocus()
    accepted, corrected = QSignalSpy(panel.accepted), QSignalSpy(panel.corrected)
    retaken = QSignalSpy(panel.retake)
    assert panel.cells.text == "LTEST00000A0001"
    QTest.keyClick(panel.fields, Qt.Key.Key_E)
    assert panel.cells.hasFocus()
    QTest.keyClicks(panel.cells, "70")
    QTest.keyClick(panel.cells, Qt.Key.Key_Return)
    assert values(corrected) == [["vin", "LTEST00000A000170"]]
    assert panel.fields.hasFocus()
    assert panel.cells.text == "0914628"  # the next field that needs a person
    QTest.keyClick(panel.fields, Qt.Key.Key_R)
    assert retaken.count() == 1
    QTest.keyClick(panel.fields, Qt.Key.Key_Return)
    assert accepted.count() == 1


def test_what_is_being_written_survives_news(shown: Show) -> None:
    panel = reading_panel()
    assert isinstance(panel, ReadingPanel)
    shown(panel)
    state = panel.state
    panel.edit()
    QTest.keyClicks(panel.cells, "7")
    panel.set_state(replace(state, problems="x"))
    assert panel.cells.text == "LTEST00000A00017"
    assert panel.cells.hasFocus()


def test_a_choice_is_taken_by_the_same_digit_twice(shown: Show) -> None:
    choices = Choices()
    choices.set_choices(CHOICES)
    shown(choices)
    choices.setFocus()
    chosen = QSignalSpy(choices.chosen)
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_X, Qt.Key.Key_3):
        QTest.keyClick(choices, key)
    assert chosen.count() == 0
    assert choices.armed == "article-13"
    QTest.keyClick(choices, Qt.Key.Key_3)
    assert values(chosen) == [["article-13"]]
    for _ in range(2):
        QTest.keyClick(choices, Qt.Key.Key_4)  # blocked
        QTest.keyClick(choices, Qt.Key.Key_9)
    assert chosen.count() == 1


def test_a_choice_that_needs_words_takes_them_first(shown: Show) -> None:
    panel = choices_panel()
    assert isinstance(panel, ChoicesPanel)
    shown(panel)
    panel.setFocus()
    chosen = QSignalSpy(panel.chosen)
    for _ in range(2):
        QTest.keyClick(panel.choices, Qt.Key.Key_2)
    assert panel.words.hasFocus()
    QTest.keyClick(panel.words, Qt.Key.Key_Return)
    assert chosen.count() == 0
    QTest.keyClicks(panel.words, "repainted")
    QTest.keyClick(panel.words, Qt.Key.Key_Return)
    assert values(chosen) == [["ask", "repainted"]]
    assert panel.choices.hasFocus()


def test_rows_are_checked_again_by_enter_and_digits_are_for_the_choices(shown: Show) -> None:
    panel = difference_panel()
    assert isinstance(panel, DifferencePanel)
    shown(panel)
    table = panel.table
    table.setFocus()
    again, digit = QSignalSpy(table.checked_again), QSignalSpy(table.digit)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_2)
    assert values(again) == [["colour"]]
    assert digit.at(0) == [1]


@pytest.mark.parametrize("reason", [Qt.FocusReason.OtherFocusReason, Qt.FocusReason.BacktabFocusReason])
def test_the_party_is_a_form_while_the_keyboard_is_in_it(shown: Show, reason: Qt.FocusReason) -> None:
    panel, other = PartyPanel(PARTY, REASONS), QLineEdit()
    window = shown(together(other, panel))
    edited, uncovered = QSignalSpy(panel.edited), QSignalSpy(panel.uncovered)
    panel.setFocus(reason)
    back = reason is Qt.FocusReason.BacktabFocusReason
    assert (panel.form.last if back else panel.form.first).hasFocus()
    assert not panel.checks.isVisible()
    QTest.keyClicks(panel.form.last if back else panel.form.first, "x")
    assert values(edited)[-1][0] == ("policy_number" if back else "name")
    assert values(uncovered) == ([] if back else [["name"]])
    other.setFocus()
    assert panel.checks.isVisible()
    assert panel.form.first.text() == "示例**"
    assert window.isVisible()


def test_a_reason_is_asked_in_place_and_the_keyboard_goes_back(shown: Show) -> None:
    panel, note = PartyPanel(PARTY, REASONS), QLineEdit()
    window = shown(together(note, panel))
    note.setFocus()
    revealed = QSignalSpy(panel.revealed)
    panel.ask_reason()
    assert panel.reasons.hasFocus()
    QTest.keyClick(panel.reasons, Qt.Key.Key_9)
    assert revealed.count() == 0
    QTest.keyClick(panel.reasons, Qt.Key.Key_2)
    assert values(revealed) == [["contact"]]
    assert note.hasFocus()
    assert panel.reasons.isHidden()
    assert window.isVisible()


def test_another_view_waits_until_nobody_is_typing(shown: Show, until: Until) -> None:
    field, outside, second = QLineEdit(), QLineEdit(), QWidget()
    views = Views(together(field), second)
    window = shown(together(outside, views))
    field.setFocus()
    views.show_view(1)
    QTest.keyClicks(field, "abc")
    assert field.text() == "abc"
    assert field.isVisible()
    outside.setFocus()
    until(second.isVisible)
    views.show_view(0)
    assert field.isVisible()
    assert window.isVisible()
