"""Documents: read by themselves, taken on by one key, corrected by letters, never in the case unasked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain import events as ev
from console.domain.errors import DomainError
from console.domain.evidence import Slot
from console.domain.ids import EvidenceId
from console.domain.party import PartyDetails
from console.domain.recognition import (
    Box,
    DocumentKind,
    DocumentRead,
    FieldConfirmed,
    FieldName,
    FieldReading,
    Reading,
    ReadingProblem,
)
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import PICTURE, in_call, incident, second_party
from tests.unit.domain.builders import PARTY_A, PARTY_B, evidence
from widgets.evidence_strip import EvidenceStrip
from widgets.party_panel import PartyPanel
from widgets.reading_panel import ReadingPanel
from widgets.script_line import ScriptLine
from widgets.video_pane import VideoPane

PLACE = Box(left=100, top=100, right=400, bottom=160)


def field(name: FieldName, text: str, doubtful: int | None = None) -> FieldReading:
    """A field as read, one character of it too uncertain."""
    sure = tuple(0.55 if at == doubtful else 0.97 for at in range(len(text)))
    value = text if doubtful is None else ""
    return FieldReading(name=name, value=value, raw=text, confidence=min(sure), characters=sure, box=PLACE)


LICENCE = Reading(
    kind=DocumentKind.DRIVING_LICENCE,
    fields=(field(FieldName.NAME, "测试安"), field(FieldName.LICENCE_NUMBER, "00000019900101001X", 3)),
    problems=(ReadingProblem.LOW_CONFIDENCE,),
)
PLATE = Reading(
    kind=DocumentKind.PLATE, fields=(field(FieldName.PLATE, "测B67890"), field(FieldName.COLOUR, "blue"))
)


def taken(rig: Rig, slot: Slot) -> EvidenceId:
    """A picture of that slot reached the service."""
    item = evidence(slot)
    rig.service.evidence[item.id] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=item))
    return item.id


def read(rig: Rig, slot: Slot, reading: Reading) -> EvidenceId:
    """The service has read it, as it was asked to."""
    evidence_id = taken(rig, slot)
    rig.until_asked("ask_for_reading")
    rig.happens(DocumentRead(evidence_id=evidence_id, party_id=None, reading=reading))
    return evidence_id


def verdict(rig: Rig, slot: Slot) -> str:
    """The strip's word for a slot."""
    rows = {row.key: row for row in rig.one(EvidenceStrip).rows()}
    return str(rows[slot.value].verdict)


def reading_shown(rig: Rig) -> bool:
    """Whether a document waits for a decision."""
    return any(panel.isVisible() for panel in rig.window.findChildren(ReadingPanel))


def stated(rig: Rig) -> list[object]:
    return rig.asked("state_details")


def test_only_pictures_of_documents_are_read_and_each_once(rig: Rig) -> None:
    in_call(rig)
    taken(rig, Slot.REAR_PANORAMA)
    plate = taken(rig, Slot.PLATE_A)
    rig.until_asked("ask_for_reading")
    rig.happens(ev.NotesWritten(text="x"))
    assert rig.asked("ask_for_reading") == [plate]
    rig.settle(lambda: verdict(rig, Slot.REAR_PANORAMA) == "ok", "the picture judged by itself")
    assert verdict(rig, Slot.PLATE_A) == "taken"


def test_a_reading_is_a_proposal_until_one_key_takes_it_on(rig: Rig) -> None:
    in_call(rig)
    keyboard = QApplication.focusWidget()
    licence = read(rig, Slot.DRIVING_LICENCE_A, LICENCE)
    panel = rig.one(ReadingPanel)
    assert "驾驶证 甲" in panel.title
    assert QApplication.focusWidget() is keyboard
    assert panel.cells.text == "0000019900101001X"  # the doubtful fourth is empty, and so comes first
    assert stated(rig) == []
    assert verdict(rig, Slot.DRIVING_LICENCE_A) == "soft"
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_Return)
    assert rig.until_asked("confirm_field") == [(licence, FieldName.NAME, "测试安")]
    rig.settle(lambda: stated(rig), "the name in the case")
    assert stated(rig)[-1] == (PARTY_A, PartyDetails(name="测试安"))
    rig.settle(lambda: not panel.isVisible(), "the panel to go")
    assert rig.one(VideoPane).hasFocus()


def test_letters_fill_what_was_doubtful_and_the_raw_text_stays(rig: Rig) -> None:
    in_call(rig)
    licence = read(rig, Slot.DRIVING_LICENCE_A, LICENCE)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_E)
    rig.write("0")
    rig.press(Qt.Key.Key_Return)
    confirmed = (licence, FieldName.LICENCE_NUMBER, "00000019900101001X")
    assert rig.until_asked("confirm_field") == [confirmed]
    rig.happens(
        FieldConfirmed(evidence_id=licence, field=FieldName.LICENCE_NUMBER, value="00000019900101001X")
    )
    assert verdict(rig, Slot.DRIVING_LICENCE_A) == "ok"
    kept = incident(rig).documents[0].confirmed[0]
    assert kept.read is not None
    assert kept.read.value == ""
    rig.settle(lambda: stated(rig), "the number in the case")
    assert stated(rig)[-1] == (PARTY_A, PartyDetails(id_number="00000019900101001X"))


def test_what_was_stated_is_not_overwritten_by_a_document(rig: Rig) -> None:
    in_call(rig)
    rig.happens(second_party(), ev.PartyDetailsStated(party_id=PARTY_B, details=PartyDetails(plate="测B1")))
    read(rig, Slot.PLATE_B, PLATE)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_Return)
    rig.until_asked("confirm_field", 2)
    rig.idle()
    assert stated(rig) == []


def test_the_plate_stands_beside_its_picture_and_says_how_sure_it_is(rig: Rig) -> None:
    in_call(rig)
    plate = read(rig, Slot.PLATE_A, PLATE)
    panel = next(p for p in rig.window.findChildren(PartyPanel) if p.isVisible())
    assert "逐字 ≥ 0.97 · 待确认" in rig.words(panel)
    rig.happens(FieldConfirmed(evidence_id=plate, field=FieldName.PLATE, value="测B67890"))
    assert "逐字 ≥ 0.97 · 已人工确认" in rig.words(panel)
    assert verdict(rig, Slot.PLATE_A) == "ok"


def test_a_picture_without_a_document_is_unreadable_and_named(rig: Rig) -> None:
    in_call(rig)
    problems = (ReadingProblem.BLURRED, ReadingProblem.NO_TEXT)
    read(rig, Slot.VEHICLE_LICENCE_A, Reading(kind=DocumentKind.UNKNOWN, problems=problems))
    assert verdict(rig, Slot.VEHICLE_LICENCE_A) == "unreadable"
    assert not reading_shown(rig)
    again = replace(evidence(Slot.VEHICLE_LICENCE_A), id=EvidenceId("again"))
    rig.service.evidence[again.id] = PICTURE
    rig.happens(ev.EvidenceReceived(evidence=again))
    assert verdict(rig, Slot.VEHICLE_LICENCE_A) == "taken"


def test_a_retake_aims_at_the_slot_again(rig: Rig) -> None:
    in_call(rig)
    read(rig, Slot.DRIVING_LICENCE_A, LICENCE)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_R)
    rig.settle(lambda: not reading_shown(rig), "the panel to go")
    assert rig.one(EvidenceStrip).current_key() == Slot.DRIVING_LICENCE_A.value
    assert "甲方驾驶证" in rig.one(ScriptLine).accessibleName()


def test_a_refused_field_says_why_and_the_reading_stays(rig: Rig) -> None:
    in_call(rig)
    rig.service.trouble["confirm_field"].append(DomainError("incident-locked"))
    read(rig, Slot.DRIVING_LICENCE_A, LICENCE)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_Return)
    rig.settle(rig.main.window.notice.isVisible, "the words")
    assert rig.one(ReadingPanel).isVisible()
