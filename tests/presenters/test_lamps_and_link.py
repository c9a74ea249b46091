"""The lamps tell the truth in words, and an open case goes on when the service is away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.contract.control import PhoneStatus
from console.contract.media import Device, DevicesChanged
from console.domain import events as ev
from console.presenters.lamps import lamps
from console.usecases.facts import (
    ClockMeasured,
    ConnectionChanged,
    ConnectionStage,
    DevicesReported,
    Fact,
    KeyPlace,
    LinkState,
    MediaLinkChanged,
    PhoneReported,
    SecretsState,
    ServiceLinkChanged,
    SessionClosed,
)
from console.usecases.ports import ServiceUnavailable, StreamLost, StreamOpened
from tests.fakes import NOW
from tests.presenters.rig import CALL, CTRL, Rig
from tests.presenters.story import in_call
from widgets.lamp import Lamp
from widgets.notes import NotesPanel
from widgets.video_pane import VideoPane

SPEAKER = Device(id="speaker", name="示例喇叭")
NO_MICROPHONE = DevicesChanged(
    microphones=(), speakers=(SPEAKER,), cameras=(), microphone=None, speaker=SPEAKER
)


def lamp(rig: Rig, name: str) -> Lamp:
    (found,) = [one for one in rig.window.findChildren(Lamp) if one.state.key == name]
    return found


@pytest.mark.parametrize(
    ("name", "fact", "health", "value"),
    [
        ("service", ServiceLinkChanged(state=LinkState.CONNECTING, since=NOW), "unknown", "正在连接"),
        ("service", ServiceLinkChanged(state=LinkState.ONLINE, since=NOW), "ok", "在线"),
        ("service", ServiceLinkChanged(state=LinkState.OFFLINE, since=NOW), "bad", "离线 14:30"),
        ("media", MediaLinkChanged(state=LinkState.ONLINE, since=NOW), "ok", "就绪"),
        ("media", MediaLinkChanged(state=LinkState.OFFLINE, since=NOW), "warn", "正在启动"),
        (
            "media",
            DevicesReported(devices=NO_MICROPHONE),
            "warn",
            "没有声音设备",
        ),
        ("clock", ClockMeasured(offset_ms=120, uncertainty_ms=5), "ok", "+0.1 s"),
        ("clock", ClockMeasured(offset_ms=-2_500, uncertainty_ms=5), "warn", "-2.5 s"),
        ("keyring", SecretsState(token=KeyPlace.KEYRING, vault_key=KeyPlace.KEYRING), "ok", "已解锁"),
        ("keyring", SecretsState(token=KeyPlace.MEMORY, vault_key=KeyPlace.FILE), "warn", "不可用"),
    ],
)
def test_each_lamp_says_its_state(rig: Rig, name: str, fact: Fact, health: str, value: str) -> None:
    rig.publish(fact)
    rig.idle()
    shown = lamp(rig, name).state
    assert (shown.health, shown.value) == (health, value)
    assert value in lamp(rig, name).accessibleName()
    assert (rig.lamps(name)[-1].state, rig.lamps(name)[-1].text) == (health, value)


def test_a_lamp_that_is_pressed_tells_what_to_do(rig: Rig) -> None:
    rig.publish(SecretsState(token=KeyPlace.MEMORY, vault_key=KeyPlace.FILE))
    rig.idle()
    QTest.mouseClick(lamp(rig, "keyring"), Qt.MouseButton.LeftButton)
    assert "重启后要再登录" in rig.main.window.notice.accessibleName()


def test_an_open_case_goes_on_without_the_service(rig: Rig) -> None:
    in_call(rig)
    rig.stream(StreamLost(reason="unreachable"))
    rig.settle(lambda: lamp(rig, "service").state.value.startswith("离线"), "the lamp")
    assert rig.main.window.page == "call"
    rig.service.trouble["write_notes"].append(ServiceUnavailable("unreachable"))
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("offline")
    rig.press(Qt.Key.Key_Escape)
    rig.until_asked("write_notes")
    rig.idle()
    assert rig.one(NotesPanel).note.toPlainText() == "offline"
    assert "已存本机" in rig.words(rig.one(NotesPanel))
    rig.stream(StreamOpened())
    rig.until_asked("write_notes", 2)
    rig.settle(lambda: lamp(rig, "service").state.value == "在线", "the lamp")


def test_the_connection_is_told_with_its_time(rig: Rig) -> None:
    in_call(rig)
    since = rig.clock.now()
    rig.publish(ConnectionChanged(call_id=CALL, attempt=2, stage=ConnectionStage.REOFFERED, since=since))
    rig.idle()
    rig.clock.advance(7)
    rig.main.tick()
    assert "不用挂断 · 7 秒" in rig.main.window.notice.accessibleName()
    assert lamp(rig, "media").state.value == "重连 2"
    rig.publish(ConnectionChanged(call_id=CALL, attempt=2, stage=ConnectionStage.LIVE, since=since))
    rig.idle()
    rig.main.tick()
    assert not rig.main.window.notice.isVisible()
    assert lamp(rig, "media").state.value == "通话中"


def test_a_sentence_is_not_talked_over_by_the_connection(rig: Rig) -> None:
    in_call(rig)
    rig.main.say("said")
    stale = ConnectionChanged(call_id=CALL, attempt=1, stage=ConnectionStage.STALE, since=rig.clock.now())
    rig.publish(stale)
    rig.idle()
    rig.main.tick()
    assert rig.main.window.notice.accessibleName() == "said"


def test_a_phone_that_hides_its_page_says_so_in_the_picture(rig: Rig) -> None:
    in_call(rig)
    rig.paint(1)
    rig.settle(lambda: rig.one(VideoPane).frame is not None, "the picture")
    hidden = PhoneStatus(battery=46, network="4g", facing="environment", visible=False)
    rig.publish(PhoneReported(call_id=CALL, status=hidden))
    rig.idle()
    assert "手机锁屏" in rig.one(VideoPane).age.words
    assert "46%" in rig.one(VideoPane).accessibleName()
    rig.happens(ev.CallHungUp(by="party"))
    rig.idle()
    assert rig.one(VideoPane).age.words == "没有通话"


def test_the_window_goes_when_the_sign_in_ends(rig: Rig) -> None:
    closed: list[bool] = []
    rig.main.window.closing.connect(lambda: closed.append(True))
    rig.publish(SessionClosed(reason="not-signed-in"))
    rig.settle(lambda: closed, "the end of the window")


def test_lamps_keep_their_order(rig: Rig) -> None:
    assert [state.key for state in lamps(rig.desk)] == ["service", "media", "outbox", "clock", "keyring"]
