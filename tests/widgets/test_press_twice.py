"""Press twice: confirms on the second press only, and anything else cancels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from widgets.dispatch_panel import DispatchPanel
from widgets.evacuation_panel import EvacuationPanel, EvacuationState
from widgets.press_twice import PressTwiceButton

Show = Callable[[QWidget], QWidget]
Until = Callable[[Callable[[], bool]], None]


def armed(button: PressTwiceButton) -> bool:
    """Asked anew each time."""
    return button.armed


def test_second_press_confirms(shown: Show) -> None:
    button = PressTwiceButton("派警", "siren", "F12")
    confirmed = QSignalSpy(button.confirmed)
    shown(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert armed(button)
    assert "再按一次确认 3" in button.accessibleName()
    assert confirmed.count() == 0
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert confirmed.count() == 1
    assert not armed(button)
    assert button.text() == "派警"


def test_another_key_or_click_cancels(shown: Show) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    button, field = PressTwiceButton("派警"), QLineEdit()
    layout.addWidget(button)
    layout.addWidget(field)
    shown(window)
    confirmed = QSignalSpy(button.confirmed)
    button.press()
    QTest.keyClick(field, Qt.Key.Key_A)
    assert not armed(button)
    assert field.text() == "a"
    button.press()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not armed(button)
    assert confirmed.count() == 0


def test_own_key_and_lone_modifiers_do_not_cancel(shown: Show) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    button, field = PressTwiceButton("派警"), QLineEdit()
    button.set_own_key(lambda event: event.key() == Qt.Key.Key_F12)
    layout.addWidget(button)
    layout.addWidget(field)
    shown(window)
    button.press()
    QTest.keyPress(field, Qt.Key.Key_Control)
    QTest.keyClick(field, Qt.Key.Key_F12)
    assert armed(button)


def test_the_count_runs_down_by_itself(shown: Show, until: Until) -> None:
    button = PressTwiceButton("派警")
    shown(button)
    button.press()
    until(lambda: "确认 2" in button.text())
    until(lambda: not button.armed)
    assert button.text() == "派警"


def test_blocked_button_cannot_be_armed(shown: Show) -> None:
    button = PressTwiceButton("推送撤离")
    button.set_blocked("第13条锁定")
    shown(button)
    button.press()
    assert not armed(button)
    assert "第13条锁定" in button.accessibleName()


def test_dispatch_by_key_alone(shown: Show) -> None:
    window = QWidget()
    panel = DispatchPanel((("injury", "有人受伤"), ("request", "当事人要求")))
    QVBoxLayout(window).addWidget(panel)
    confirmed = QSignalSpy(panel.confirmed)
    shown(window)
    assert panel.isHidden()
    panel.press()
    QTest.keyClick(panel, Qt.Key.Key_F12)
    assert confirmed.count() == 0
    QTest.keyClick(panel, Qt.Key.Key_2)
    assert panel.chosen == "request"
    QTest.keyClick(panel, Qt.Key.Key_F12)
    assert confirmed.count() == 1
    assert confirmed.at(0) == ["request"]
    assert panel.isHidden()


def test_dispatch_escape_never_dispatches(shown: Show) -> None:
    window = QWidget()
    panel = DispatchPanel((("injury", "有人受伤"),))
    QVBoxLayout(window).addWidget(panel)
    confirmed = QSignalSpy(panel.confirmed)
    shown(window)
    panel.press("injury")
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert confirmed.count() == 0
    panel.press()
    assert panel.chosen == ""


def test_evacuation_is_locked_by_law_and_by_gaps(shown: Show) -> None:
    panel = EvacuationPanel(EvacuationState("请驶离", "港湾"))
    confirmed = QSignalSpy(panel.confirmed)
    shown(panel)
    for blocked in (
        EvacuationState("请驶离", "港湾", locked="第13条:不要移动车辆"),
        EvacuationState("请驶离", "港湾", missing=("后方全景",)),
    ):
        panel.set_state(blocked)
        panel.press()
        panel.press()
    assert confirmed.count() == 0
    panel.set_state(EvacuationState("请驶离", "港湾"))
    panel.press()
    panel.press()
    assert confirmed.count() == 1
