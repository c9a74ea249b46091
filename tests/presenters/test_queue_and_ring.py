"""The queue and the ring bar: shown without taking the keyboard, answered once, honest about who has it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from console.contract.observation import CallShown, QueueShown
from console.domain import events as ev
from console.domain.ids import CallId
from console.usecases.facts import ConnectionChanged, ConnectionStage
from console.usecases.ports import StreamLost, StreamOpened
from tests.fakes import NOW, OTHER_SEAT, SEAT
from tests.presenters.rig import CALL, CTRL, SHIFT, Rig
from tests.presenters.story import answered_by, in_call, placed, second_call
from widgets.keyed_model import ROW_ROLE
from widgets.notes import NotesPanel
from widgets.queue_view import QueueRow, QueueView

SECOND = CallId("second")


def queue_rows(rig: Rig) -> list[QueueRow]:
    model = rig.one(QueueView).model()
    return [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]


def test_a_call_waits_in_the_queue_with_its_time(rig: Rig) -> None:
    rig.happens(*placed(waited_s=42))
    (row,) = queue_rows(rig)
    assert (row.waited, row.place, row.status) == ("0:42", "样例大道", "排队")
    assert rig.of(QueueShown)[-1].call_ids == (CALL,)
    assert "列表截至 14:30:0" in rig.words(rig.window)
    rig.clock.advance(5)
    rig.settle(lambda: queue_rows(rig)[0].waited == "0:47", "the queue counting on")
    assert not rig.main.window.ring.isVisible()


def test_ringing_shows_the_bar_and_leaves_the_keyboard_alone(rig: Rig) -> None:
    before = QApplication.focusWidget()
    rig.happens(*placed(hurt=True), ev.CallRang(seat=SEAT))
    assert rig.main.window.ring.isVisible()
    assert "疑似有人受伤" in rig.main.window.ring.accessibleName()
    assert QApplication.focusWidget() is before is not None
    assert queue_rows(rig)[0].status == "振铃:您"
    assert rig.of(CallShown)[-1].state == "ringing"


def test_another_seats_ringing_is_told_in_the_queue_only(rig: Rig) -> None:
    rig.happens(*placed(), ev.CallRang(seat=OTHER_SEAT))
    assert not rig.main.window.ring.isVisible()
    assert queue_rows(rig)[0].status == "振铃 11 席"
    rig.press(Qt.Key.Key_F2)
    rig.idle()
    assert rig.asked("answer") == []


def test_typing_survives_a_ring_a_drop_and_a_result(rig: Rig) -> None:
    """Nothing that arrives moves the keyboard or touches what is being composed."""
    in_call(rig)
    rig.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    note = rig.one(NotesPanel).note
    assert QApplication.focusWidget() is note
    rig.write("abc")
    QApplication.sendEvent(note, QInputMethodEvent("shijian", []))
    rig.happens(second_call(SECOND), ev.CallRang(seat=SEAT), call_id=SECOND)
    assert rig.main.window.ring.isVisible()
    dropped = ConnectionChanged(call_id=CALL, attempt=1, stage=ConnectionStage.STALE, since=NOW)
    rig.publish(dropped)
    rig.happens(ev.CallInterrupted(reason="network"))
    rig.happens(ev.NotesWritten(text="written elsewhere"))
    rig.idle()
    assert QApplication.focusWidget() is note
    assert note.toPlainText() == "abc"
    assert note.composing
    commit = QInputMethodEvent("", [])
    commit.setCommitString("时间")
    QApplication.sendEvent(note, commit)
    assert note.toPlainText() == "abc时间"
    rig.until_asked("write_notes")
    rig.settle(lambda: getattr(rig.asked("write_notes")[-1], "text", "") == "abc时间", "the committed text")


def test_two_presses_claim_once(rig: Rig) -> None:
    rig.happens(*placed(), ev.CallRang(seat=SEAT))
    rig.press(Qt.Key.Key_F2)
    rig.press(Qt.Key.Key_F2)
    rig.until_asked("answer")
    rig.idle()
    assert rig.asked("answer") == [CALL]
    rig.happens(answered_by())
    rig.settle(lambda: rig.main.window.page == "call", "the call page")
    assert not rig.main.window.ring.isVisible()
    assert rig.of(CallShown)[-1].state == "connected"


def test_a_lost_race_is_said_in_words(rig: Rig) -> None:
    rig.service.winners[CALL] = (OTHER_SEAT, "样本明")
    rig.happens(*placed(), ev.CallRang(seat=SEAT))
    rig.press(Qt.Key.Key_F2)
    rig.settle(lambda: "11 席已接" in rig.main.window.notice.accessibleName(), "the words of the refusal")
    assert rig.main.window.notice.isVisible()
    rig.clock.advance(2)
    rig.main.tick()
    assert "11 席已接" in rig.main.window.notice.accessibleName()
    assert rig.main.window.page == "idle"


def test_a_call_taken_by_another_seat_is_named_for_three_seconds(rig: Rig) -> None:
    rig.happens(*placed(), ev.CallRang(seat=SEAT))
    rig.happens(answered_by(OTHER_SEAT))
    bar = rig.main.window.ring
    assert bar.isVisible()
    assert "11 席已接" in bar.accessibleName()
    assert not bar.answer_button.isVisible()
    rig.clock.advance(2.9)
    rig.main.tick()
    assert bar.isVisible()
    rig.clock.advance(0.2)
    rig.main.tick()
    assert not bar.isVisible()
    assert queue_rows(rig) == []


def test_shift_f2_passes_the_call_on(rig: Rig) -> None:
    rig.happens(*placed(), ev.CallRang(seat=SEAT))
    rig.press(Qt.Key.Key_F2, SHIFT)
    assert rig.until_asked("pass_on") == [CALL]
    rig.happens(ev.CallReturned(seat=SEAT))
    assert not rig.main.window.ring.isVisible()


def test_no_ring_is_shown_from_a_stale_list(rig: Rig) -> None:
    rig.happens(*placed(), ev.CallRang(seat=SEAT))
    rig.stream(StreamLost(reason="unreachable"))
    rig.settle(lambda: not rig.main.window.ring.isVisible(), "the ring bar to go")
    rig.press(Qt.Key.Key_F2)
    rig.idle()
    assert rig.asked("answer") == []
    rig.stream(StreamOpened())
    rig.settle(rig.main.window.ring.isVisible, "the ring bar to come back")


def test_f3_toggles_the_seat(rig: Rig) -> None:
    rig.press(Qt.Key.Key_F3)
    rig.settle(lambda: rig.store.seat is not None, "the seat")
    rig.press(Qt.Key.Key_F3)
    states = [getattr(request, "state", None) for request in rig.until_asked("set_seat", 2)]
    assert [state.value for state in states if state is not None] == ["ready", "break"]


def test_an_offered_call_rings_until_it_is_hushed_answered_or_gone(rig: Rig) -> None:
    rig.happens(*placed())
    assert heard(rig) is False
    rig.happens(ev.CallRang(seat=SEAT))
    assert heard(rig) is True
    before = QApplication.focusWidget()
    rig.press(Qt.Key.Key_F2, CTRL)
    rig.idle()
    assert heard(rig) is False
    assert "铃声已关" in rig.words(rig.main.window.ring)
    assert rig.main.window.ring.isVisible()
    assert QApplication.focusWidget() is before
    rig.happens(ev.CallReturned(seat=SEAT), ev.CallRang(seat=OTHER_SEAT))
    rig.happens(second_call(SECOND), ev.CallRang(seat=SEAT), call_id=SECOND)
    assert heard(rig) is True  # the one before was hushed, not this
    rig.happens(answered_by(), call_id=SECOND)
    assert heard(rig) is False


def heard(rig: Rig) -> bool:
    """Whether the media process was told to ring."""
    return rig.media.ringing
