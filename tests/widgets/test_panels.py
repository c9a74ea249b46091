"""Focus rings, fields that are never overwritten, the ring bar that takes no focus, ruling by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from widgets.chip import ChipState
from widgets.fields import LineField, TextField, takes_text
from widgets.gallery_call import ruling_form
from widgets.gallery_place import TAKEN, place_panel
from widgets.hatch_frame import HatchFrame
from widgets.keycap import KeyCap
from widgets.notes import NotesPanel, NotesState
from widgets.outcome_grid import Outcome, OutcomeGrid
from widgets.panel import Panel
from widgets.place_panel import PlacePanel
from widgets.ring_bar import RingBar, RingBarState
from widgets.ruling_form import RulingForm
from widgets.status_bar import SaveState, StatusBar, StatusBarState
from widgets.theme import current

Show = Callable[[QWidget], QWidget]
SAVED = ChipState("本机已存", "ok")


def composing(panel: NotesPanel) -> bool:
    """Asked anew each time."""
    return panel.note.composing


def test_panel_ring_follows_the_focus_inside(shown: Show) -> None:
    window = QWidget()
    panel, other = Panel("地点"), QLineEdit()
    field = QLineEdit()
    panel.body.addWidget(field)
    layout = QVBoxLayout(window)
    layout.addWidget(panel)
    layout.addWidget(other)
    shown(window)
    focus = current().color("focus").name()

    def ring() -> str:
        return panel.grab().toImage().pixelColor(0, panel.height() // 2).name()

    field.setFocus()
    assert ring() == focus
    other.setFocus()
    assert ring() != focus


def test_ring_bar_takes_no_focus_and_loses_no_text(shown: Show) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    field = QLineEdit()
    layout.addWidget(field)
    shown(window)
    field.setFocus()
    QTest.keyClicks(field, "abc")
    bar = RingBar(RingBarState("0:01", "", "样例大道", "演示区", "12123"))
    answer = QSignalSpy(bar.answer)
    layout.insertWidget(0, bar)
    QTest.keyClicks(field, "def")
    assert field.hasFocus()
    assert field.text() == "abcdef"
    QTest.mouseClick(bar.answer_button, Qt.MouseButton.LeftButton)
    assert answer.count() == 1
    assert field.hasFocus()
    bar.set_state(RingBarState("0:03", "", "样例大道", "演示区", "12123", taken_by="11 席已接"))
    assert bar.answer_button.isHidden()
    assert "11 席已接" in bar.accessibleName()


def test_focused_field_is_not_overwritten(shown: Show) -> None:
    panel = place_panel()
    assert isinstance(panel, PlacePanel)
    shown(panel)
    edited = QSignalSpy(panel.edited)
    panel.road.setFocus()
    panel.road.clear()
    QTest.keyClicks(panel.road, "ab")
    panel.set_state(replace(TAKEN, road="别的路", landmark="别的桩"))
    assert panel.road.text() == "ab"
    assert panel.landmark.text() == "别的桩"
    assert edited.at(edited.count() - 1) == ["road", "ab"]


def test_composing_text_is_neither_sent_nor_overwritten(shown: Show) -> None:
    panel = NotesPanel(NotesState((), "已写", SAVED))
    shown(panel)
    panel.note.setFocus()
    edited = QSignalSpy(panel.edited)
    QApplication.sendEvent(panel.note, QInputMethodEvent("shijian", []))
    assert composing(panel)
    panel.set_state(NotesState((), "别处改了", SAVED))
    commit = QInputMethodEvent("", [])
    commit.setCommitString("时间")
    QApplication.sendEvent(panel.note, commit)
    assert not composing(panel)
    assert "时间" in panel.note.toPlainText()
    assert "已写" in panel.note.toPlainText()
    assert edited.count() >= 1


def test_showing_a_stored_note_is_not_an_edit(shown: Show) -> None:
    panel = NotesPanel(NotesState((), "", SAVED))
    edited = QSignalSpy(panel.edited)
    panel.set_state(NotesState((), "从服务来", SAVED))
    assert panel.note.toPlainText() == "从服务来"
    assert edited.count() == 0


def test_text_fields_are_bounded_and_known_as_text(app: QApplication) -> None:
    field = TextField("备注", longest=10)
    field.setPlainText("x" * 25)
    assert field.toPlainText() == "x" * 10
    assert takes_text(field)
    assert takes_text(LineField("路"))
    assert not takes_text(Panel("面板"))
    assert not takes_text(None)


def test_outcomes_by_key_and_never_an_impossible_one(shown: Show) -> None:
    grid = OutcomeGrid()
    outcomes = tuple(Outcome(f"o{at}", f"结果{at}", "需写理由" if at == 5 else "") for at in range(8))
    grid.set_outcomes(outcomes, "")
    chosen = QSignalSpy(grid.chosen)
    shown(grid)
    for key in (Qt.Key.Key_1, Qt.Key.Key_6, Qt.Key.Key_8, Qt.Key.Key_9):
        QTest.keyClick(grid, key)
    assert [chosen.at(at)[0] for at in range(chosen.count())] == ["o0", "o7"]
    grid.set_outcomes(outcomes, "o7")
    assert "结果7" in grid.accessibleName()


def test_digits_in_the_reason_are_text_not_outcomes(shown: Show) -> None:
    form = ruling_form()
    assert isinstance(form, RulingForm)
    shown(form)
    chosen, edited = QSignalSpy(form.outcome_chosen), QSignalSpy(form.text_edited)
    form.reason.setFocus()
    QTest.keyClicks(form.reason, "18")
    assert chosen.count() == 0
    assert edited.at(edited.count() - 1)[0] == "reason"
    assert not form.issue_button.isEnabled()


def test_hatched_frame_only_in_training(shown: Show) -> None:
    duty, training = HatchFrame(False, QWidget()), HatchFrame(True, QWidget())
    for frame in (duty, training):
        frame.resize(300, 200)

    def edge(frame: HatchFrame) -> set[str]:
        image = frame.grab().toImage()
        return {image.pixelColor(x, 4).name() for x in range(300)}

    assert edge(duty) == {current().color("bg").name()}
    assert current().color("train").name() in edge(training)


@dataclass(frozen=True)
class Payload:
    """A value such as the bridge carries."""

    number: int
    text: str


class Source(QObject):
    """Emits Python values."""

    sent = Signal(object)


def test_ten_thousand_signals_arrive_once_and_in_order(app: QApplication) -> None:
    source = Source()
    seen: list[Payload] = []
    source.sent.connect(seen.append)
    first = Payload(0, "快处台")
    for number in range(10_000):
        source.sent.emit(replace(first, number=number))
    assert [payload.number for payload in seen] == list(range(10_000))


def test_ten_thousand_queued_signals_arrive(app: QApplication) -> None:
    source = Source()
    seen: list[Payload] = []
    source.sent.connect(seen.append, Qt.ConnectionType.QueuedConnection)
    for number in range(10_000):
        source.sent.emit(Payload(number, ""))
    assert seen == []
    app.processEvents()
    assert [payload.number for payload in seen] == list(range(10_000))


def test_the_status_bar_names_as_many_keys_as_stand_there_whole(shown: Show) -> None:
    keys = tuple((f"F{number}", f"第 {number} 个键") for number in range(1, 13))
    bar = StatusBar(StatusBarState("视频", keys, (SaveState("服务序号 8"),)))
    shown(bar)

    def named() -> list[KeyCap]:
        return [cap for cap in bar.findChildren(KeyCap) if cap.isVisible()]

    bar.resize(1900, 28)
    assert len(named()) == len(keys)
    bar.resize(700, 28)
    assert 0 < len(named()) < len(keys)
    for cap in named():
        hint = cap.parentWidget()
        assert hint is not None
        assert hint.width() >= hint.sizeHint().width()
