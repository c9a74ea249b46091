"""Light and nearness of the phone: asked of the phone, shown as the phone says, and said where it cannot."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from console.contract.codec import decode, encode
from console.contract.control import Acknowledge, PhoneStatus, SetTorch, SetZoom, ToPhone
from console.contract.media import ControlReceived
from tests.presenters.rig import CALL, Rig
from tests.presenters.story import in_call
from widgets.video_keys import VideoKeys

ABLE = PhoneStatus(
    battery=46, network="4g", facing="environment", visible=True, torch=False, zoom=1.0, zoom_max=4.0
)


ON = "已开"
"""Part of the name of a switch that is on."""


def reports(rig: Rig, status: PhoneStatus) -> None:
    rig.says(ControlReceived(call_id=CALL, attempt=1, text=encode(status).decode()))


def seeing(rig: Rig) -> None:
    """A call with a fresh picture."""
    in_call(rig)
    rig.paint(1)
    rig.idle()


def asked_of_phone(rig: Rig) -> ToPhone:
    """The next message that was sent to the phone."""

    def look() -> str | None:
        return rig.media.controls.get_nowait() if not rig.media.controls.empty() else None

    message: ToPhone = decode(ToPhone, rig.settle(look, "a message to the phone") or "")
    return message


def test_t_switches_the_light_and_the_button_follows_the_phone(rig: Rig) -> None:
    seeing(rig)
    reports(rig, ABLE)
    button = rig.one(VideoKeys).button("torch")
    assert button.isVisible()
    rig.press(Qt.Key.Key_T)
    message = asked_of_phone(rig)
    assert isinstance(message, SetTorch)
    assert message.on
    assert ON not in button.accessibleName()
    reports(rig, replace(ABLE, torch=True))
    assert ON in button.accessibleName()
    rig.press(Qt.Key.Key_T)
    again = asked_of_phone(rig)
    assert isinstance(again, SetTorch)
    assert not again.on


def test_plus_and_minus_go_by_steps_as_far_as_the_phone_can(rig: Rig) -> None:
    seeing(rig)
    for zoom, key, wanted in (
        (1.0, Qt.Key.Key_Plus, 1.5),
        (3.0, Qt.Key.Key_Plus, 4.0),
        (4.0, Qt.Key.Key_Plus, 4.0),
        (1.5, Qt.Key.Key_Minus, 1.0),
    ):
        reports(rig, replace(ABLE, zoom=zoom))
        rig.press(key)
        message = asked_of_phone(rig)
        assert isinstance(message, SetZoom)
        assert message.factor == wanted
        assert f"{zoom:.1f}×" in rig.one(VideoKeys).button("zoom").words


def test_what_the_phone_cannot_is_said_and_nothing_is_sent(rig: Rig) -> None:
    seeing(rig)
    reports(rig, replace(ABLE, torch=None, zoom=None, zoom_max=None))
    keys = rig.one(VideoKeys)
    assert keys.button("torch").isHidden()
    assert keys.button("zoom").isHidden()
    rig.press(Qt.Key.Key_T)
    assert "没有手电" in rig.words(rig.window)
    rig.press(Qt.Key.Key_Plus)
    assert "不能变焦" in rig.words(rig.window)
    assert rig.media.controls.empty()


def test_a_refusal_of_the_phone_is_said(rig: Rig) -> None:
    seeing(rig)
    reports(rig, ABLE)
    rig.press(Qt.Key.Key_T)
    message = asked_of_phone(rig)
    refused = Acknowledge(id=message.id, ok=False, detail="no-torch")
    rig.says(ControlReceived(call_id=CALL, attempt=1, text=encode(refused).decode()))
    rig.settle(lambda: "没有照办" in rig.words(rig.window), "the refusal in words")
