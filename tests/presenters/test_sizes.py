"""Nothing is cut: at the smallest window every page fits, columns scroll up and down only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableView, QWidget

from console.domain import events as ev
from console.domain.ids import CallId
from console.domain.party import Consent, ConsentItem, ConsentWay, PartyDetails
from tests.fakes import SEAT
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import in_call, in_ruling, second_call, second_party
from tests.unit.domain.builders import PARTY_A, PARTY_B, T0
from widgets.consents import Consents
from widgets.dispatch_panel import PoliceLine
from widgets.evidence_strip import EvidenceStrip
from widgets.flow import ScrollColumn
from widgets.notes import NotesPanel
from widgets.room import SMALLEST
from widgets.ruling_form import RulingForm
from widgets.triage_rows import TriageRows
from widgets.video_pane import VideoPane

DETAILS = PartyDetails(name="示例安", phone="10000001234", id_number="00000019900101001X")


@pytest.fixture
def small(app: QApplication) -> Iterator[Rig]:
    """A desk on the smallest screen."""
    made = Rig(app)
    made.open(*SMALLEST)
    try:
        yield made
    finally:
        made.close()


def cut(window: QWidget) -> list[str]:
    """Names of visible controls that are narrower than they need or stick out of the window."""
    wrong = []
    for kind in (QPushButton, QComboBox, QLineEdit):
        for control in window.findChildren(kind):
            if control.isVisible():
                left = control.mapTo(window, control.rect().topLeft()).x()
                narrow = control.width() < control.minimumSizeHint().width()
                if narrow or left < 0 or left + control.width() > window.width():
                    wrong.append(control.accessibleName())
    return wrong


def check(rig: Rig) -> None:
    rig.idle()
    least = rig.window.minimumSizeHint()
    assert (rig.window.width(), rig.window.height()) in {SMALLEST, (1920, 1080)}
    assert least.width() <= rig.window.width()
    assert least.height() <= SMALLEST[1]
    assert cut(rig.window) == []
    for column in rig.window.findChildren(ScrollColumn):
        if column.isVisible():
            (content,) = column.viewport().findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            assert content.width() <= column.viewport().width()


def test_the_idle_page_fits(small: Rig) -> None:
    check(small)


def test_the_call_page_fits_with_a_ring_and_a_sentence(small: Rig) -> None:
    in_call(small)
    small.happens(second_party(), ev.PartyDetailsStated(party_id=PARTY_A, details=DETAILS))
    check(small)
    small.happens(ev.CallHungUp(by="desk"))
    check(small)
    small.main.say("said")
    other = CallId("other")
    small.happens(second_call(other), ev.CallRang(seat=SEAT), call_id=other)
    check(small)
    assert small.one(VideoPane).width() >= 480
    assert small.one(VideoPane).height() >= 200


def test_the_ruling_page_fits_and_its_buttons_stay(small: Rig) -> None:
    in_ruling(small)
    check(small)
    form = small.one(RulingForm)
    assert form.visibleRegion().contains(form.issue_button.geometry())


def test_the_police_stay_in_sight_wherever_the_column_is(small: Rig) -> None:
    in_call(small)
    small.press(Qt.Key.Key_4, CTRL)
    note = small.one(NotesPanel).note
    assert not note.visibleRegion().isEmpty()
    assert not small.one(PoliceLine).button.visibleRegion().isEmpty()
    small.press(Qt.Key.Key_5, CTRL)
    assert not small.one(PoliceLine).button.visibleRegion().isEmpty()


def test_a_call_shows_everything_at_full_size_without_scrolling(rig: Rig) -> None:
    """Rows, consents with their times, all slots, what was stated and the note (picture 03)."""
    in_call(rig)
    told = replace(DETAILS, statement="红灯前停车约 3 秒后被撞,车上 1 人,无不适。")
    rig.happens(
        second_party(),
        *(ev.PartyDetailsStated(party_id=party, details=told) for party in (PARTY_A, PARTY_B)),
        *(
            ev.ConsentRecorded(party_id=party, consent=agreed(item))
            for party in (PARTY_A, PARTY_B)
            for item in (ConsentItem.RECORDING_NOTICE, ConsentItem.VIDEO_HANDLING, ConsentItem.E_SERVICE)
        ),
    )
    for part in (
        rig.one(TriageRows).table,
        rig.one(Consents),
        rig.one(NotesPanel),
        rig.one(NotesPanel).note,
        rig.one(EvidenceStrip),
    ):
        shown = part.visibleRegion().boundingRect()
        assert shown.height() >= part.height() - 12, part.accessibleName()
        assert not (isinstance(part, QTableView) and part.verticalScrollBar().isVisible())
    strip, consents = rig.one(EvidenceStrip), rig.one(Consents)
    assert strip.model().rowCount() >= 16
    assert not strip.verticalScrollBar().isVisible()
    time_needs = consents.fontMetrics().horizontalAdvance("同意 14:30:00") + 14 + 5 + 12
    assert consents.columnWidth(1) >= time_needs


def agreed(item: ConsentItem) -> Consent:
    return Consent(item=item, given=True, wording="v1", way=ConsentWay.PAGE, at=T0)


def test_the_current_slot_stays_in_sight_where_the_strip_scrolls(small: Rig) -> None:
    in_call(small)
    strip = small.one(EvidenceStrip)
    for _ in range(strip.model().rowCount()):
        small.press(Qt.Key.Key_BracketRight)
        place = strip.visualRect(strip.currentIndex())
        assert strip.viewport().rect().intersected(place).width() >= place.width() - 8
