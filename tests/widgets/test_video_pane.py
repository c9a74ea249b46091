"""The picture never lies: thresholds of its age, grey, exact letterbox, painted once per frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from widgets import video_paint
from widgets.age import judge
from widgets.video_pane import VideoPane

Show = Callable[[QWidget], QWidget]
Until = Callable[[Callable[[], bool]], None]


class Clock:
    """Seconds that the test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def colour_frame(colour: str, width: int = 1280, height: int = 720) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.mark.parametrize(
    ("age", "freshness", "grey", "snapshot"),
    [
        (0.0, "live", False, True),
        (0.79, "live", False, True),
        (0.8, "stutter", False, True),
        (1.5, "stutter", False, True),
        (1.51, "stale", True, False),
        (20.0, "stale", True, False),
    ],
)
def test_thresholds(age: float, freshness: str, grey: bool, snapshot: bool) -> None:
    judged = judge(age)
    assert (judged.freshness, judged.grey, judged.snapshot) == (freshness, grey, snapshot)
    assert f"{age:.1f} 秒" in judged.words


def test_no_frame_and_paused() -> None:
    assert judge(None, 4.2).words == "未接通 · 等第一帧 4 秒"
    assert not judge(None).snapshot
    paused = judge(0.1, paused="来电")
    assert (paused.freshness, paused.grey, paused.snapshot) == ("paused", True, False)


def test_live_is_said_only_with_sound() -> None:
    assert "实时" in judge(0.1).words
    assert "实时" not in judge(0.1, sound=False).words


def test_picture_turns_grey_at_once_when_stale_and_back_with_a_new_frame(shown: Show) -> None:
    clock = Clock()
    pane = VideoPane(clock)
    pane.resize(640, 360)
    shown(pane)
    pane.set_frame(colour_frame("#2F5B94"))
    middle = pane.grab().toImage().pixelColor(320, 180)
    assert middle.name() == "#2f5b94"
    changed = QSignalSpy(pane.age_changed)
    clock.now += 1.6
    pane.refresh_age()
    assert changed.at(0) == ["stale"]
    grey = pane.grab().toImage().pixelColor(320, 180)
    assert grey.red() == grey.green() == grey.blue()
    assert not pane.age.snapshot
    assert "陈旧" in pane.accessibleName()
    pane.set_frame(colour_frame("#2F5B94"))
    assert pane.grab().toImage().pixelColor(320, 180).name() == "#2f5b94"
    assert pane.age.snapshot


@pytest.mark.parametrize("picture", [QSize(720, 1280), QSize(1280, 720), QSize(640, 480)])
def test_letterbox_is_never_cropped_or_stretched(picture: QSize) -> None:
    room = QRectF(0, 0, 976, 549)
    box = video_paint.letterbox(picture, room)
    assert room.contains(box)
    assert box.width() / box.height() == pytest.approx(picture.width() / picture.height())
    assert box.width() == pytest.approx(room.width()) or box.height() == pytest.approx(room.height())
    assert box.center() == room.center()


def test_painted_once_for_each_new_frame(shown: Show, until: Until) -> None:
    clock = Clock()
    pane = VideoPane(clock)
    pane.resize(640, 360)
    shown(pane)
    painted = QSignalSpy(pane.painted)
    pane.set_frame(colour_frame("red"))
    until(lambda: painted.count() == 1)
    assert painted.at(0) == [100.0]
    pane.repaint()
    assert painted.count() == 1
    clock.now = 100.1
    pane.set_frame(colour_frame("red"))
    pane.set_frame(colour_frame("blue"))
    until(lambda: painted.count() == 2)


def test_blurred_start_shows_no_detail(shown: Show) -> None:
    pane = VideoPane(Clock())
    pane.resize(640, 360)
    shown(pane)
    frame = colour_frame("white")
    for x in range(0, 1280, 2):
        for y in range(320, 400):
            frame.setPixelColor(x, y, QColor("black"))
    pane.set_blurred(True)
    pane.set_frame(frame)
    image = pane.grab().toImage()
    row = [image.pixelColor(x, 180).lightness() for x in range(200, 440)]
    assert max(row) - min(row) < 40
    assert "已模糊" in pane.accessibleName()
