"""Ctrl+F11: the middle of a call stands on the second monitor, and comes back by itself when that is gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.domain import events as ev
from tests.presenters.rig import CTRL, PLAIN, SHIFT, Rig
from tests.presenters.story import in_another_call, in_call
from widgets.dispatch_panel import PoliceLine
from widgets.evidence_strip import EvidenceStrip
from widgets.notes import NotesPanel
from widgets.script_line import ScriptLine
from widgets.tab_column import TabColumn
from widgets.video_pane import VideoPane


def over(rig: Rig) -> None:
    """The middle goes to the second monitor."""
    rig.press(Qt.Key.Key_F11, CTRL)
    rig.settle(lambda: away(rig), "the middle on the second monitor")


def away(rig: Rig) -> bool:
    video = rig.one(VideoPane).window()
    return video is not rig.window and video.isActiveWindow()


def back(rig: Rig) -> bool:
    return rig.one(VideoPane).window() is rig.window


def test_the_middle_fills_the_second_monitor_and_the_right_column_has_its_space(rig: Rig) -> None:
    in_call(rig)
    before = rig.one(TabColumn).width()
    over(rig)
    there = rig.one(VideoPane).window()
    second = QGuiApplication.screens()[1]
    assert there.geometry() == second.availableGeometry()
    assert there.windowTitle() == rig.window.windowTitle()
    for part in (ScriptLine, EvidenceStrip):
        assert rig.one(part).window() is there
    rig.settle(lambda: rig.one(TabColumn).width() > 2 * before, "a wide right column")
    assert rig.one(PoliceLine).window() is rig.window
    rig.press(Qt.Key.Key_F11, CTRL)
    rig.settle(lambda: back(rig), "the middle back")
    rig.settle(lambda: rig.one(TabColumn).width() == before, "the column as before")


def test_keys_act_on_both_monitors_and_the_keyboard_goes_where_it_is_sent(rig: Rig) -> None:
    in_call(rig)
    over(rig)
    assert rig.one(VideoPane).hasFocus()
    press_there(rig, Qt.Key.Key_F4)
    rig.settle(lambda: rig.store.muted, "silence towards the party")
    press_there(rig, Qt.Key.Key_4, CTRL)
    rig.settle(rig.window.isActiveWindow, "the first monitor")
    assert rig.one(NotesPanel).note.hasFocus()
    rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: rig.one(VideoPane).window().isActiveWindow(), "the second monitor")
    assert rig.one(VideoPane).hasFocus()


def press_there(rig: Rig, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    there: QWidget = rig.one(VideoPane).window()
    QTest.keyClick(there.windowHandle(), key, modifiers)
    rig.app.processEvents()


def test_full_screen_there_leaves_the_first_monitor_as_it_is(rig: Rig) -> None:
    in_call(rig)
    over(rig)
    strip = rig.one(EvidenceStrip)
    rig.press(Qt.Key.Key_F11)
    rig.settle(lambda: not strip.isVisible(), "the picture alone on its monitor")
    assert rig.one(TabColumn).isVisible()
    assert rig.one(PoliceLine).window() is rig.window
    rig.press(Qt.Key.Key_F11)
    rig.settle(strip.isVisible, "the strip again")


def test_a_monitor_that_vanishes_gives_the_middle_back(rig: Rig, app: QApplication) -> None:
    in_call(rig)
    over(rig)
    app.screenRemoved.emit(QGuiApplication.screens()[1])
    rig.settle(lambda: back(rig), "the middle back")
    assert rig.one(VideoPane).hasFocus()
    assert "第二台显示器不在了" in rig.words(rig.window)


def test_where_there_is_one_monitor_nothing_moves(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    in_call(rig)
    only = [rig.window.screen()]
    monkeypatch.setattr(QGuiApplication, "screens", lambda: only)
    rig.press(Qt.Key.Key_F11, CTRL)
    assert back(rig)
    assert "没有第二台显示器" in rig.words(rig.window)


def test_it_is_covered_with_the_lock_and_moves_again_with_the_next_call(rig: Rig) -> None:
    in_call(rig)
    over(rig)
    rig.press(Qt.Key.Key_K, CTRL | SHIFT)
    rig.settle(lambda: rig.main.window.locked, "the lock")
    assert [w for w in rig.app.topLevelWidgets() if w.isVisible() and w is not rig.window] == []
    rig.main.window.uncover()
    rig.settle(lambda: away(rig), "the middle on the second monitor again")
    rig.happens(ev.CallHungUp(by="desk"), ev.CallEnded())
    rig.settle(lambda: rig.main.window.page == "idle", "nobody on the line")
    assert [w for w in rig.app.topLevelWidgets() if w.isVisible() and w is not rig.window] == []
    in_another_call(rig)
    rig.settle(lambda: away(rig), "the next call's middle there")
