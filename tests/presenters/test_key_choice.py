"""Re-mapping: in the key sheet, kept for each user, refused with the reason, named wherever the key is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from console.contract.codec import decode
from console.domain.ids import UserId
from console.presenters.keys import KeyMap, KeyRefused
from console.usecases.look import ChosenKeys
from tests.presenters.rig import CTRL, SHIFT, Rig
from tests.presenters.story import in_call
from widgets.banner import Banner
from widgets.key_sheet import KeyRow, KeySheet
from widgets.keycap import name_keys, sentence
from widgets.status_bar import StatusBar
from widgets.video_pane import VideoPane

READY = ":F3"
BLUR = "video,strip:B"


def choose(rig: Rig, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> KeyRow:
    """Re-map as a person does, the sheet being open."""
    row = rig.one(KeySheet).line(name)
    row.setFocus()
    rig.press(Qt.Key.Key_Return)
    rig.press(key, modifiers)
    rig.idle()
    return rig.one(KeySheet).line(name)


def kept(rig: Rig) -> dict[str, str]:
    """What lies on this machine's disk for the officer."""
    chosen: ChosenKeys = decode(ChosenKeys, rig.drafts.notes["keys officer"])
    return dict(chosen.changed)


def seat_states(rig: Rig) -> int:
    return len(rig.asked("set_seat"))


def test_a_key_is_remapped_in_place_kept_and_acts_at_once(rig: Rig) -> None:
    rig.press(Qt.Key.Key_F1)
    row = choose(rig, READY, Qt.Key.Key_J, CTRL | SHIFT)
    assert (row.cap.text(), row.hasFocus()) == ("Ctrl+Shift+J", True)
    assert kept(rig) == {READY: "Ctrl+Shift+J"}
    before = seat_states(rig)
    rig.press(Qt.Key.Key_F3)
    rig.press(Qt.Key.Key_J, CTRL | SHIFT)
    rig.until_asked("set_seat", before + 1)
    rig.idle()
    assert seat_states(rig) == before + 1
    others = rig.io.submit(rig.does.remembered.keys(UserId("another"))).result(10)
    assert others == ChosenKeys(changed={})


def test_every_cap_and_sentence_names_the_new_key_once_the_sheet_is_away(rig: Rig) -> None:
    rig.press(Qt.Key.Key_F1)
    choose(rig, READY, Qt.Key.Key_J, CTRL | SHIFT)
    choose(rig, BLUR, Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier)
    before = rig.window
    rig.press(Qt.Key.Key_F1)
    rig.settle(lambda: rig.window is not before, "the window made anew")
    said = {banner.accessibleName() for banner in rig.window.findChildren(Banner)}
    assert any("按 Ctrl+Shift+J 就绪后" in words for words in said)
    in_call(rig)
    rig.one(VideoPane).setFocus()
    assert rig.one(VideoPane).blurred
    rig.press(Qt.Key.Key_B)
    assert rig.one(VideoPane).blurred
    rig.press(Qt.Key.Key_Q)
    assert not rig.one(VideoPane).blurred
    assert "Q 模糊 ⇄ 看清" in rig.words(rig.one(StatusBar))


def test_del_brings_a_key_back_and_the_button_all(rig: Rig) -> None:
    rig.press(Qt.Key.Key_F1)
    choose(rig, READY, Qt.Key.Key_J, CTRL | SHIFT)
    choose(rig, BLUR, Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier)
    rig.press(Qt.Key.Key_Delete)
    rig.idle()
    assert kept(rig) == {READY: "Ctrl+Shift+J"}
    rig.one(KeySheet).all_button.click()
    rig.idle()
    assert kept(rig) == {}
    assert rig.one(KeySheet).line(READY).cap.text() == "F3"
    assert rig.one(KeySheet).all_button.isHidden()


def test_what_is_taken_or_not_free_is_refused_in_words_and_nothing_changes(rig: Rig) -> None:
    rig.press(Qt.Key.Key_F1)
    plain = Qt.KeyboardModifier.NoModifier
    for key, modifiers, words in (
        (Qt.Key.Key_F2, plain, "F2 已用于「接听」"),
        (Qt.Key.Key_J, plain, "打字时也要能按"),
        (Qt.Key.Key_F10, plain, "归桌面"),
        (Qt.Key.Key_V, CTRL, "改字"),
    ):
        row = choose(rig, READY, key, modifiers)
        assert words in rig.words(rig.one(KeySheet))
        assert row.cap.text() == "F3"
    choose(rig, BLUR, Qt.Key.Key_T, plain)
    assert "T 已用于「手电」" in rig.words(rig.one(KeySheet))
    choose(rig, BLUR, Qt.Key.Key_Left, plain)
    assert "另有用处" in rig.words(rig.one(KeySheet))
    assert "keys officer" not in rig.drafts.notes
    rig.press(Qt.Key.Key_Return)
    rig.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is rig.one(KeySheet).line(BLUR)


def test_nothing_is_remapped_while_a_call_is_held(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_F1)
    row = choose(rig, READY, Qt.Key.Key_J, CTRL | SHIFT)
    assert "通话中不改" in rig.words(rig.one(KeySheet))
    assert row.cap.text() == "F3"


def test_what_was_chosen_under_older_keys_gives_way(app: QApplication) -> None:
    window = QWidget()
    keys = KeyMap(window)
    keys.everywhere("F2", "接听", lambda: None)
    keys.everywhere("F3", "就绪", lambda: None)
    keys.everywhere("F4", "静音", lambda: None)
    keys.take_up({":F2": "F3", ":F3": "F2", ":F4": "F10", ":F9": "F8"})
    assert keys.changed == {":F2": "F3", ":F3": "F2"}
    keys.take_up({":F2": "F3", ":F4": "Ctrl+Q"})
    assert keys.changed == {":F4": "Ctrl+Q"}
    with pytest.raises(KeyRefused, match="静音"):
        keys.change(":F2", "Ctrl+Q")
    keys.change(":F4", "")
    assert keys.changed == {}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("按F7或 Ctrl+F7", "按F6或 Ctrl+F7"),
        ("Ctrl+M 显示,Ctrl+Shift+M 不是", "Ctrl+H 显示,Ctrl+Shift+M 不是"),
        ("没有键", "没有键"),
    ],
)
def test_sentences_name_the_key_in_force_and_no_part_of_another(words: str, named: str) -> None:
    name_keys({":F7": "F6", ":Ctrl+M": "Ctrl+H", "video:B": "Q"})
    try:
        assert sentence(words) == named
    finally:
        name_keys({})
