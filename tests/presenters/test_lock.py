"""The screen lock: covers what can be seen, lets the call go on, and comes back in the same field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from console.contract.lock_api import Unlock
from console.domain import events as ev
from console.domain.errors import DomainError
from console.usecases.ports import ServiceUnavailable
from tests.presenters.rig import CTRL, LOCK_AFTER, SHIFT, Rig
from tests.presenters.story import in_call
from widgets.case_bar import CaseBar
from widgets.lock_page import LockPage
from widgets.notes import NotesPanel
from widgets.party_panel import PartyPanel
from widgets.video_pane import VideoPane


def lock(rig: Rig) -> LockPage:
    """Press the key and return what covers the window."""
    rig.press(Qt.Key.Key_K, CTRL | SHIFT)
    rig.idle()
    return rig.one(LockPage)


def answer(rig: Rig, password: str) -> None:
    """Write a password where the keyboard is and press Enter."""
    rig.write(password)
    rig.press(Qt.Key.Key_Return)
    rig.idle()


def shown(rig: Rig, kind: type[LockPage | NotesPanel | PartyPanel | CaseBar | VideoPane]) -> bool:
    """Tell whether a part of that kind can be seen."""
    return any(part.isVisible() for part in rig.window.findChildren(kind))


def pass_time(rig: Rig, seconds: float) -> None:
    """Let the clock move and the window count on."""
    rig.clock.advance(seconds)
    rig.main.tick()
    rig.idle()


def test_it_resumes_in_the_same_field_with_what_was_written(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    note = rig.one(NotesPanel).note
    rig.write("half a sent")
    at = note.textCursor().position()
    page = lock(rig)
    assert QApplication.focusWidget() is page.password
    assert page.password.echoMode() is QLineEdit.EchoMode.Password
    assert not any(shown(rig, kind) for kind in (NotesPanel, PartyPanel, CaseBar, VideoPane))
    answer(rig, "right")
    assert rig.asked("unlock") == [Unlock(password="right")]
    assert not shown(rig, LockPage)
    assert QApplication.focusWidget() is note
    assert (note.toPlainText(), note.textCursor().position()) == ("half a sent", at)
    rig.write("ence")
    assert note.toPlainText() == "half a sentence"


def test_a_wrong_password_leaves_it_locked_and_says_why(rig: Rig) -> None:
    page = lock(rig)
    rig.service.trouble["unlock"].extend(
        (DomainError("wrong-credentials"), ServiceUnavailable("unreachable"), DomainError("account-locked"))
    )
    for words in ("口令", "服务", "锁定"):
        answer(rig, "wrong")
        assert page.isVisible()
        assert page.password.text() == ""
        assert words in rig.words(page)
    answer(rig, "right")
    assert not shown(rig, LockPage)


def test_nothing_acts_and_nothing_takes_the_keyboard_while_it_is_locked(rig: Rig) -> None:
    in_call(rig)
    page = lock(rig)
    before = list(rig.service.asked)
    for key in (
        Qt.Key.Key_F2,
        Qt.Key.Key_F3,
        Qt.Key.Key_F6,
        Qt.Key.Key_F9,
        Qt.Key.Key_F12,
        Qt.Key.Key_Escape,
    ):
        rig.press(key)
    rig.press(Qt.Key.Key_M, CTRL)
    for _ in range(8):
        rig.press(Qt.Key.Key_Tab)
        typing = QApplication.focusWidget()
        assert typing is not None
        assert page.isAncestorOf(typing)
    rig.idle()
    assert rig.service.asked == before
    page.password.setFocus()
    rig.happens(ev.CallHungUp(by="party"))
    assert QApplication.focusWidget() is page.password


def test_the_call_goes_on_behind_it(rig: Rig) -> None:
    in_call(rig)
    page = lock(rig)
    assert "通话照常" in rig.words(page)
    rig.paint(7)
    rig.idle()
    assert rig.asked("hang_up") == []
    assert rig.desk.own_call() is not None
    answer(rig, "right")
    frame = rig.one(VideoPane).frame
    assert frame is not None
    assert frame.width() == 1280


def test_it_locks_by_itself_outside_a_call_and_says_so_before(rig: Rig) -> None:
    pass_time(rig, LOCK_AFTER.total_seconds() - 61)
    assert not shown(rig, LockPage)
    pass_time(rig, 31)
    assert "0:30" in rig.main.window.notice.accessibleName()
    rig.press(Qt.Key.Key_F6)
    pass_time(rig, 31)
    assert not shown(rig, LockPage)
    assert not rig.main.window.notice.isVisible()
    pass_time(rig, LOCK_AFTER.total_seconds())
    assert shown(rig, LockPage)


def test_it_never_locks_by_itself_in_a_call(rig: Rig) -> None:
    in_call(rig)
    pass_time(rig, 10 * LOCK_AFTER.total_seconds())
    assert not shown(rig, LockPage)
    pass_time(rig, 1)
    assert not shown(rig, LockPage)
