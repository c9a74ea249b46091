"""The keyboard: where it is, how it moves, and that nothing else moves it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from console.contract.observation import PanelFocused
from console.presenters.keys import KeyConflict, KeyMap
from tests.presenters.rig import CTRL, SHIFT, Rig
from tests.presenters.story import in_call, in_ruling
from widgets.evidence_strip import EvidenceStrip
from widgets.fields import takes_text
from widgets.key_sheet import KeySheet
from widgets.keycap import KeyCap
from widgets.notes import NotesPanel
from widgets.top_bar import TopBar
from widgets.video_pane import VideoPane

RIGHT_PANELS = ["place", "party-a", "party-b", "triage", "consents", "notes", "evacuation"]
CALL_PANELS = ["queue", "cases", "video", "strip", *RIGHT_PANELS]
RULING_PANELS = ["evidence", "facts", "faults", "liability", "signing", "reasons", "document"]


def panel(rig: Rig) -> str:
    return rig.of(PanelFocused)[-1].panel


def walked(
    rig: Rig, count: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> list[str]:
    walk = []
    for _ in range(count):
        rig.press(Qt.Key.Key_F6, modifiers)
        walk.append(panel(rig))
    return walk


def from_home(panels: list[str], home: str) -> list[str]:
    at = panels.index(home) + 1
    return panels[at:] + panels[:at]


def test_the_keyboard_starts_at_home(rig: Rig) -> None:
    assert panel(rig) == "queue"
    in_call(rig)
    assert panel(rig) == "video"


def test_f6_walks_the_idle_page(rig: Rig) -> None:
    assert walked(rig, 3) == ["cases", "check", "queue"]


def test_f6_walks_the_call_page_in_reading_order_and_back(rig: Rig) -> None:
    in_call(rig)
    forward = from_home(CALL_PANELS, "video")
    assert walked(rig, len(forward)) == forward
    assert walked(rig, 3, SHIFT) == ["cases", "queue", "evacuation"]
    assert rig.resyncs == 0


def test_f6_walks_the_ruling_page(rig: Rig) -> None:
    in_ruling(rig)
    assert panel(rig) == "liability"
    forward = from_home(RULING_PANELS, "liability")
    assert walked(rig, len(forward)) == forward


def test_ctrl_digits_go_to_their_panels(rig: Rig) -> None:
    in_call(rig)
    digits = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    went = []
    for digit in digits:
        rig.press(digit, CTRL)
        went.append(panel(rig))
    assert went == ["queue", "party-a", "triage", "notes", "place"]


def test_esc_returns_to_the_video_and_ends_nothing(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("kept")
    for _ in range(3):
        rig.press(Qt.Key.Key_Escape)
        assert panel(rig) == "video"
    rig.idle()
    assert rig.one(NotesPanel).note.toPlainText() == "kept"
    assert rig.asked("hang_up") == rig.asked("wrap_up") == []
    assert rig.main.window.page == "call"


def test_letters_belong_to_the_text_field(rig: Rig) -> None:
    """No single letter, digit, bracket or Space acts while somebody writes."""
    in_call(rig)
    rig.media.picture = b"jpeg"
    rig.paint(1)
    rig.settle(lambda: rig.one(VideoPane).age.snapshot, "a live picture")
    slot = rig.one(EvidenceStrip).current_key()
    rig.press(Qt.Key.Key_4, CTRL)
    rig.write("a1 2[b]3 v")
    rig.idle()
    assert rig.one(NotesPanel).note.toPlainText() == "a1 2[b]3 v"
    assert rig.one(EvidenceStrip).current_key() == slot
    assert rig.vault.stored == {}
    assert rig.asked("state_fact") == []


def test_control_keys_act_while_typing_and_leave_the_text_alone(rig: Rig) -> None:
    in_call(rig)
    for key in (Qt.Key.Key_4, Qt.Key.Key_5):
        rig.press(key, CTRL)
        rig.write("kept")
        rig.vault.woken = 0
        rig.press(Qt.Key.Key_U, CTRL)
        assert rig.vault.woken == 1
    assert rig.one(NotesPanel).note.toPlainText() == "kept"


def test_every_key_is_bound_once_and_has_words(rig: Rig) -> None:
    bindings = rig.main.window.keys.bindings
    assert all(binding.words for binding in bindings)
    places = [(scope, one.sequence) for one in bindings for scope in one.scopes or ("",)]
    assert len(places) == len(set(places))
    everywhere = {binding.sequence for binding in bindings if not binding.scopes}
    assert everywhere.isdisjoint(binding.sequence for binding in bindings if binding.scopes)
    assert {"F1", "F2", "F3", "F6", "F7", "F9", "F12", "Esc", "Ctrl+Enter"} <= everywhere


def test_a_key_that_means_something_already_is_refused_with_both_words(app: QApplication) -> None:
    window, inner = QWidget(), QWidget()
    keys = KeyMap(window)
    keys.everywhere("F2", "接听", lambda: None)
    keys.within({"video": inner}, "Space", "抓拍", lambda: None)
    keys.within({"strip": inner}, "Space", "抓拍", lambda: None)
    for sequence in ("F2", "Space"):
        with pytest.raises(KeyConflict, match="挂断 / "):
            keys.everywhere(sequence, "挂断", lambda: None)
        with pytest.raises(KeyConflict, match="挂断 / "):
            keys.within({"video": inner}, sequence, "挂断", lambda: None)
    assert len(keys.bindings) == 3


def test_f1_shows_and_hides_the_key_sheet_without_the_keyboard(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    note = rig.one(NotesPanel).note
    rig.press(Qt.Key.Key_F1)
    assert rig.one(KeySheet).isVisible()
    assert QApplication.focusWidget() is note
    rig.write("still typing")
    assert note.toPlainText() == "still typing"
    rig.settle(lambda: not note.visibleRegion().isEmpty(), "the note in sight")
    rig.press(Qt.Key.Key_F1)
    assert not any(sheet.isVisible() for sheet in rig.window.findChildren(KeySheet))
    assert QApplication.focusWidget() is note
    assert rig.window.isActiveWindow()


def test_the_key_sheet_names_every_key_that_is_bound(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_F1)
    listed = {cap.text() for cap in rig.one(KeySheet).findChildren(KeyCap)}
    here = [b for b in rig.main.window.keys.bindings if not b.scopes or "video" in b.scopes]
    bound = {"空格" if b.sequence == "Space" else b.sequence for b in here}
    assert bound - listed == set()


def test_the_key_sheet_follows_the_page_and_goes_with_a_second_esc(rig: Rig) -> None:
    rig.one(TopBar).keys_asked.emit()
    assert rig.one(KeySheet).isVisible()
    in_call(rig)
    assert rig.one(KeySheet).isVisible()
    assert walked(rig, 9)[-1] == "keys"
    rig.press(Qt.Key.Key_Escape)
    assert panel(rig) == "video"
    assert not any(sheet.isVisible() for sheet in rig.window.findChildren(KeySheet))


def test_fields_are_known_as_text(rig: Rig) -> None:
    in_call(rig)
    rig.press(Qt.Key.Key_4, CTRL)
    assert takes_text(QApplication.focusWidget())
    rig.press(Qt.Key.Key_Escape)
    assert not takes_text(QApplication.focusWidget())
