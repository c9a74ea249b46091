"""No word is cut and nothing lies over anything, in both languages, at every size of a screen that counts.

1366 x 768 stands for itself, 1536 x 864 and 1280 x 720 for 1920 x 1080 scaled to 125 and 150 %, 1920 x 1080
for 3840 x 2160 at 200 % too: Qt lays a scaled window out in these pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.contract.desk_api import Role
from console.domain import events as ev
from console.domain.posts import HandedOver
from console.usecases.look import Language
from tests.fakes import SEAT
from tests.presenters.clipping import Cells, faults
from tests.presenters.rig import BOTH_POSTS, CTRL, Rig
from tests.presenters.story import all_evidence, all_facts, answered_by, placed, second_party
from tests.presenters.test_sizes import DETAILS
from tests.unit.domain.builders import PARTY_A, PARTY_B

SIZES = ((1280, 720), (1366, 768), (1536, 864), (1920, 1080))
ROUNDS = 5
"""Layouts after which what is still cut stays cut."""
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
Opens = Callable[..., Rig]


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> Cells:
    """Notes what delegates draw too wide."""
    return Cells(monkeypatch)


@pytest.fixture
def opens(app: QApplication) -> Iterator[Opens]:
    """Open a desk of that size and language."""
    made: list[Rig] = []

    def open_desk(size: tuple[int, int], language: Language, roles: tuple[Role, ...] = BOTH_POSTS) -> Rig:
        rig = Rig(app, roles)
        made.append(rig)
        rig.wardrobe.wear(replace(rig.wardrobe.look, language=language))
        rig.open(*size)
        return rig

    yield open_desk
    for rig in made:
        rig.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_no_state_of_a_call_cuts_anything(
    opens: Opens, cells: Cells, size: tuple[int, int], language: Language
) -> None:
    rig = opens(size, language)
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        for _ in range(ROUNDS):  # words may change between two layouts: a picture goes stale
            rig.idle()
            found[state] = faults(rig.window, cells)
            if not found[state]:
                return

    look("idle")
    rig.happens(*placed(hurt=True), ev.CallRang(seat=SEAT))
    look("ringing")
    told = replace(DETAILS, plate="测A12345", statement="红灯前停车约 3 秒后被撞,车上 1 人,无不适。")
    rig.happens(
        answered_by(),
        second_party(),
        *(ev.PartyDetailsStated(party_id=party, details=told) for party in (PARTY_A, PARTY_B)),
    )
    look("a call without a picture")
    rig.paint(1)
    look("a call")
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        rig.press(key, CTRL)
        look(f"Ctrl+{key.name[-1]}")
    for key in (Qt.Key.Key_F12, Qt.Key.Key_Return):
        rig.press(key, CTRL if key is Qt.Key.Key_Return else Qt.KeyboardModifier.NoModifier)
        look(key.name)
        rig.press(Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_F, Qt.Key.Key_G, Qt.Key.Key_K, Qt.Key.Key_L):
        rig.press(key, CTRL)
        look(f"Ctrl+{key.name[-1]}")
        rig.press(key, CTRL)
    rig.happens(*all_facts(), *all_evidence(rig), HandedOver())
    rig.settle(lambda: rig.main.window.page == "ruling", "the ruling page")
    look("ruling")
    assert {state: cut for state, cut in found.items() if cut} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trainers_page_cuts_nothing(opens: Opens, cells: Cells, language: Language) -> None:
    rig = opens((1366, 768), language, (Role.TRAINER,))
    rig.settle(lambda: rig.asked("scenarios") or True, "the page")
    rig.press(Qt.Key.Key_Return)
    rig.happens(*placed(), answered_by(), second_party(), *all_facts())
    rig.idle()
    assert faults(rig.window, cells) == []
