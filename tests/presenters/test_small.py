"""The small window: parts are folded, nothing disappears, and a key finds what stands behind a tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain import events as ev
from console.domain.evidence import Slot
from console.usecases.facts import LinkState, ServiceLinkChanged
from tests.fakes import NOW
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import PICTURE, all_facts, in_call, second_party
from tests.unit.domain.builders import evidence
from widgets.case_bar import CaseBar
from widgets.evacuation_panel import EvacuationPanel
from widgets.evidence_strip import EvidenceStrip
from widgets.lamp import Lamp
from widgets.notes import NotesPanel
from widgets.party_panel import PartyPanel
from widgets.queue_view import QueueView
from widgets.rail import STRIP_WIDTH, RailStrip
from widgets.room import SMALLEST
from widgets.stage_block import StageBlock
from widgets.tab_column import TabColumn


@pytest.fixture
def small(app: QApplication) -> Iterator[Rig]:
    """A desk on the smallest screen, in a call."""
    made = Rig(app)
    made.open(*SMALLEST)
    try:
        in_call(made)
        made.happens(second_party())
        yield made
    finally:
        made.close()


def lamps(rig: Rig) -> list[str]:
    return sorted(lamp.state.key for lamp in rig.window.findChildren(Lamp) if lamp.isVisible())


def blocks(rig: Rig) -> list[str]:
    found = rig.one(CaseBar).findChildren(StageBlock)
    return [block.accessibleName() for block in found if block.isVisible()]


def triangle(rig: Rig) -> ev.Event:
    """The first required picture reaches the service."""
    item = evidence(Slot.SAFETY)
    rig.service.evidence[item.id] = PICTURE
    return ev.EvidenceReceived(evidence=item)


def test_a_faulty_lamp_is_always_named_and_the_others_are_counted(small: Rig) -> None:
    assert lamps(small) == ["keyring", "well"]
    count = next(lamp for lamp in small.window.findChildren(Lamp) if lamp.state.key == "well")
    assert "等 4 项正常" in count.accessibleName()
    small.publish(ServiceLinkChanged(state=LinkState.OFFLINE, since=NOW, reason="unreachable"))
    small.settle(lambda: "service" in lamps(small), "the service's lamp by name")
    shown = next(lamp for lamp in small.window.findChildren(Lamp) if lamp.state.key == "service")
    assert "离线" in shown.accessibleName()
    count.click()
    assert len(lamps(small)) == 6
    count.click()
    assert len(lamps(small)) == 3


def test_finished_stages_are_one_block(small: Rig) -> None:
    assert [name.split(",")[0] for name in blocks(small)] == ["接听", "安全", "资格"]
    small.happens(*all_facts(), triangle(small))
    small.settle(lambda: blocks(small)[0].startswith("接听 · 安全 · 资格,"), "the finished stages in one")
    assert "3 步均在目标内" in blocks(small)[0]
    assert blocks(small)[1].startswith("取证, 进行中, 1/14")


def test_the_rail_is_a_strip_that_opens_for_the_keyboard(small: Rig) -> None:
    strip = small.one(RailStrip)
    assert strip.width() == STRIP_WIDTH
    assert "排队 0" in strip.accessibleName()
    small.press(Qt.Key.Key_1, CTRL)
    assert small.one(QueueView).hasFocus()
    assert not strip.isVisible()
    small.press(Qt.Key.Key_Escape)
    small.settle(strip.isVisible, "the strip again")


def test_unfinished_slots_come_first_in_one_row(small: Rig) -> None:
    strip = small.one(EvidenceStrip)
    assert strip.current_key() == Slot.SAFETY
    small.happens(triangle(small))
    keys = [row.key for row in strip.rows()]
    assert keys[0] == Slot.LOCATION_LANDMARK
    assert keys.index(Slot.SAFETY) == 13
    assert keys[-2:] == [Slot.GROUND_MARKS, Slot.OTHER]
    tops = {strip.visualRect(strip.model().index(at, 0)).top() for at in range(len(keys))}
    assert len(tops) == 1


def test_a_key_brings_the_tab_of_its_panel_to_the_front(small: Rig) -> None:
    tabs = small.one(TabColumn)
    assert tabs.current == "parties"
    small.press(Qt.Key.Key_4, CTRL)
    assert tabs.current == "statements"
    assert small.one(NotesPanel).note.hasFocus()
    assert not small.one(EvacuationPanel).button.visibleRegion().isEmpty()
    small.press(Qt.Key.Key_2, CTRL)
    assert tabs.current == "parties"
    assert len([p for p in small.window.findChildren(PartyPanel) if p.isVisible()]) == 2
    assert "0/6" in tabs.bar.tabText(2)
