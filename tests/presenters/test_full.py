"""F11: the picture has the page; what is asked for beside it brings everything back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.presenters.rig import CTRL, PLAIN, Rig
from tests.presenters.story import in_call
from widgets.dispatch_panel import DispatchPanel, PoliceLine
from widgets.evidence_strip import EvidenceStrip
from widgets.script_line import ScriptLine
from widgets.video_pane import VideoPane


def test_f11_gives_the_picture_the_page_and_esc_takes_it_back(rig: Rig) -> None:
    in_call(rig)
    before = rig.one(VideoPane).width()
    rig.press(Qt.Key.Key_4, CTRL)
    rig.press(Qt.Key.Key_F11)
    rig.settle(lambda: rig.one(VideoPane).width() > 1.5 * before, "a larger picture")
    assert rig.one(ScriptLine).isVisible()
    typing = QApplication.focusWidget()
    assert typing is not None
    assert typing.isVisible()
    rig.press(Qt.Key.Key_Escape)
    rig.settle(lambda: rig.one(VideoPane).width() == before, "the picture as before")


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_F12, PLAIN),
        (Qt.Key.Key_F1, PLAIN),
        (Qt.Key.Key_2, CTRL),
        (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_F11, PLAIN),
    ],
)
def test_what_answers_beside_the_picture_is_in_sight(
    rig: Rig, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    in_call(rig)
    strip = rig.one(EvidenceStrip)
    rig.press(Qt.Key.Key_F11)
    rig.settle(lambda: not strip.isVisible(), "the picture alone")
    rig.press(key, modifiers)
    rig.settle(strip.isVisible, "all around it again")


def test_the_way_to_the_police_stays_in_sight_beside_the_picture(rig: Rig) -> None:
    in_call(rig)
    line = rig.one(PoliceLine)
    home = line.parentWidget()
    rig.press(Qt.Key.Key_F11)
    rig.settle(lambda: line.parentWidget() is not home, "the line below the picture")
    assert not line.button.visibleRegion().isEmpty()
    line.button.click()
    assert rig.one(DispatchPanel).hasFocus()
    assert line.parentWidget() is home
    rig.settle(lambda: not line.button.visibleRegion().isEmpty(), "the button at the foot of the column")
