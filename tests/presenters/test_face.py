"""Faces: the program compares with consent only; a person may always look, and a doubt has its reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.contract.face_api import CompareFaces, JudgeFaces
from console.domain import events as ev
from console.domain.evidence import Slot
from console.domain.faces import FaceBand, FaceCheck, FaceMethod, FaceProblem, FaceReference
from console.domain.party import Consent, ConsentItem, ConsentWay
from console.domain.recognition import Box
from tests.fakes import NOW
from tests.presenters.rig import CTRL, Rig
from tests.presenters.story import PICTURE, in_call, second_party
from tests.presenters.test_checks import VEHICLE, found, rows
from tests.unit.domain.builders import PARTY_B, evidence
from widgets.face_panel import FacePanel

LIVE, LICENCE = evidence(Slot.DRIVER_B_FACE), evidence(Slot.DRIVING_LICENCE_B)


def answered(*, given: bool) -> ev.Event:
    """乙 answers on the page."""
    consent = Consent(
        item=ConsentItem.FACE_COMPARISON, given=given, wording="2026-11", way=ConsentWay.PAGE, at=NOW
    )
    return ev.ConsentRecorded(party_id=PARTY_B, consent=consent)


def faces(rig: Rig, *more: ev.Event) -> FacePanel:
    """A call with the pictures of 乙; F in the view of differences opens the faces and takes the keyboard."""
    in_call(rig)
    rig.service.evidence |= {item.id: PICTURE for item in (LIVE, LICENCE)}
    rig.happens(second_party(), *(ev.EvidenceReceived(evidence=item) for item in (LIVE, LICENCE)), *more)
    found(rig, VEHICLE)
    rig.press(Qt.Key.Key_2, CTRL)
    rig.press(Qt.Key.Key_F)
    panel = rig.one(FacePanel)
    assert panel.hasFocus()
    return panel


def checked(band: FaceBand | None, method: FaceMethod = FaceMethod.PROGRAM) -> ev.Event:
    """The service compared the two pictures."""
    problems = () if band is not None else (FaceProblem.TOO_DARK,)
    return ev.FacesCompared(
        check=FaceCheck(
            party_id=PARTY_B,
            live=LIVE.id,
            reference=FaceReference.LICENCE,
            licence=LICENCE.id,
            method=method,
            band=band,
            score=None if band is None or method is FaceMethod.PERSON else 91,
            live_problems=problems,
            reference_problems=(),
            note="",
            at=NOW,
            by="officer",
            live_box=Box(left=4, top=4, right=20, bottom=20),
        )
    )


def test_with_consent_enter_compares_live_face_and_licence(rig: Rig) -> None:
    panel = faces(rig, answered(given=True))
    rig.press(Qt.Key.Key_Return)
    request = CompareFaces(live=LIVE.id, reference=FaceReference.LICENCE, licence=LICENCE.id)
    assert rig.until_asked("compare_faces") == [(PARTY_B, request)]
    rig.happens(checked(FaceBand.LIKELY_SAME))
    assert "很像 91 分,仅作提示" in rig.words(panel)
    assert rows(rig)["face"].result == "很像 91 仅作提示"
    assert rows(rig)["face"].severity == "unknown"
    rig.happens(checked(None))
    assert "太暗" in rig.words(panel)
    assert "照片不合格" in rows(rig)["face"].result


@pytest.mark.parametrize("given", [None, False])
def test_without_consent_the_program_stays_out_and_a_person_judges(rig: Rig, given: bool | None) -> None:
    panel = faces(rig, *(() if given is None else (answered(given=given),)))
    assert ("不同意" if given is False else "没有回答") in rig.words(panel)
    rig.press(Qt.Key.Key_Return)
    rig.press(Qt.Key.Key_3)
    rig.press(Qt.Key.Key_Return)
    rig.idle()
    assert rig.asked("compare_faces") == rig.asked("judge_faces") == []
    rig.write("ear")
    rig.press(Qt.Key.Key_Return)
    request = JudgeFaces(
        live=LIVE.id,
        reference=FaceReference.LICENCE,
        licence=LICENCE.id,
        band=FaceBand.LIKELY_DIFFERENT,
        note="ear",
    )
    assert rig.until_asked("judge_faces") == [(PARTY_B, request)]
    assert panel.hasFocus()
    rig.happens(checked(FaceBand.LIKELY_DIFFERENT, FaceMethod.PERSON))
    assert "人工:不是同一人" in rig.words(panel)


def test_the_registers_photograph_is_another_key(rig: Rig) -> None:
    faces(rig)
    rig.press(Qt.Key.Key_R)
    assert rig.until_asked("registry_photo") == [PARTY_B]
    rig.press(Qt.Key.Key_1)
    request = JudgeFaces(
        live=LIVE.id, reference=FaceReference.REGISTRY, licence=None, band=FaceBand.LIKELY_SAME
    )
    assert rig.until_asked("judge_faces") == [(PARTY_B, request)]
