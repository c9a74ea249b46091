"""Theme, text size and language: one key or one press away, remembered, and nothing is cut by them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from console.contract.codec import decode
from console.domain import events as ev
from console.domain.ids import UserId
from console.usecases.look import Look
from tests.presenters.rig import CTRL, SHIFT, Rig
from tests.presenters.story import in_call, in_ruling, second_party
from tests.presenters.test_sizes import check
from tests.unit.domain.builders import PARTY_A
from widgets import theme
from widgets.look_panel import LookPanel
from widgets.notes import NotesPanel
from widgets.top_bar import TopBar
from widgets.video_pane import VideoPane


def kept(rig: Rig) -> Look:
    """The look as it lies on this machine's disk for the officer."""
    look: Look = decode(Look, rig.drafts.notes["look officer"])
    return look


def pick(rig: Rig, name: str, value: str) -> None:
    """Choose in the settings, as a click does."""
    rig.one(TopBar).settings_asked.emit()
    rig.one(LookPanel).button(name, value).click()
    rig.idle()


def test_one_key_changes_the_theme_in_a_call_while_typing(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    note = rig.one(NotesPanel).note
    rig.write("kept")
    for wanted in ("light", "dark"):
        rig.press(Qt.Key.Key_L, CTRL | SHIFT)
        rig.idle()
        assert theme.current().mode == wanted == kept(rig).theme
        ground = rig.app.palette().color(QPalette.ColorRole.Window)
        assert ground == theme.current().color("bg")
    assert QApplication.focusWidget() is note
    assert note.toPlainText() == "kept"


def test_nothing_keeps_the_colours_of_the_other_theme(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_L, CTRL | SHIFT)
    rig.idle()
    rig.one(VideoPane).hide()
    shown = rig.window.grab().toImage()
    seen = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(0, shown.height(), 3)}
    dark = theme.Theme("dark")
    assert {dark.color(token).name() for token in ("bg", "panel", "raised", "input", "line")} & seen == set()
    assert theme.current().color("panel").name() in seen


def test_text_size_and_language_wait_for_the_end_of_the_call(rig: Rig) -> None:
    in_call(rig)
    rig.one(TopBar).settings_asked.emit()
    panel = rig.one(LookPanel)
    assert panel.button("theme", "light").isEnabled()
    assert not panel.button("text", "150").isEnabled()
    assert not panel.button("language", "en").isEnabled()
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    assert rig.one(LookPanel).button("text", "150").isEnabled()


def test_larger_text_makes_the_window_anew_with_all_it_knows(rig: Rig) -> None:
    before = rig.one(TopBar).height()
    pick(rig, "text", "150")
    assert kept(rig).text_percent == 150
    assert rig.one(TopBar).height() > before
    in_call(rig)
    assert rig.main.window.page == "call"


def test_english_is_complete_on_the_window_and_fits(rig: Rig) -> None:
    pick(rig, "language", "en")
    assert kept(rig).language == "en"
    check(rig)
    in_call(rig)
    rig.happens(second_party())
    check(rig)
    assert "Evidence" in rig.words(rig.window)
    in_ruling(rig)
    check(rig)


def test_what_one_user_chose_is_no_other_users(rig: Rig) -> None:
    pick(rig, "theme", "light")
    remembered = rig.does.remembered
    mine = rig.io.submit(remembered.look(rig.desk.session.user.id)).result(10)
    others = rig.io.submit(remembered.look(UserId("another"))).result(10)
    assert (mine, others) == (Look(theme="light"), None)
    assert PARTY_A not in rig.drafts.notes["look officer"]
