"""D: a drawing over the party's picture goes to the phone; Z enlarges in a frame of its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.contract.codec import decode, encode
from console.contract.control import Acknowledge, Draw, ToPhone
from console.contract.media import ControlReceived
from console.domain import events as ev
from tests.fakes import SEAT
from tests.presenters.rig import CALL, CTRL, Rig
from tests.presenters.story import in_call
from widgets.drawing import MOST_POINTS, MOST_STROKES, Drawing
from widgets.video_keys import VideoKeys
from widgets.video_pane import VideoPane


@pytest.fixture
def seeing(rig: Rig) -> Rig:
    """A call with a fresh picture."""
    in_call(rig)
    rig.paint(1)
    rig.idle()
    return rig


def drawn(rig: Rig) -> Draw:
    """The next drawing that was sent to the phone."""

    def look() -> str | None:
        return rig.media.controls.get_nowait() if not rig.media.controls.empty() else None

    message: ToPhone = decode(ToPhone, rig.settle(look, "a message to the phone") or "")
    assert isinstance(message, Draw)
    return message


def put_away(rig: Rig) -> bool:
    """Whether nobody draws."""
    return all(pen.isHidden() for pen in rig.window.findChildren(Drawing))


def middle(draw: Draw) -> tuple[float, float]:
    (ring,) = draw.strokes
    across, down = [x for x, _y in ring], [y for _x, y in ring]
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def test_a_ring_is_drawn_moved_and_wiped_by_key(seeing: Rig) -> None:
    seeing.press(Qt.Key.Key_D)
    first = drawn(seeing)
    assert (first.author, first.at) == (SEAT, seeing.desk.service_now())
    assert middle(first) == pytest.approx((0.5, 0.55), abs=0.01)
    assert seeing.one(VideoKeys).button("draw").accessibleName().endswith("已开")
    seeing.press(Qt.Key.Key_Right)
    assert middle(drawn(seeing)) == pytest.approx((0.55, 0.55), abs=0.01)
    seeing.press(Qt.Key.Key_D)
    assert drawn(seeing).strokes == ()
    assert put_away(seeing)
    assert seeing.one(VideoPane).hasFocus()


def test_the_pointer_draws_lines_and_what_the_phone_says_is_written_there(seeing: Rig) -> None:
    seeing.press(Qt.Key.Key_D)
    drawn(seeing)
    pen = seeing.one(Drawing)
    box = seeing.one(VideoPane).picture_box().toRect()
    start, end = box.topLeft(), box.center()
    QTest.mousePress(pen, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(pen, end)
    QTest.mouseRelease(pen, Qt.MouseButton.LeftButton, pos=end)
    message = drawn(seeing)
    (line,) = message.strokes
    assert line[0] == (0.0, 0.0)
    assert line[-1] == pytest.approx((0.5, 0.5), abs=0.01)
    answer = Acknowledge(id=message.id, ok=True)
    seeing.says(ControlReceived(call_id=CALL, attempt=1, text=encode(answer).decode()))
    seeing.press(Qt.Key.Key_Backspace)
    assert drawn(seeing).strokes == ()


def test_a_drawing_stays_within_what_the_phone_takes(seeing: Rig) -> None:
    seeing.press(Qt.Key.Key_D)
    drawn(seeing)
    pen = seeing.one(Drawing)
    for row in range(MOST_STROKES + 2):
        QTest.mousePress(pen, Qt.MouseButton.LeftButton, pos=QPoint(200, 100 + row))
        for at in range(2 * MOST_POINTS):
            QTest.mouseMove(pen, QPoint(201 + at, 100 + row))
        QTest.mouseRelease(pen, Qt.MouseButton.LeftButton, pos=QPoint(400, 100 + row))
        assert len(drawn(seeing).strokes) == min(row + 1, MOST_STROKES)
    assert all(len(line) == MOST_POINTS for line in pen.strokes)


def test_another_slot_wipes_it_and_the_end_of_the_call_puts_it_away(seeing: Rig) -> None:
    seeing.press(Qt.Key.Key_D)
    assert drawn(seeing).strokes
    seeing.press(Qt.Key.Key_BracketRight)
    assert drawn(seeing).strokes == ()
    seeing.press(Qt.Key.Key_D)
    assert drawn(seeing).strokes
    seeing.happens(ev.CallHungUp(by="party"), ev.CallEnded())
    assert put_away(seeing)
    assert seeing.media.controls.empty()


def test_without_a_picture_nothing_is_drawn_and_the_window_says_why(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_D)
    assert "没有画面,不能标画" in rig.words(rig.window)
    assert rig.media.controls.empty()


def test_z_enlarges_in_a_frame_that_follows_the_pointer(seeing: Rig) -> None:
    pane = seeing.one(VideoPane)
    seeing.press(Qt.Key.Key_B)
    before = pane.grab().toImage()
    seeing.press(Qt.Key.Key_Z)
    assert pane.magnified
    assert "已放大" in pane.accessibleName()
    QTest.mouseMove(pane, pane.picture_box().center().toPoint())
    assert pane.grab().toImage() != before
    seeing.press(Qt.Key.Key_4, CTRL)
    seeing.write("z")
    assert pane.magnified
    seeing.press(Qt.Key.Key_Escape)
    seeing.press(Qt.Key.Key_Z)
    assert not pane.magnified
